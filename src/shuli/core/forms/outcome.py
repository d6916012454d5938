"""What validation says: values that can be stored, and errors as codes that the pages turn into sentences."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Protocol

from msgspec import Struct

from shuli.core.feel.dmn.decided import Decided

Right = Literal["write", "read", "hidden"]

FieldRights = Mapping[str, Right]
"""Rights at a node, by field key or "table.column"; "*" stands for all that is not named, and is "write" by default."""

Code = Literal[
    "answers_not_understood",  # the answers are no mapping; found
    "required",
    "other_text_required",  # "other" was chosen without saying what
    "not_text",
    "too_short",  # limit, found: characters
    "too_long",  # limit, found: characters
    "pattern",  # limit: what the text must look like
    "not_number",  # found
    "number_too_long",  # limit: digits
    "too_many_decimals",  # limit
    "below_min",  # limit
    "above_max",  # limit
    "not_date",  # found
    "not_time",  # found
    "not_datetime",  # found
    "not_boolean",  # found
    "not_option",  # found
    "not_rating",  # limit, found
    "not_code",  # a person, department, post or case that is no text; found
    "not_list",  # found
    "too_few",  # limit, found: items or rows
    "too_many",  # limit, found: items or rows
    "not_row",  # found
    "not_attachment",  # found
    "attachment_kind_unknown",  # found
    "attachment_kind_missing",  # kind, limit, found
    "attachment_type",  # limit: allowed types, found: file name
    "nobody_signed_in",  # a signature without a person
    "not_writable",  # the answer differs from what is kept, and this node may not change it
    "rows_locked",  # rows were removed in which this node may not write everything
    "rule",  # zh, en: the message of the form
]


class FieldError(Struct, frozen=True, kw_only=True):
    """One thing to mend; the path is "goal", "goals.0.metric" or "functions.2"."""

    path: str
    code: Code
    params: dict[str, str] = {}


class Validation(Struct, frozen=True, kw_only=True):
    """The answers that may be stored, JSON-able, and what is wrong with the others."""

    values: dict[str, Any]
    errors: tuple[FieldError, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.errors


class FieldState(Struct, frozen=True, kw_only=True):
    """How one field or cell is to be shown now; `value` is what it holds, a computed one included."""

    visible: bool
    required: bool
    readonly: bool
    value: Any = None


class Decider(Protocol):
    """Asks the catalogue; None where it has no such decision."""

    def __call__(
        self, decision: str, variables: Mapping[str, Any], now: datetime | None
    ) -> Decided | None: ...


class Setting(Struct, frozen=True, kw_only=True):
    """What surrounds the answers: the case's variables, the node's rights, the moment, the person, the decisions."""

    context: Mapping[str, Any]
    rights: FieldRights
    complete: bool
    now: datetime | None
    zone: str
    person: str | None
    decide: Decider | None = None


class Wrong(Struct, frozen=True, kw_only=True):
    """Why an answer cannot be taken; `path` is relative to the field."""

    code: Code
    params: dict[str, str] = {}
    path: str = ""


def wrong(code: Code, path: str = "", **params: object) -> Wrong:
    """Return a reason, with its parameters as short texts."""
    return Wrong(code=code, params={name: brief(value) for name, value in params.items()}, path=path)


def brief(value: object) -> str:
    """Return a short text of any value for a message."""
    if isinstance(value, str | float) or value is None or isinstance(value, bool):
        text = str(value)
    elif isinstance(value, int):
        # Python refuses to write integers of thousands of digits
        text = str(value) if value.bit_length() < 200 else "…"
    elif isinstance(value, Mapping):
        text = "{…}"
    else:
        text = "[…]" if isinstance(value, list | tuple) else type(value).__name__
    return text if len(text) <= 60 else text[:59] + "…"
