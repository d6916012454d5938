"""Read dates, times and durations from text, as ISO 8601 and XML Schema write them."""

import re
from typing import TypeAlias

from shuli.core.feel.temporal.days import Date, make_date
from shuli.core.feel.temporal.values import (
    MIDNIGHT,
    NANOS,
    DateTime,
    DaysTimeDuration,
    Time,
    YearsMonthsDuration,
)
from shuli.core.feel.temporal.zones import zone_from

Temporal: TypeAlias = Date | Time | DateTime | DaysTimeDuration | YearsMonthsDuration

_DATE = re.compile(r"(-?(?:\d{4}|[1-9]\d{4,8}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(.*)", re.ASCII)
_DAYS_TIME = re.compile(
    r"(-?)P(?:(\d{1,18})D)?(?:T(?=\d)(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d{1,18}))?S)?)?",
    re.ASCII,
)
_YEARS_MONTHS = re.compile(r"(-?)P(?:(\d{1,15})Y)?(?:(\d{1,15})M)?", re.ASCII)
# Far beyond the calendar; without a limit multiplication would make numbers of any length.
MOST_MONTHS = 10**19
MOST_NANOSECONDS = 10**19 * NANOS


def temporal_from(text: str) -> Temporal | None:
    """Return what an at-literal means; None where it means nothing."""
    return (
        date_from(text) or time_from(text) or date_time_from(text, time_is_needed=True) or duration_from(text)
    )


def date_from(text: str) -> Date | None:
    match = _DATE.fullmatch(text)
    return make_date(*(int(part) for part in match.groups())) if match else None


def time_from(text: str) -> Time | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, zone = match.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59:
        return None
    try:
        known_zone = zone_from(zone)
    except ValueError:
        return None
    nanosecond = int((fraction or "").ljust(9, "0"))
    return Time(
        hour=int(hour), minute=int(minute), second=int(second), nanosecond=nanosecond, zone=known_zone
    )


def date_time_from(text: str, *, time_is_needed: bool = False) -> DateTime | None:
    day, separator, clock = text.partition("T")
    date = date_from(day)
    if date is None or (time_is_needed and not separator):
        return None
    time = time_from(clock) if separator else MIDNIGHT
    return DateTime(date=date, time=time) if time else None


def duration_from(text: str) -> DaysTimeDuration | YearsMonthsDuration | None:
    return days_time_from(text) or years_months_from(text)


def days_time_from(text: str) -> DaysTimeDuration | None:
    match = _DAYS_TIME.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    sign, days, hours, minutes, seconds, fraction = match.groups()
    whole = ((int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    nanoseconds = whole * NANOS + int((fraction or "").ljust(9, "0")[:9])
    if nanoseconds > MOST_NANOSECONDS:
        return None
    return DaysTimeDuration(nanoseconds=-nanoseconds if sign else nanoseconds)


def years_months_from(text: str) -> YearsMonthsDuration | None:
    match = _YEARS_MONTHS.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    sign, years, months = match.groups()
    count = int(years or 0) * 12 + int(months or 0)
    if count > MOST_MONTHS:
        return None
    return YearsMonthsDuration(months=-count if sign else count)
