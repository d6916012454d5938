"""The function `range`, which reads a range from its text (DMN 1.5, grammar rules 66–68)."""

import re
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.compare import order
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.conversion import CONVERSION
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.grammar.parser import parse_expression
from shuli.core.feel.grammar.syntax import Call, Constant, Name, Node
from shuli.core.feel.ranges import make_range, open_range
from shuli.core.feel.values import UNBOUNDED, Range

_RANGE = re.compile(r"\s*([\[(\]])(.*)([\])\[])\s*", re.DOTALL)
_OPEN_RANGE = re.compile(r"\(\s*(<=|>=|!=|<|>|=)(.*)\)", re.DOTALL)
_MAKERS = {function.name: function for function in CONVERSION if function.name not in ("number", "string")}
_NO_END = object()
# Nobody writes longer ranges, and every ".." in one costs another reading of it.
_MOST_CHARACTERS = 400


def range_from_text(text: str) -> Range | None:
    """Return the range; None when the text is none or its ends are the wrong way round."""
    if len(text) > _MOST_CHARACTERS:
        return None
    if _OPEN_RANGE.fullmatch(text.strip()):
        return _written_as_test(text.strip())
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    opening, inside, closing = match.groups()
    ends = _ends(inside)
    if ends is None:
        return None
    return _made(ends[0], ends[1], low_closed=opening == "[", high_closed=closing == "]")


def _made(low: Any, high: Any, *, low_closed: bool, high_closed: bool) -> Range | None:
    if low is _NO_END and high is _NO_END:
        return None
    if low is _NO_END:
        return None if low_closed else _bounded(UNBOUNDED, high, low_closed=False, high_closed=high_closed)
    if high is _NO_END:
        return None if high_closed else _bounded(low, UNBOUNDED, low_closed=low_closed, high_closed=False)
    found = order(low, high)
    if found is None or found > 0:
        return None
    return make_range(low, high, low_closed=low_closed, high_closed=high_closed)


def _bounded(low: Any, high: Any, *, low_closed: bool, high_closed: bool) -> Range:
    return Range(low=low, high=high, low_closed=low_closed, high_closed=high_closed)


def _written_as_test(text: str) -> Range | None:
    match = _OPEN_RANGE.fullmatch(text)
    known, value = _end(match.group(2)) if match else (False, None)
    return open_range(match.group(1), value) if match and known and value is not _NO_END else None


def _ends(inside: str) -> tuple[Any, Any] | None:
    """Return both ends of `a..b`; the dots inside a string do not count."""
    for place in re.finditer(r"\.\.", inside):
        known_low, low = _end(inside[: place.start()])
        known_high, high = _end(inside[place.end() :])
        if known_low and known_high:
            return low, high
    return None


def _end(text: str) -> tuple[bool, Any]:
    """Return whether a text is a literal that may end a range, and its value."""
    if not text.strip():
        return True, _NO_END
    parsed = parse_expression(text)
    return (False, None) if parsed.errors else _literal(parsed.node)


def _literal(node: Node) -> tuple[bool, Any]:
    if isinstance(node, Constant):
        return node.value is not None and order(node.value, node.value) is not None, node.value
    if not isinstance(node, Call) or not isinstance(node.function, Name) or node.names is not None:
        return False, None
    maker = _MAKERS.get(node.function.name)
    if maker is None or not all(isinstance(part, Constant) for part in node.arguments):
        return False, None
    value = maker.invoke(Run(), [part.value for part in node.arguments if isinstance(part, Constant)])
    return type(value) is not Failure, value


def to_range(run: Run, text: str) -> Range | Failure:
    run.spend(10 + len(text))
    return range_from_text(text) or Failure("wrong_type", expected="a range", found=f'"{text[:50]}"')


RANGES = (BuiltIn("range", form("from: string", to_range)),)
