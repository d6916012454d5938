"""Functions that make values of one type from another: number, string, date, time, duration, context."""

import re
from decimal import Decimal
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.numbers import number_from_literal, whole
from shuli.core.feel.temporal import reading
from shuli.core.feel.temporal.days import Date, make_date
from shuli.core.feel.temporal.values import (
    MIDNIGHT_UTC,
    NANOS,
    DateTime,
    DaysTimeDuration,
    Time,
    YearsMonthsDuration,
)
from shuli.core.feel.temporal.zones import Zone, offset_is_possible, zone_is_known
from shuli.core.feel.text import display

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_GROUPING = frozenset({" ", ",", ".", None})
_DECIMAL = frozenset({",", ".", None})


def _unreadable(expected: str, text: str) -> Failure:
    return Failure("wrong_type", expected=expected, found=f'"{text[:50]}"')


def to_number(
    _: Run, text: str | Decimal, grouping: str | None = None, decimal: str | None = None
) -> Decimal | Failure:
    if isinstance(text, Decimal):
        return text
    if grouping not in _GROUPING or decimal not in _DECIMAL or (grouping and grouping == (decimal or ".")):
        return Failure("wrong_argument", function="number", name="grouping separator",
                       expected="two different separators", found=f"{grouping} {decimal}")  # fmt: skip
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(decimal, ".") if decimal else plain
    number = number_from_literal(plain) if _NUMBER.fullmatch(plain) else None
    return _unreadable("a number", text) if number is None else number


def to_string(run: Run, value: Any) -> str:
    return display(value, run)


def date_from_text(_: Run, text: str) -> Date | Failure:
    return reading.date_from(text) or _unreadable("a date", text)


def date_from_value(_: Run, value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


def date_from_parts(_: Run, year: Decimal, month: Decimal, day: Decimal) -> Date | Failure:
    parts = [whole(part) for part in (year, month, day)]
    date = None if None in parts else make_date(*parts)  # type: ignore[arg-type]
    return date or Failure("out_of_range", found=f"date {year}-{month}-{day}")


def date_time_from_text(_: Run, text: str) -> DateTime | Failure:
    return reading.date_time_from(text) or _unreadable("a date and time", text)


def date_time_from_date_and_time(_: Run, date: Date | DateTime, time: Time) -> DateTime:
    return DateTime(date=date.date if isinstance(date, DateTime) else date, time=time)


def date_time_from_parts(
    run: Run, year: Decimal, month: Decimal, day: Decimal,
    hour: Decimal, minute: Decimal, second: Decimal, zone: DaysTimeDuration | str | None = None,
) -> DateTime | Failure:  # fmt: skip
    date = date_from_parts(run, year, month, day)
    time = time_from_parts(run, hour, minute, second, zone)
    if isinstance(date, Failure):
        return date
    return time if isinstance(time, Failure) else DateTime(date=date, time=time)


def time_from_text(_: Run, text: str) -> Time | Failure:
    return reading.time_from(text) or _unreadable("a time", text)


def time_from_value(_: Run, value: Time | DateTime | Date) -> Time:
    if isinstance(value, Time):
        return value
    return value.time if isinstance(value, DateTime) else MIDNIGHT_UTC


def time_from_parts(
    _: Run, hour: Decimal, minute: Decimal, second: Decimal, zone: DaysTimeDuration | str | None = None
) -> Time | Failure:
    hours, minutes = whole(hour), whole(minute)
    seconds, fraction = divmod(second, 1)
    if hours is None or minutes is None or not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= second < 60):
        return Failure("out_of_range", found=f"time {hour}:{minute}:{second}")
    known = _zone(zone)
    if isinstance(known, Failure):
        return known
    nanosecond = int(fraction * NANOS)
    return Time(hour=hours, minute=minutes, second=int(seconds), nanosecond=nanosecond, zone=known)


def _zone(zone: DaysTimeDuration | str | None) -> Zone | Failure:
    if isinstance(zone, str):
        return zone if zone_is_known(zone) else _unreadable("a time zone", zone)
    if zone is None:
        return None
    seconds, rest = divmod(zone.nanoseconds, NANOS)
    possible = not rest and offset_is_possible(seconds)
    return seconds if possible else Failure("out_of_range", found="time offset")


def to_duration(_: Run, text: str) -> DaysTimeDuration | YearsMonthsDuration | Failure:
    return reading.duration_from(text) or _unreadable("a duration", text)


def same_duration(_: Run, value: Any) -> Any:
    return value


def years_months_between(_: Run, start: Date | DateTime, end: Date | DateTime) -> YearsMonthsDuration:
    first = start.date if isinstance(start, DateTime) else start
    last = end.date if isinstance(end, DateTime) else end
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsMonthsDuration(months=months)


CONVERSION = (
    BuiltIn(
        "number",
        form("from: number|string", to_number),
        form("from: string, grouping separator: string|null, decimal separator: string|null", to_number),
    ),
    BuiltIn("string", form("from: Any", to_string)),
    BuiltIn(
        "date",
        form("from: string", date_from_text),
        form("from: date|moment", date_from_value),
        form("year: number, month: number, day: number", date_from_parts),
    ),
    BuiltIn(
        "date and time",
        form("from: string", date_time_from_text),
        form("from: moment", same_duration),
        form("date: date|moment, time: time", date_time_from_date_and_time),
        form(
            "year: number, month: number, day: number, hour: number, minute: number, second: number, "
            "offset?: days|null",
            date_time_from_parts,
        ),
        form(
            "year: number, month: number, day: number, hour: number, minute: number, second: number, "
            "timezone: string",
            date_time_from_parts,
        ),
    ),
    BuiltIn(
        "time",
        form("from: string", time_from_text),
        form("from: time|moment|date", time_from_value),
        form("hour: number, minute: number, second: number, offset?: days|null", time_from_parts),
    ),
    BuiltIn("duration", form("from: string", to_duration), form("from: days|months", same_duration)),
    BuiltIn("years and months duration", form("from: date|moment, to: date|moment", years_months_between)),
)
