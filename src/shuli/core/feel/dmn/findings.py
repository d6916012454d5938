"""What is wrong with a decision model or table, as values that name the place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

_NONE: Mapping[str, str] = MappingProxyType({})

Severity = Literal["error", "warning"]


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
    params: Mapping[str, str] = field(default_factory=lambda: _NONE)
