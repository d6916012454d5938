"""What is wrong with a form file."""

from typing import Literal

from msgspec import Struct

FindingCode = Literal[
    "not_json",  # reason
    "wrong_type",  # expected, found
    "unknown_type",  # found, known: types of fields
    "unknown_property",  # found, known: properties
    "missing_property",  # name
    "form_empty",
    "key_not_identifier",  # found
    "key_is_reserved",  # found
    "duplicate_key",  # key
    "label_missing",
    "label_untranslated",  # language: zh or en
    "options_missing",
    "duplicate_option",  # found
    "other_twice",
    "columns_missing",
    "unknown_column",  # found
    "too_many_rows",  # limit, found
    "bounds_reversed",  # low, high
    "number_pattern",  # found, reason: part_unknown, no_sequence, sequence_twice
    "text_pattern",  # found: no regular expression
    "default_not_accepted",  # reason: an error code of an answer; found
    "expression",  # reason: a code of FEEL; position, line, column; and the reason's own parameters
    "many_required",  # limit, found
]


class Finding(Struct, frozen=True, kw_only=True):
    """One mistake, with its place such as "sections.0.fields.2.options.1.label"; errors refuse the form."""

    path: str
    code: FindingCode
    params: dict[str, str] = {}
    severity: Literal["error", "warning"] = "error"
