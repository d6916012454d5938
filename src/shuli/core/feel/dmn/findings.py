"""What is wrong with a decision model or table, as values that name the place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

_NONE: Mapping[str, str] = MappingProxyType({})

Severity = Literal["error", "warning"]
Where = tuple[tuple[str, ...], ...]
"""Values by column of the inputs, each column with its alternatives as FEEL text; none: any value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason why a model cannot be used as it is, or one thing to look at.

    For an expression `params` hold the error's own parameters with its line and column.
    """

    code: str
    severity: Severity = "error"
    # name of the decision or other element, "" for the file
    element: str = ""
    # line in the file, 0 where it is not known
    line: int = 0
    # numbers of the rules and the column of a table that are meant, counted from 1
    rules: tuple[int, ...] = ()
    column: int = 0
    # for which values of the inputs it is so, for gaps and overlaps
    where: Where = ()
    params: Mapping[str, str] = field(default_factory=lambda: _NONE)


def where_text(where: Where) -> str:
    """Return the values of a place as FEEL text, in the order of the columns."""
    return ", ".join(" | ".join(values) or "-" for values in where)
