"""Adding and comparing working time.

Two clocks run on a calendar. W(t) counts working seconds. D(t) counts working days: on each day it grows from 0 to 1 over
that day's working time, however long that is, because a working day is a day and never a number of hours.

Every answer is an aware datetime in UTC. For amounts above zero the answer is the earliest moment at which the clock has
advanced by the amount from the next opening; for amounts below zero it is the mirror image: the latest moment at which
the clock still lacks the amount, so that "one working day before" falls into working hours. Zero gives the next opening.

Laws, held by tests against a minute-by-minute count: amounts of the same sign add up; later starts and larger amounts never
end earlier; the difference is the inverse of the addition.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal

from shuli.core.worktime.calendar import WorkCalendar
from shuli.core.worktime.timeline import (
    DAY,
    EMPTY_TIMELINE,
    FIRST_YEAR,
    LAST_YEAR,
    MICRO,
    MOST_DAYS,
    Timeline,
    build_timeline,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# Independent of the caller's decimal context; 28 digits keep a microsecond over centuries.
DIGITS = Context(prec=28)

Days = int | float | Decimal


class BeyondCalendarError(ValueError):
    """A moment or an answer lies outside the years in which working time is reckoned."""


def is_open(calendar: WorkCalendar, at: datetime) -> bool:
    """Return whether this moment is working time; an opening belongs to it, a closing does not."""
    micros = epoch_micros(at)
    line = timeline_with(calendar, micros)
    return micros < line.ends[bisect_right(line.starts, micros) - 1]


def roll_forward(calendar: WorkCalendar, at: datetime) -> datetime:
    """Return this moment if it is working time, else the next opening."""
    micros = epoch_micros(at)
    while True:
        line = timeline_with(calendar, micros)
        index = bisect_right(line.ends, micros)
        if index < len(line.ends):
            return _moment(max(micros, line.starts[index]))
        lengthened(calendar, line, forward=True)


def roll_backward(calendar: WorkCalendar, at: datetime) -> datetime:
    """Return this moment if working time leads up to it, else the last closing before it."""
    micros = epoch_micros(at)
    while True:
        line = timeline_with(calendar, micros)
        index = bisect_left(line.starts, micros) - 1
        if index > 0:
            return _moment(min(micros, line.ends[index]))
        lengthened(calendar, line, forward=False)


def add_working_seconds(calendar: WorkCalendar, start: datetime, seconds: float) -> datetime:
    """Return the moment at which `seconds` of working time have passed since `start` (before it, if negative)."""
    # written out in one piece, without calls: it runs a million times in a migration or a simulation
    if start.tzinfo is None:
        raise _naive(start)
    since = start - EPOCH
    day = since.days
    micros = (day * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    amount = round(seconds * 1e6)
    first, last, opening_at, following, ends, worked, idle = calendar.timeline.lookup
    if amount > 0 and first <= day < last:
        index = opening_at[day - first]
        while following[index] <= micros:
            index += 1
        target = amount + (worked[index] if micros >= ends[index] else micros - idle[index])
        if target <= worked[-1]:
            index = bisect_left(worked, target, index)
            return EPOCH + (since + MICROSECOND * (idle[index] + target - micros))
    return _add_micros(calendar, micros, amount)


def _add_micros(calendar: WorkCalendar, micros: int, amount: int) -> datetime:
    """Return the answer of `add_working_seconds` for any sign, over as many years as it takes."""
    if not amount:
        return roll_forward(calendar, _moment(micros))
    if abs(amount) > MOST_DAYS * DAY * MICRO:
        raise beyond()
    while True:
        line = timeline_with(calendar, micros)
        index = bisect_right(line.starts, micros) - 1
        target = line.worked[index] + amount - max(line.ends[index] - micros, 0)
        index = bisect_left(line.worked, target) if amount > 0 else bisect_right(line.worked, target)
        if target >= 0 and index < len(line.worked):
            return _moment(line.ends[index] - line.worked[index] + target)
        lengthened(calendar, line, forward=amount > 0)


def working_seconds_between(calendar: WorkCalendar, a: datetime, b: datetime) -> float:
    """Return the working seconds from `a` to `b`; negative when `b` is the earlier one."""
    if a.tzinfo is None or b.tzinfo is None:
        raise _naive(a if a.tzinfo is None else b)
    since, until = a - EPOCH, b - EPOCH
    first, last, opening_at, following, ends, worked, idle = calendar.timeline.lookup
    if not (first <= since.days < last and first <= until.days < last):
        moments = since // MICROSECOND, until // MICROSECOND
        first, last, opening_at, following, ends, worked, idle = timeline_with(calendar, *moments).lookup
    micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    index = opening_at[since.days - first]
    while following[index] <= micros:
        index += 1
    before = worked[index] if micros >= ends[index] else micros - idle[index]
    micros = (until.days * 86_400 + until.seconds) * 1_000_000 + until.microseconds
    index = opening_at[until.days - first]
    while following[index] <= micros:
        index += 1
    return ((worked[index] if micros >= ends[index] else micros - idle[index]) - before) / 1e6


def add_working_days(calendar: WorkCalendar, start: datetime, days: Days) -> datetime:
    """Return the moment at which `days` working days (fractions too) have passed since `start`.

    Tuesday 10:00 plus 3 is Friday 10:00; Tuesday 09:00 plus 1 is Tuesday's closing.
    """
    # the shortest decimal of a float is what its author meant: 0.1 is a tenth
    exact = Decimal(repr(days)) if isinstance(days, float) else days
    amount, parts = exact.as_integer_ratio()
    if not amount:
        return roll_forward(calendar, start)
    if abs(amount) > MOST_DAYS * parts:
        raise beyond()
    micros = epoch_micros(start)
    while True:
        line = timeline_with(calendar, micros)
        found = _moment_after_days(line, micros, amount, parts)
        if found is not None:
            return _moment(found)
        lengthened(calendar, line, forward=amount > 0)


def working_days_between(calendar: WorkCalendar, a: datetime, b: datetime) -> Decimal:
    """Return the working days from `a` to `b`, with fractions; negative when `b` is the earlier one."""
    since, until = epoch_micros(a), epoch_micros(b)
    line = timeline_with(calendar, since, until)
    if not line.totals:
        return Decimal(0)
    day, passed, total = _day_clock(line, since)
    last_day, last_passed, last_total = _day_clock(line, until)
    days = (last_day - day) * total * last_total + last_passed * total - passed * last_total
    return DIGITS.divide(Decimal(days), Decimal(total * last_total))


def openings_between(
    calendar: WorkCalendar,
    a: datetime,
    b: datetime,
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working stretches from `a` to `b` in UTC, cut at both ends, for Gantt charts and shading."""
    since, until = epoch_micros(a), epoch_micros(b)
    if since >= until:
        return  # within a stretch a moment would be cut out of it as an empty one
    line = timeline_with(calendar, since, until)
    for index in range(bisect_right(line.ends, since), bisect_left(line.starts, until)):
        yield _moment(max(since, line.starts[index])), _moment(min(until, line.ends[index]))


