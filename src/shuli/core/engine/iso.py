"""ISO 8601 durations, dates and repetitions, as BPMN's timers write them."""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from shuli.core.worktime import BeyondCalendarError, WorkCalendar, shift

DURATION = re.compile(
    r"(?P<sign>-)?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
REPETITION = re.compile(r"R(?P<times>\d*)/(?P<rest>.+)")
LOOKS_ISO = re.compile(r"-?P(\d|T\d)|R\d*/|\d{4}-\d\d-\d\d")


class Duration(Struct, frozen=True, kw_only=True):
    """A length of time on the wall clock: months and days by the calendar, the rest exact."""

    months: int = 0
    days: int = 0
    seconds: Decimal = Decimal(0)


class Repetition(Struct, frozen=True, kw_only=True):
    """Every so often, from a moment on; `times` is None for endlessly."""

    times: int | None
    every: Duration
    start: str | None = None


def looks_iso(text: str) -> bool:
    return LOOKS_ISO.match(text.strip()) is not None


def read_duration(text: str) -> Duration | None:
    """Return the duration, or None where the text is none."""
    found = DURATION.fullmatch(text.strip())
    if found is None or text.strip().endswith(("P", "T")):
        return None
    part = {name: Decimal(value) for name, value in found.groupdict().items() if name != "sign" and value}
    sign = -1 if found["sign"] else 1
    zero = Decimal(0)
    seconds = part.get("hours", zero) * 3600 + part.get("minutes", zero) * 60 + part.get("seconds", zero)
    return Duration(
        months=sign * int(part.get("years", zero) * 12 + part.get("months", zero)),
        days=sign * int(part.get("weeks", zero) * 7 + part.get("days", zero)),
        seconds=sign * seconds,
    )


def read_repetition(text: str) -> Repetition | None:
    """Return the repetition that R3/PT10H, R/P2D or R/2026-01-05T09:00/P7D means; None where it means none."""
    found = REPETITION.fullmatch(text.strip())
    if found is None:
        return None
    start, _, every = found["rest"].rpartition("/")
    duration = read_duration(every)
    if duration is None or duration == Duration():
        return None
    times = int(found["times"]) if found["times"] else None
    return Repetition(times=times, every=duration, start=start or None)


def read_moment(text: str, calendar: WorkCalendar) -> datetime | None:
    """Return the moment of a date, with a time or without, in UTC; without a zone it is the calendar's."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=calendar.tzinfo)
    return moment.astimezone(UTC)


def after(start: datetime, duration: Duration, calendar: WorkCalendar) -> datetime | None:
    """Return the moment so much later on the wall clock, in UTC; None beyond the years that can be reckoned."""
    try:
        at = _add_months(start, duration.months, calendar) if duration.months else start
        at = shift(calendar, at, Decimal(duration.days), "calendar_days") if duration.days else at
        return (at + timedelta(seconds=float(duration.seconds))).astimezone(UTC)
    except (BeyondCalendarError, ArithmeticError, ValueError):
        return None


def _add_months(start: datetime, months: int, calendar: WorkCalendar) -> datetime:
    local = start.astimezone(calendar.tzinfo)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    # The 31st of a month without one is its last day.
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)
