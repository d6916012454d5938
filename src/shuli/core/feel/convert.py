"""Take Python's values into FEEL."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from shuli.core.feel.numbers import number_from
from shuli.core.feel.temporal.days import FarDate
from shuli.core.feel.temporal.values import DateTime, DaysTimeDuration, Time, YearsMonthsDuration
from shuli.core.feel.values import Function, Range

# Values of these types are FEEL's own already.
PLAIN = frozenset(
    {type(None), bool, str, dt.date, FarDate, Time, DateTime, DaysTimeDuration, YearsMonthsDuration,
     Range, Function},
)  # fmt: skip
_MOST_LEVELS = 100
_NUMBERS = frozenset({Decimal, int, float})


def feel_value(value: Any, level: int = 0) -> Any:
    """Return a Python value as FEEL's; None for what has no place in FEEL, which nothing can then reach.

    Integers and floats become decimals, timedeltas durations, tuples and sets lists, mappings contexts.
    """
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind in _NUMBERS:
        return number_from(value)
    if level > _MOST_LEVELS:
        return None
    return (_BY_TYPE.get(kind) or _other)(value, level)


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
    for base, convert in _BY_BASE:
        if isinstance(value, base):
            return convert(value, level)
    return None


def _duration(value: dt.timedelta, _: int) -> DaysTimeDuration:
    microseconds = (value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds
    return DaysTimeDuration(nanoseconds=microseconds * 1000)


def _time_value(value: dt.time, _: int) -> Time:
    return _time(value, _zone(value.tzinfo, value.utcoffset()))


def _moment(value: dt.datetime, _: int) -> DateTime:
    return moment_from(value)


def _date(value: dt.date, _: int) -> dt.date:
    return dt.date(value.year, value.month, value.day)


def _items(value: Any, level: int) -> list[Any]:
    return _list(tuple(value), level)


def _as(base: Callable[[Any], Any]) -> Callable[[Any, int], Any]:
    """Return the conversion of a subclass (an enumeration, a marked-safe string) to what it extends."""
    return lambda value, level: feel_value(base(value), level)


def moment_from(value: dt.datetime) -> DateTime:
    """Return Python's date with a time as FEEL's; the name of its zone is kept where it has one."""
    time = _time(value, _zone(value.tzinfo, value.utcoffset()))
    return DateTime(date=dt.date(value.year, value.month, value.day), time=time)


def _time(value: dt.time | dt.datetime, zone: str | int | None) -> Time:
    return Time(
        hour=value.hour, minute=value.minute, second=value.second,
        nanosecond=value.microsecond * 1000, zone=zone,
    )  # fmt: skip


def _zone(zone: dt.tzinfo | None, offset: dt.timedelta | None) -> str | int | None:
    key = getattr(zone, "key", None)
    if isinstance(key, str):
        return key
    return None if offset is None else int(offset.total_seconds())


_BY_TYPE: dict[type, Callable[[Any, int], Any]] = {list: _list, tuple: _list, dict: _context}
_BY_BASE: tuple[tuple[Any, Callable[[Any, int], Any]], ...] = (
    (dt.datetime, _moment),
    (dt.date, _date),
    (dt.time, _time_value),
    (dt.timedelta, _duration),
    (Mapping, _context),
    ((set, frozenset, list, tuple), _items),
    (int, _as(int)),
    (float, _as(float)),
    (Decimal, _as(Decimal)),
    (str, _as(str.__str__)),
)
