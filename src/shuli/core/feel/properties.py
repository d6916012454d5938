"""The properties that dates, times, durations and ranges have, as `date.year`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuli.core.feel.errors import Failure
from shuli.core.feel.kinds import KIND_OF, kind_name
from shuli.core.feel.temporal.days import weekday
from shuli.core.feel.temporal.values import DAY, NANOS, DateTime, DaysTimeDuration, Time, YearsMonthsDuration
from shuli.core.feel.types import Simple
from shuli.core.feel.values import UNBOUNDED

Property = Callable[[Any], Any]


def property_of(value: Any, name: str) -> Any:
    """Return a property of a value, or the Failure that says that there is none."""
    read = PROPERTIES.get(KIND_OF.get(type(value), Simple.ANY), {}).get(name)
    return Failure("no_property", name=name, found=kind_name(value)) if read is None else read(value)


def _seconds(time: Time) -> Decimal:
    return Decimal(time.second)


def _offset(value: Time | DateTime) -> DaysTimeDuration | None:
    offset = value.offset
    return None if offset is None else DaysTimeDuration(nanoseconds=offset * NANOS)


def _zone(value: Time | DateTime) -> str | None:
    zone = value.zone
    return zone if isinstance(zone, str) else None


def _time_part(length: int, cycle: int) -> Property:
    def read(duration: DaysTimeDuration) -> Decimal:
        amount = abs(duration.nanoseconds) // length % cycle
        return Decimal(-amount if duration.nanoseconds < 0 else amount)

    return read


def _seconds_part(duration: DaysTimeDuration) -> Decimal:
    amount = Decimal(abs(duration.nanoseconds) % (60 * NANOS)) / NANOS
    return -amount if duration.nanoseconds < 0 else amount


def _years(duration: YearsMonthsDuration) -> Decimal:
    years = abs(duration.months) // 12
    return Decimal(-years if duration.months < 0 else years)


def _months(duration: YearsMonthsDuration) -> Decimal:
    months = abs(duration.months) % 12
    return Decimal(-months if duration.months < 0 else months)


def _end(value: Any) -> Any:
    return None if value is UNBOUNDED else value


_OF_DATE: dict[str, Property] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(weekday(value)),
}
_OF_TIME: dict[str, Property] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": _seconds,
    "time offset": _offset,
    "timezone": _zone,
}


def _of_date(read: Property) -> Property:
    return lambda value: read(value.date)


def _of_time(read: Property) -> Property:
    return lambda value: read(value.time)


PROPERTIES: dict[Simple, dict[str, Property]] = {
    Simple.DATE: _OF_DATE,
    Simple.TIME: _OF_TIME,
    Simple.DATE_AND_TIME: {name: _of_date(read) for name, read in _OF_DATE.items()}
    | {name: _of_time(_OF_TIME[name]) for name in ("hour", "minute", "second")}
    | {"time offset": _offset, "timezone": _zone},
    Simple.DAYS_AND_TIME_DURATION: {
        "days": _time_part(DAY, 10**18),
        "hours": _time_part(3600 * NANOS, 24),
        "minutes": _time_part(60 * NANOS, 60),
        "seconds": _seconds_part,
    },
    Simple.YEARS_AND_MONTHS_DURATION: {"years": _years, "months": _months},
    Simple.RANGE: {
        "start": lambda value: _end(value.low),
        "end": lambda value: _end(value.high),
        "start included": lambda value: value.low_closed,
        "end included": lambda value: value.high_closed,
    },
}
