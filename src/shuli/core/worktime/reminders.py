"""Moments before, at and after a due moment: reminders, escalation steps, and what repeats until something is closed."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import count, islice, takewhile
from typing import Annotated, Literal

from msgspec import Meta, Struct

from shuli.core.worktime.calendar import WorkCalendar
from shuli.core.worktime.limits import Amount, Unit, shift
from shuli.core.worktime.reckoning import BeyondCalendarError

# A reminder that repeats faster than this is a mistake and would flood its reader.
FASTEST_REPEAT_SECONDS = 60

# No case is reminded of more often than this; the bound keeps a list finite.
MOST_REMINDERS = 1000


class Repeat(Struct, frozen=True, kw_only=True):
    """Again and again, so much of a unit after the last time; as often as `times`, or until closed."""

    every: Annotated[float, Meta(gt=0)]
    unit: Unit
    times: Annotated[int, Meta(ge=1)] | None = None


class Offset(Struct, frozen=True, kw_only=True):
    """A moment measured from the due moment: half a day before, at, two hours after; repeated until closed if asked."""

    amount: Amount = 0
    unit: Unit = "working_hours"
    when: Literal["before", "at", "after"] = "at"
    repeat: Repeat | None = None


def first_reminder(offset: Offset, due: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return the moment of an offset, in UTC; None where it lies beyond all calendars.

    An offset in working time falls into working time; "at" is the due moment itself.
    """
    if offset.when == "at" or not offset.amount:
        return shift(calendar, due, Decimal(0), "minutes")
    sign = -1 if offset.when == "before" else 1
    return _shifted(calendar, due, sign * Decimal(str(offset.amount)), offset.unit)


def next_repeat(
    offset: Offset,
    last: datetime,
    calendar: WorkCalendar,
    repeated: int = 0,
) -> datetime | None:
    """Return when the reminder that was given at `last`, after so many repetitions, comes again; None when it does not."""
    if offset.repeat is None or (offset.repeat.times is not None and repeated >= offset.repeat.times):
        return None
    following = _shifted(calendar, last, Decimal(str(offset.repeat.every)), offset.repeat.unit)
    if following is None or (following - last).total_seconds() >= FASTEST_REPEAT_SECONDS:
        return following
    return shift(calendar, last, Decimal(1), "minutes")


def reminder_times(
    offset: Offset,
    due: datetime,
    calendar: WorkCalendar,
    until: datetime | None = None,
) -> tuple[datetime, ...]:
    """Return the first moment and, given `until`, the repetitions up to and including it (a thousand at most)."""
    moments = _moments(offset, due, calendar)
    if until is None:
        return tuple(islice(moments, 1))
    return tuple(islice(takewhile(lambda at: at <= until, moments), MOST_REMINDERS))


def _moments(offset: Offset, due: datetime, calendar: WorkCalendar) -> Iterator[datetime]:
    at = first_reminder(offset, due, calendar)
    for repeated in count():
        if at is None:
            return
        yield at
        at = next_repeat(offset, at, calendar, repeated)


def _shifted(calendar: WorkCalendar, at: datetime, amount: Decimal, unit: Unit) -> datetime | None:
    try:
        return shift(calendar, at, amount, unit)
    except (BeyondCalendarError, ArithmeticError, ValueError):
        return None
