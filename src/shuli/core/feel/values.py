"""FEEL's own kinds of values beside those that Python has: ranges and functions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shuli.core.feel.types import FeelType

if TYPE_CHECKING:
    from shuli.core.feel.functions.signature import BuiltIn


class _Unbounded:
    """The missing end of a range such as `> 5`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNBOUNDED"

    def __reduce__(self) -> str:
        return "UNBOUNDED"


UNBOUNDED = _Unbounded()


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The values between two ends; an end may be missing (`UNBOUNDED`) or null.

    `operator` is set for a range that was written as a test: "=", "!=", "<", "<=", ">" or ">=".
    """

    low: Any
    high: Any
    low_closed: bool
    high_closed: bool
    operator: str | None = field(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function as a value: defined by an expression, or built in."""

    parameters: tuple[str, ...]
    types: tuple[FeelType | None, ...] = ()
    # takes the run and the arguments in the order of the parameters
    call: Callable[..., Any] = field(repr=False)
    name: str = ""
    result: FeelType | None = None
    built_in: "BuiltIn | None" = field(default=None, repr=False)
