"""What could not be carried over, or only in another shape."""

from typing import Literal

from msgspec import Struct

NoteCode = Literal[
    "shown_as",  # type, as: form-js has no such field; it is drawn as another one
    "condition_outside",  # property: form-js knows a fixed yes or no only
    "bound_outside",  # property: form-js knows a fixed number only
    "rules_outside",  # count: form-js has no rules of its own
    "example_outside",  # form-js has hints only
    "one_language",  # language: only this one was written
    "not_form_js",
    "component_unknown",  # type: left out
    "text_became_guidance",
    "key_changed",  # found, key
    "key_invented",  # key
    "expression_unreadable",  # property, found: left out
    "options_from_outside",  # found: where form-js would have asked for the options
    "repetition_unbounded",
    "property_unknown",  # property: left out
]


class Note(Struct, frozen=True, kw_only=True):
    """One thing that somebody should know; `key` is the field's, empty for the form."""

    code: NoteCode
    key: str = ""
    params: dict[str, str] = {}