def _day_clock(line: Timeline, micros: int) -> tuple[int, int, int]:
    """Return D at this moment: the index of the working day, how much of it has passed, and its length."""
    index = bisect_right(line.starts, micros) - 1
    day = line.day_of[index]
    passed = line.before[index] + min(micros, line.ends[index]) - line.starts[index]
    return day, passed, line.totals[day]


def _moment_after_days(line: Timeline, micros: int, amount: int, parts: int) -> int | None:
    """Return when D has advanced by amount/parts, in whole microseconds; None when the timeline is too short."""
    if not line.totals:
        return None
    later = amount > 0
    day, passed, total = _day_clock(line, micros)
    scale = total * parts
    # D as a fraction with the denominator `scale`, so that nothing is rounded before the end
    day, rest = divmod(day * scale + passed * parts + amount * total, scale)
    if not 0 <= day < len(line.totals):
        # the end of the last day known is the beginning of one that is not
        return line.ends[-1] if later and not rest and day == len(line.totals) else None
    total = line.totals[day]
    passed = (2 * rest * total + scale) // (2 * scale)
    if later and not passed:
        day, passed = day - 1, line.totals[day - 1]
    elif not later and passed == total:
        day, passed = day + 1, 0
    return _moment_of_day(line, day, passed, later=later) if 0 <= day < len(line.totals) else None


def _moment_of_day(line: Timeline, day: int, passed: int, *, later: bool) -> int:
    """Return the moment of this day at which so much of it has passed: the earliest, or else the latest."""
    index = line.first_of[day]
    while True:
        left = line.before[index] + line.ends[index] - line.starts[index] - passed
        if left > 0 or (later and left == 0):
            return line.ends[index] - left
        index += 1


def timeline_with(calendar: WorkCalendar, *moments: int) -> Timeline:
    """Return a timeline that contains these moments, making the calendar's cache longer if need be."""
    line = calendar.timeline
    if line.low <= min(moments) and max(moments) < line.high:
        return line
    years = [(EPOCH + timedelta(microseconds=micros)).year for micros in moments]
    first, last = min(years), max(years)
    if not FIRST_YEAR < first <= last < LAST_YEAR:
        raise BeyondCalendarError(
            f"Expected moments between {FIRST_YEAR + 1} and {LAST_YEAR - 1} but found the years {years}. "
            "Check the dates that were entered.",
        )
    if line is not EMPTY_TIMELINE:
        years += line.years
    return _keep(calendar, min(*years, first - 1), max(*years, last + 2))


def lengthened(calendar: WorkCalendar, line: Timeline, *, forward: bool) -> Timeline:
    """Return this timeline with twice its years, on one side; the calendar has it from now on."""
    first, last = line.years
    if (last >= LAST_YEAR) if forward else (first <= FIRST_YEAR):
        raise beyond()
    more = last - first + 1
    return _keep(calendar, first, last + more) if forward else _keep(calendar, first - more, last)


def _keep(calendar: WorkCalendar, first: int, last: int) -> Timeline:
    years = max(first, FIRST_YEAR), min(last, LAST_YEAR)
    line = build_timeline(calendar.zone, calendar.week, calendar.exceptions, years)
    # swapped whole, so that a reader in another thread sees the old one or the new one
    calendar.__dict__["timeline"] = line
    return line


def epoch_micros(at: datetime) -> int:
    """Return the microseconds from the beginning of 1970 to a moment."""
    if at.tzinfo is None:
        raise _naive(at)
    return (at - EPOCH) // MICROSECOND


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / MICRO, UTC)


def beyond() -> BeyondCalendarError:
    return BeyondCalendarError(
        f"Expected working time between {FIRST_YEAR} and {LAST_YEAR} but found none left on this calendar. "
        "Check the amount, and the calendar's week.",
    )


def _naive(at: datetime) -> ValueError:
    return ValueError(
        f"Expected a datetime with a time zone but found {at.isoformat()} without. Attach its zone."
    )
