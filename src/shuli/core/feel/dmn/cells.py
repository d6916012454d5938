"""What a cell of a decision table tests: everything, constants and intervals, or something to be run."""

from dataclasses import dataclass
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import ExpressionError, Failure
from shuli.core.feel.functions.table import BUILTINS
from shuli.core.feel.grammar.syntax import (
    AnyValue,
    Call,
    Constant,
    Interval,
    ListLiteral,
    Name,
    Node,
    OpenInterval,
    Tests,
)
from shuli.core.feel.kinds import KIND_OF
from shuli.core.feel.types import Simple
from shuli.core.feel.values import UNBOUNDED

# Calls of these with constants are constants themselves.
_MAKERS = frozenset({"date", "date and time", "time", "duration", "number", "string"})
# Kinds of values whose order or identity an index can use.
ORDERED_KINDS = frozenset(
    {Simple.NUMBER, Simple.DATE, Simple.DAYS_AND_TIME_DURATION, Simple.YEARS_AND_MONTHS_DURATION},
)
NAMED_KINDS = frozenset({Simple.STRING, Simple.BOOLEAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A constant (both ends the same) or an interval; a missing end is UNBOUNDED."""

    low: Any
    high: Any
    low_closed: bool = True
    high_closed: bool = True

    @property
    def kind(self) -> Simple:
        end = self.high if self.low is UNBOUNDED else self.low
        return KIND_OF.get(type(end), Simple.ANY)

    @property
    def is_exact(self) -> bool:
        return self.low is self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One test of a rule. `parts` is None when only running the test can tell."""

    text: str
    node: Node
    errors: tuple[ExpressionError, ...] = ()
    passes_all: bool = False
    parts: tuple[Part, ...] | None = None
    negated: bool = False


def cell_of(text: str, node: Node, errors: tuple[ExpressionError, ...]) -> Cell:
    """Return what a parsed cell tests."""
    if errors:
        return Cell(text=text, node=node, errors=errors)
    if isinstance(node, AnyValue):
        return Cell(text=text, node=node, passes_all=True)
    parts, negated = _parts(node)
    return Cell(text=text, node=node, parts=parts, negated=negated)


def _parts(node: Node) -> tuple[tuple[Part, ...] | None, bool]:
    if not isinstance(node, Tests):
        return None, False
    if len(node.tests) == 1 and isinstance(node.tests[0], OpenInterval) and node.tests[0].operator == "!=":
        return _all([_exact(node.tests[0].endpoint)]), not node.negated
    return _all([_part(test) for test in node.tests]), node.negated


def _all(found: list[list[Part] | None]) -> tuple[Part, ...] | None:
    if any(parts is None for parts in found):
        return None
    parts = tuple(part for group in found for part in group or [])
    return parts if all(_is_indexable(part) for part in parts) else None


def _is_indexable(part: Part) -> bool:
    return part.kind in ORDERED_KINDS or (part.kind in NAMED_KINDS and part.is_exact)


def _part(node: Node) -> list[Part] | None:
    if isinstance(node, ListLiteral):
        parts = [_exact(item) for item in node.items]
        return None if any(part is None for part in parts) else [part[0] for part in parts if part]
    if isinstance(node, Interval):
        return _interval(node)
    if isinstance(node, OpenInterval):
        return _open_interval(node)
    return _exact(node)


def _exact(node: Node) -> list[Part] | None:
    known, value = constant_value(node)
    return [Part(low=value, high=value)] if known else None


def _interval(node: Interval) -> list[Part] | None:
    known_low, low = constant_value(node.low)
    known_high, high = constant_value(node.high)
    if not (known_low and known_high) or KIND_OF.get(type(low)) is not KIND_OF.get(type(high)):
        return None
    return [Part(low=low, high=high, low_closed=node.low_closed, high_closed=node.high_closed)]


def _open_interval(node: OpenInterval) -> list[Part] | None:
    known, value = constant_value(node.endpoint)
    if not known or node.operator == "!=":
        return None
    if node.operator == "=":
        return [Part(low=value, high=value)]
    closed = node.operator in ("<=", ">=")
    if node.operator in ("<", "<="):
        return [Part(low=UNBOUNDED, high=value, low_closed=False, high_closed=closed)]
    return [Part(low=value, high=UNBOUNDED, low_closed=closed, high_closed=False)]


def constant_value(node: Node) -> tuple[bool, Any]:
    """Return whether a part of an expression is constant, and its value."""
    if isinstance(node, Constant):
        return True, node.value
    if not (isinstance(node, Call) and isinstance(node.function, Name) and node.names is None):
        return False, None
    if node.function.name not in _MAKERS or not all(isinstance(part, Constant) for part in node.arguments):
        return False, None
    arguments = [part.value for part in node.arguments if isinstance(part, Constant)]
    value = BUILTINS[node.function.name].invoke(Run(), arguments)
    return (False, None) if type(value) is Failure else (True, value)
