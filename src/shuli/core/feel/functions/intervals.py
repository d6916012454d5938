"""Allen's relations between points and ranges (DMN 1.5, table 78)."""

from collections.abc import Callable
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.compare import order
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, Form, form
from shuli.core.feel.kinds import kind_name
from shuli.core.feel.values import UNBOUNDED, Range

Relation = Callable[[Any, Any], bool]
_BELOW_ALL, _ABOVE_ALL = object(), object()


class _NoOrder(Exception):  # noqa: N818 — it only carries the failure out of a relation
    pass


def _compare(left: Any, right: Any) -> int:
    if left is right and left in (_BELOW_ALL, _ABOVE_ALL):
        return 0
    if left is _BELOW_ALL or right is _ABOVE_ALL:
        return -1
    if left is _ABOVE_ALL or right is _BELOW_ALL:
        return 1
    found = order(left, right)
    if found is None:
        raise _NoOrder
    return found


def _start(range_: Range) -> Any:
    return _BELOW_ALL if range_.low is UNBOUNDED else range_.low


def _end(range_: Range) -> Any:
    return _ABOVE_ALL if range_.high is UNBOUNDED else range_.high


def point_before_point(one: Any, other: Any) -> bool:
    return _compare(one, other) < 0


def point_before_range(point: Any, range_: Range) -> bool:
    found = _compare(point, _start(range_))
    return found < 0 or (found == 0 and not range_.low_closed)


def range_before_point(range_: Range, point: Any) -> bool:
    found = _compare(_end(range_), point)
    return found < 0 or (found == 0 and not range_.high_closed)


def range_before_range(one: Range, other: Range) -> bool:
    found = _compare(_end(one), _start(other))
    return found < 0 or (found == 0 and not (one.high_closed and other.low_closed))


def meets(one: Range, other: Range) -> bool:
    return one.high_closed and other.low_closed and _compare(_end(one), _start(other)) == 0


def overlaps(one: Range, other: Range) -> bool:
    return not range_before_range(one, other) and not range_before_range(other, one)


def overlaps_before(one: Range, other: Range) -> bool:
    starts = _compare(_start(one), _start(other))
    starts_first = starts < 0 or (starts == 0 and one.low_closed and not other.low_closed)
    return starts_first and not range_before_range(one, other) and _ends_no_later(one, other)


def _ends_no_later(one: Range, other: Range) -> bool:
    ends = _compare(_end(one), _end(other))
    return ends < 0 or (ends == 0 and (not one.high_closed or other.high_closed))


def _starts_no_earlier(one: Range, other: Range) -> bool:
    starts = _compare(_start(one), _start(other))
    return starts > 0 or (starts == 0 and (not one.low_closed or other.low_closed))


def point_finishes_range(point: Any, range_: Range) -> bool:
    return _compare(_end(range_), point) == 0 and range_.high_closed


def range_finishes_range(one: Range, other: Range) -> bool:
    same_end = _compare(_end(one), _end(other)) == 0 and one.high_closed == other.high_closed
    return same_end and _starts_no_earlier(one, other)


def range_includes_point(range_: Range, point: Any) -> bool:
    return not range_before_point(range_, point) and not point_before_range(point, range_)


def range_includes_range(one: Range, other: Range) -> bool:
    return _starts_no_earlier(other, one) and _ends_no_later(other, one)


def point_starts_range(point: Any, range_: Range) -> bool:
    return _compare(_start(range_), point) == 0 and range_.low_closed


def range_starts_range(one: Range, other: Range) -> bool:
    same_start = _compare(_start(one), _start(other)) == 0 and one.low_closed == other.low_closed
    return same_start and _ends_no_later(one, other)


def points_coincide(one: Any, other: Any) -> bool:
    return _compare(one, other) == 0


def ranges_coincide(one: Range, other: Range) -> bool:
    return (
        (one.low_closed, one.high_closed) == (other.low_closed, other.high_closed)
        and _compare(_start(one), _start(other)) == 0
        and _compare(_end(one), _end(other)) == 0
    )


def _swapped(relation: Relation) -> Relation:
    return lambda one, other: relation(other, one)


def _form(text: str, relation: Relation) -> Form:
    def run(_: Run, one: Any, other: Any) -> bool | Failure:
        try:
            return relation(one, other)
        except _NoOrder:
            return Failure("wrong_types", operator="comparison", left=kind_name(one), right=kind_name(other))

    return form(text, run)


_POINT = "number|string|date|time|moment|days|months"
_POINTS = f"point1: {_POINT}, point2: {_POINT}"
_POINT_RANGE = f"point: {_POINT}, range: range"
_RANGE_POINT = f"range: range, point: {_POINT}"
_RANGES = "range1: range, range2: range"

INTERVALS = (
    BuiltIn(
        "before",
        _form(_POINTS, point_before_point),
        _form(_POINT_RANGE, point_before_range),
        _form(_RANGE_POINT, range_before_point),
        _form(_RANGES, range_before_range),
    ),
    BuiltIn(
        "after",
        _form(_POINTS, _swapped(point_before_point)),
        _form(_POINT_RANGE, _swapped(range_before_point)),
        _form(_RANGE_POINT, _swapped(point_before_range)),
        _form(_RANGES, _swapped(range_before_range)),
    ),
    BuiltIn("meets", _form(_RANGES, meets)),
    BuiltIn("met by", _form(_RANGES, _swapped(meets))),
    BuiltIn("overlaps", _form(_RANGES, overlaps)),
    BuiltIn("overlaps before", _form(_RANGES, overlaps_before)),
    BuiltIn("overlaps after", _form(_RANGES, _swapped(overlaps_before))),
    BuiltIn("finishes", _form(_POINT_RANGE, point_finishes_range), _form(_RANGES, range_finishes_range)),
    BuiltIn(
        "finished by",
        _form(_RANGE_POINT, _swapped(point_finishes_range)),
        _form(_RANGES, _swapped(range_finishes_range)),
    ),
    BuiltIn("includes", _form(_RANGE_POINT, range_includes_point), _form(_RANGES, range_includes_range)),
    BuiltIn(
        "during",
        _form(_POINT_RANGE, _swapped(range_includes_point)),
        _form(_RANGES, _swapped(range_includes_range)),
    ),
    BuiltIn("starts", _form(_POINT_RANGE, point_starts_range), _form(_RANGES, range_starts_range)),
    BuiltIn(
        "started by",
        _form(_RANGE_POINT, _swapped(point_starts_range)),
        _form(_RANGES, _swapped(range_starts_range)),
    ),
    BuiltIn("coincides", _form(_POINTS, points_coincide), _form(_RANGES, ranges_coincide)),
)
