"""Equality and order of FEEL values, with null where two values cannot be compared."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuli.core.feel.charge import Charged
from shuli.core.feel.numbers import NUMERIC
from shuli.core.feel.temporal.days import DATE_TYPES, FarDate, day_number
from shuli.core.feel.temporal.values import (
    MIDNIGHT_UTC,
    DateTime,
    DaysTimeDuration,
    Time,
    YearsMonthsDuration,
)
from shuli.core.feel.values import UNBOUNDED, Range


def equal(left: Any, right: Any, run: Charged | None = None) -> bool | None:
    """Return whether two values are equal; None when they are of different types.

    A run is charged for every item of lists and contexts, which may hold one another many times over.
    """
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind in NUMERIC:
        return bool(left == right) if type(right) in NUMERIC else None
    if kind is not type(right):
        return _days_equal(left, right)
    if kind is list:
        return _lists_equal(left, right, run)
    if kind is dict:
        return _contexts_equal(left, right, run)
    compare = _EQUAL.get(kind)
    return compare(left, right) if compare else left is right


def same(left: Any, right: Any, run: Charged | None = None) -> bool:
    """Return whether two values are equal, with False where they cannot be compared."""
    return equal(left, right, run) is True


def order(left: Any, right: Any) -> int | None:
    """Return -1, 0 or 1 as `left` comes before, with or after `right`; None when they have no order."""
    if type(left) is not type(right):
        left, right = _at_midnight(left, right), _at_midnight(right, left)
    key = _ORDER_KEYS.get(type(left))
    if key is None or _ORDER_KEYS.get(type(right)) is not key or not _zones_agree(left, right):
        return None
    low, high = key(left), key(right)
    return int(low > high) - int(low < high)


def identical(left: Any, right: Any, run: Charged | None = None) -> bool:
    """Return whether two values are the same element of FEEL's semantic domain (function `is`)."""
    if type(left) in NUMERIC and type(right) in NUMERIC:
        return bool(left == right)
    if type(left) is not type(right):
        return False
    if type(left) is Time:
        return (left.of_day, left.offset) == (right.of_day, right.offset)
    if type(left) is DateTime:
        return (left.local, left.offset) == (right.local, right.offset)
    return equal(left, right, run) is True


def _lists_equal(left: list[Any], right: list[Any], run: Charged | None) -> bool:
    if len(left) != len(right):
        return False
    if run is not None:
        run.spend(3 * len(left))
    return all(equal(one, other, run) is True for one, other in zip(left, right, strict=True))


def _contexts_equal(left: dict[str, Any], right: dict[str, Any], run: Charged | None) -> bool:
    if left.keys() != right.keys():
        return False
    if run is not None:
        run.spend(3 * len(left))
    return all(equal(value, right[name], run) is True for name, value in left.items())


def _ranges_equal(left: Range, right: Range) -> bool | None:
    if (left.low_closed, left.high_closed, left.operator == "!=") != (
        right.low_closed, right.high_closed, right.operator == "!=",
    ):  # fmt: skip
        return False
    return _ends_equal(left.low, right.low) and _ends_equal(left.high, right.high)


def _ends_equal(left: Any, right: Any) -> bool:
    missing = (None, UNBOUNDED)
    if left in missing or right in missing:
        return left in missing and right in missing
    return equal(left, right) is True


def _moments_equal(left: Time | DateTime, right: Time | DateTime) -> bool | None:
    return _zones_agree(left, right) and left.instant == right.instant


def _plainly_equal(left: Any, right: Any) -> bool | None:
    return bool(left == right)


def _days_equal(left: Any, right: Any) -> bool | None:
    """Compare two dates of Python's type and the far one, or a date with a date and time."""
    if type(left) in DATE_TYPES and type(right) in DATE_TYPES:
        return False
    found = order(left, right)
    return None if found is None else found == 0


def _zones_agree(left: Any, right: Any) -> bool:
    if type(left) not in (Time, DateTime):
        return True
    return (left.zone is None) == (right.zone is None)


def _at_midnight(value: Any, other: Any) -> Any:
    """Return a date that is compared with a date and time as midnight UTC (DMN 1.5, 10.3.2.3.5)."""
    if type(value) in DATE_TYPES and type(other) is DateTime:
        return DateTime(date=value, time=MIDNIGHT_UTC)
    return value


def _itself(value: Any) -> Any:
    return value


def _instant(value: Time | DateTime) -> int:
    return value.instant


def _time_instant(value: Time) -> int:
    return value.instant


def _nanoseconds(value: DaysTimeDuration) -> int:
    return value.nanoseconds


def _months(value: YearsMonthsDuration) -> int:
    return value.months


def _text(value: str) -> str:
    return value


# Two values have an order when their types share a key.
_ORDER_KEYS: dict[type, Callable[[Any], Any]] = {
    Decimal: _itself,
    int: _itself,
    str: _text,
    dt.date: day_number,
    FarDate: day_number,
    Time: _time_instant,
    DateTime: _instant,
    DaysTimeDuration: _nanoseconds,
    YearsMonthsDuration: _months,
}
_EQUAL: dict[type, Callable[[Any, Any], bool | None]] = {
    Range: _ranges_equal,
    Time: _moments_equal,
    DateTime: _moments_equal,
    str: _plainly_equal,
    bool: _plainly_equal,
    dt.date: _plainly_equal,
    FarDate: _plainly_equal,
    DaysTimeDuration: _plainly_equal,
    YearsMonthsDuration: _plainly_equal,
}
