"""Take Python's values into FEEL."""

import datetime as python
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shuli.core.feel.numbers import CONTEXT, number_from
from shuli.core.feel.temporal.days import FarDate
from shuli.core.feel.temporal.values import DateTime, DaysTimeDuration, Time, YearsMonthsDuration
from shuli.core.feel.values import Function, Range

# Values of these types are FEEL's own already.
PLAIN = frozenset(
    {type(None), bool, str, python.date, FarDate, Time, DateTime, DaysTimeDuration, YearsMonthsDuration,
     Range, Function},
)  # fmt: skip
_MOST_LEVELS = 100
_MOST_DIGITS = CONTEXT.prec


def feel_value(value: Any, level: int = 0) -> Any:
    """Return a Python value as FEEL's; None for what has no place in FEEL, which nothing can then reach.

    Integers and floats become decimals, timedeltas durations, tuples and sets lists, mappings contexts.
    """
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is Decimal:
        return (
            value
            if len(value.as_tuple().digits) <= _MOST_DIGITS and value.is_finite()
            else number_from(value)
        )
    if kind is int or kind is float:
        return number_from(value)
    if level > _MOST_LEVELS:
        return None
    if kind is list or kind is tuple:
        return _list(value, level)
    if kind is dict:
        return _context(value, level)
    return _other(value, level)


def is_supported(value: Any) -> bool:
    """Return whether a value has a place in FEEL at all."""
    return value is None or feel_value(value) is not None


def _list(value: list[Any] | tuple[Any, ...], level: int) -> list[Any]:
    items = [feel_value(item, level + 1) for item in value]
    unchanged = type(value) is list and all(map(_is, items, value))
    return value if unchanged else items  # type: ignore[return-value]


def _context(value: Mapping[Any, Any], level: int) -> dict[str, Any]:
    entries = {str(name): feel_value(item, level + 1) for name, item in value.items()}
    unchanged = type(value) is dict and all(map(_is, entries.values(), value.values()))
    return value if unchanged else entries  # type: ignore[return-value]


def _is(one: Any, other: Any) -> bool:
    return one is other


def _other(value: Any, level: int) -> Any:
    if isinstance(value, python.datetime):
        return moment_from(value)
    if isinstance(value, python.time):
        return _time(value, _zone(value.tzinfo, value.utcoffset()))
    if isinstance(value, python.timedelta):
        microseconds = (value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds
        return DaysTimeDuration(nanoseconds=microseconds * 1000)
    if isinstance(value, Mapping):
        return _context(value, level)
    if isinstance(value, (set, frozenset, list, tuple)):
        return _list(tuple(value), level)
    for base in (bool, int, float, Decimal, str):
        # a subclass (an enumeration, a marked-safe string) counts as what it extends
        if isinstance(value, base):
            return feel_value(base(value), level)
    return None


def moment_from(value: python.datetime) -> DateTime:
    """Return Python's date with a time as FEEL's; the name of its zone is kept where it has one."""
    time = _time(value, _zone(value.tzinfo, value.utcoffset()))
    return DateTime(date=python.date(value.year, value.month, value.day), time=time)


def _time(value: python.time | python.datetime, zone: str | int | None) -> Time:
    return Time(
        hour=value.hour, minute=value.minute, second=value.second,
        nanosecond=value.microsecond * 1000, zone=zone,
    )  # fmt: skip


def _zone(zone: python.tzinfo | None, offset: python.timedelta | None) -> str | int | None:
    key = getattr(zone, "key", None)
    if isinstance(key, str):
        return key
    return None if offset is None else int(offset.total_seconds())
