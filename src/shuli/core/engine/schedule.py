"""When a process starts by itself: the moments of a start event's timer, one after another.

A moment follows from the rule, from `since` (when the version came into force) and from how many moments there were,
never from when the last case was really started, so that nothing drifts.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import count as counting
from itertools import islice

from msgspec import Struct

from shuli.core.bpmn.graph import TimerRule
from shuli.core.engine.iso import Duration, after, looks_iso, read_duration, read_moment, read_repetition
from shuli.core.engine.timing import first_of_cycle, following
from shuli.core.feel import ExpressionError, compile_expression
from shuli.core.worktime import (
    Agreed,
    DayOfMonth,
    Limit,
    Offset,
    WorkCalendar,
    due_at,
    next_in_month,
    open_of,
)

# Moments of a rhythm that are looked through to find the next one: a start every minute for two years.
MOST_MOMENTS = 1_000_000
# Cases that one rule starts at once to catch up; what is missed beyond that is left out.
MOST_AT_ONCE = 100


class Starts(Struct, frozen=True, kw_only=True):
    """What is to be started now, and when the next moment is; None after the last one."""

    due: tuple[datetime, ...] = ()
    next_at: datetime | None = None
    count: int = 0  # moments that have passed


def moments(rule: TimerRule, since: datetime, calendar: WorkCalendar) -> Iterator[datetime]:
    """Yield every moment of the rule after `since`, in order; none where the rule says nothing."""
    if isinstance(rule.limit, DayOfMonth):
        yield from _monthly(rule.limit, since, calendar)
    elif rule.limit is not None:
        yield from _once(_after_limit(rule.limit, since, calendar))
    elif rule.repeat is not None:
        yield from _of_cycle(rule.repeat, since, calendar)
    else:
        yield from _of_text(_text(rule), since, calendar)


def _of_cycle(offset: Offset, since: datetime, calendar: WorkCalendar) -> Iterator[datetime]:
    at = first_of_cycle(offset, since, calendar)
    for repeated in counting():
        if at is None:
            return
        yield at
        at = following(offset, at, calendar, repeated)


def _once(at: datetime | None) -> Iterator[datetime]:
    if at is not None:
        yield at


def _monthly(limit: DayOfMonth, since: datetime, calendar: WorkCalendar) -> Iterator[datetime]:
    """Yield the openings of such days: a case that is due on a day may be started on another, in time."""
    at = next_in_month(limit, since, calendar, open_of)
    while at is not None:
        yield at
        at = next_in_month(limit, at, calendar, open_of)


def _after_limit(limit: Limit, since: datetime, calendar: WorkCalendar) -> datetime | None:
    # Nothing is agreed before a case is there.
    return None if isinstance(limit, Agreed) else due_at(limit, since, calendar, lambda _name: None).at


def _text(rule: TimerRule) -> str:
    """Return the ISO text, which FEEL may have to make; it has no case to read."""
    source = rule.expression or ""
    if looks_iso(source):
        return source
    try:
        value = compile_expression(source or "null").evaluate({})
    except ExpressionError:
        return ""
    return value if isinstance(value, str) else ""


def _of_text(text: str, since: datetime, calendar: WorkCalendar) -> Iterator[datetime]:
    repetition = read_repetition(text)
    if repetition is None:
        duration = read_duration(text)
        at = read_moment(text, calendar) if duration is None else after(since, duration, calendar)
        yield from _once(at if at is not None and at > since else None)
        return
    base = read_moment(repetition.start, calendar) if repetition.start else since
    if base is None:
        return
    # A given start is the first moment itself; without one the first comes after one interval.
    first = 0 if repetition.start else 1
    last = MOST_MOMENTS if repetition.times is None else repetition.times
    for number in range(first, first + last):
        at = after(base, _times(repetition.every, number), calendar)
        if at is None:
            return
        if at > since:
            yield at


def _times(every: Duration, number: int) -> Duration:
    return Duration(months=every.months * number, days=every.days * number, seconds=every.seconds * number)


def first_start(rule: TimerRule, since: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return the first moment after `since`, if there is one."""
    return next(moments(rule, since, calendar), None)


def due_starts(
    rule: TimerRule, since: datetime, count: int, now: datetime, calendar: WorkCalendar, late: float
) -> Starts:
    """Return which moments are to be started now, after `count` that have passed, by the rule for missed ones.

    A moment that lies more than `late` seconds back has been missed.
    """
    passed: list[datetime] = []
    next_at = None
    for at in islice(moments(rule, since, calendar), count, None):
        if at > now:
            next_at = at
            break
        passed.append(at)
    due = passed
    if rule.missed == "once":
        due = passed[-1:]
    elif rule.missed == "skip":
        due = [at for at in passed[-1:] if (now - at).total_seconds() <= late]
    return Starts(due=tuple(due[-MOST_AT_ONCE:]), next_at=next_at, count=count + len(passed))
