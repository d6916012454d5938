"""Time limits as the handbooks write them, and the due moment that follows.

A limit is a tagged union (`kind`), so that it travels as JSON inside a model. `due_at` never raises for what a person
wrote: a limit that leads nowhere gives a `Due` whose `missing` says why.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Annotated, Literal

from msgspec import Meta, Struct

from shuli.core.worktime.calendar import WorkCalendar, spans_on
from shuli.core.worktime.reckoning import (
    BeyondCalendarError,
    add_working_days,
    add_working_seconds,
    roll_backward,
    roll_forward,
)

Unit = Literal["minutes", "hours", "calendar_days", "working_minutes", "working_hours", "working_days"]
"""Without "working" the clock on the wall counts: minutes, hours, and days of the calendar (自然日)."""

Evaluate = Callable[[str], object]
"""Gives the value of a FEEL text (a variable's name is one) in the case; None where there is none."""

Amount = Annotated[float, Meta(ge=0)]

SECONDS = {"minutes": 60, "hours": 3600, "working_minutes": 60, "working_hours": 3600}


class Minutes(Struct, frozen=True, kw_only=True, tag_field="kind", tag="minutes"):
    """Minutes on the clock, day and night: the ten minutes of a critical complaint."""

    amount: Amount


class ClockHours(Struct, frozen=True, kw_only=True, tag_field="kind", tag="clock_hours"):
    amount: Amount


class CalendarDays(Struct, frozen=True, kw_only=True, tag_field="kind", tag="calendar_days"):
    """Natural days (自然日): the same wall-clock time so many days later."""

    amount: Amount


class WorkingHours(Struct, frozen=True, kw_only=True, tag_field="kind", tag="working_hours"):
    amount: Amount


class WorkingDays(Struct, frozen=True, kw_only=True, tag_field="kind", tag="working_days"):
    """Working days, fractions too: half a day is 0.5."""

    amount: Amount


class Immediate(Struct, frozen=True, kw_only=True, tag_field="kind", tag="immediate"):
    """At once (即时): so many minutes of working time, so that a step reached at night is due in the morning."""

    minutes: Amount = 10


class Agreed(Struct, frozen=True, kw_only=True, tag_field="kind", tag="agreed"):
    """What was agreed for this case (协商时限): a moment, a date, or a number of `unit`, in a variable of the case."""

    variable: str
    unit: Unit = "working_days"
    # holds as long as nothing has been agreed
    default: "Limit | None" = None


class ByExpression(Struct, frozen=True, kw_only=True, tag_field="kind", tag="expression"):
    """A FEEL text that gives a number of `unit`, a duration, a date or a moment: by level, by urgency."""

    expression: str
    unit: Unit = "working_days"


class Relative(Struct, frozen=True, kw_only=True, tag_field="kind", tag="relative"):
    """A limit that starts at an event of the case: seven working days after go-live."""

    # holds the event's moment or date, such as go_live_at
    variable: str
    limit: "Limit"


class DayOfMonth(Struct, frozen=True, kw_only=True, tag_field="kind", tag="day_of_month"):
    """The closing of a day of the month: the 5th; the 15th of a quarter's first month (every=3, month=1).

    A day that the month does not have is its last day. A day off moves to the next working day, the one before it,
    or stays, by `day_off`. With `working` the month's working days are counted instead: its fifth working day.
    """

    day: Annotated[int, Meta(ge=1, le=31)]
    every: Annotated[int, Meta(ge=1, le=12)] = 1
    month: Annotated[int, Meta(ge=1, le=12)] = 1
    day_off: Literal["next", "previous", "stay"] = "next"
    working: bool = False


class Strictest(Struct, frozen=True, kw_only=True, tag_field="kind", tag="strictest"):
    """Several limits at once; the earliest counts."""

    limits: "tuple[Limit, ...]"


Limit = (
    Minutes
    | ClockHours
    | CalendarDays
    | WorkingHours
    | WorkingDays
    | Immediate
    | Agreed
    | ByExpression
    | Relative
    | DayOfMonth
    | Strictest
)

DueProblem = Literal[
    "nothing_agreed",  # about: the variable
    "event_missing",  # about: the variable
    "expression_gives_nothing",  # about: the expression
    "value_not_understood",  # about: variable or expression; found: what it gave
    "amount_negative",
    "beyond_calendar",
    "no_limit",
]


class Due(Struct, frozen=True, kw_only=True):
    """When something is due, in UTC; or why that cannot be said."""

    at: datetime | None = None
    missing: DueProblem | None = None
    about: str = ""
    found: str = ""


def due_at(
    limit: Limit,
    start: datetime,
    calendar: WorkCalendar,
    evaluate: Evaluate,
    buffer: float = 1,
) -> Due:
    """Return when a limit that starts at `start` is over.

    `buffer` multiplies every amount of time (the transition after a change); agreed and monthly dates stay.
    """
    if isinstance(limit, Agreed | ByExpression):
        return _due_by_value(limit, start, calendar, evaluate, buffer)
    if isinstance(limit, Relative):
        return _due_after_event(limit, calendar, evaluate, buffer)
    if isinstance(limit, DayOfMonth):
        return _day_of_month(limit, start, calendar)
    if isinstance(limit, Strictest):
        return strictest(due_at(one, start, calendar, evaluate, buffer) for one in limit.limits)
    if isinstance(limit, Immediate):
        return due_after(limit.minutes, "working_minutes", start, calendar, buffer)
    return due_after(limit.amount, UNITS[type(limit)], start, calendar, buffer)


UNITS: dict[type, Unit] = {
    Minutes: "minutes",
    ClockHours: "hours",
    CalendarDays: "calendar_days",
    WorkingHours: "working_hours",
    WorkingDays: "working_days",
}


def strictest(dues: Iterable[Due]) -> Due:
    """Return the earliest due; the first problem when none has a moment."""
    all_dues = list(dues)
    timed = {due.at: due for due in reversed(all_dues) if due.at is not None}
    if timed:
        return timed[min(timed)]
    return all_dues[0] if all_dues else Due(missing="no_limit")


def due_after(
    amount: float | Decimal,
    unit: Unit,
    start: datetime,
    calendar: WorkCalendar,
    buffer: float = 1,
) -> Due:
    """Return when an amount of a unit is over."""
    if amount < 0:
        return Due(missing="amount_negative", found=str(amount))
    try:
        exact = Decimal(str(amount)) * Decimal(str(buffer))
        return Due(at=shift(calendar, start, exact, unit))
    except (BeyondCalendarError, ArithmeticError, ValueError):
        # OverflowError of a date beyond the year 9999 is an ArithmeticError, as is an absurd exponent
        return Due(missing="beyond_calendar", found=str(amount))


def shift(calendar: WorkCalendar, at: datetime, amount: Decimal, unit: Unit) -> datetime:
    """Return the moment that lies so much of a unit after `at` (before it, if negative), in UTC."""
    if unit == "working_days":
        return add_working_days(calendar, at, amount)
    if unit == "calendar_days":
        local = at.astimezone(calendar.tzinfo).replace(tzinfo=None) + timedelta(days=float(amount))
        return _utc(local, calendar)
    seconds = float(amount * SECONDS[unit])
    if unit.startswith("working"):
        return add_working_seconds(calendar, at, seconds)
    return _utc(at) + timedelta(seconds=seconds)


def close_of(calendar: WorkCalendar, day: date) -> datetime:
    """Return the last moment of a local date: its closing, or midnight at its end on a day off; in UTC."""
    spans = spans_on(calendar, day)
    minutes = spans[-1][1] if spans else 24 * 60
    return _utc(datetime.combine(day, time()) + timedelta(minutes=minutes), calendar)


def open_of(calendar: WorkCalendar, day: date) -> datetime:
    """Return the first moment of a local date: its opening, or midnight at its beginning on a day off; in UTC."""
    spans = spans_on(calendar, day)
    minutes = spans[0][0] if spans else 0
    return _utc(datetime.combine(day, time()) + timedelta(minutes=minutes), calendar)


def _due_by_value(
    limit: Agreed | ByExpression,
    start: datetime,
    calendar: WorkCalendar,
    evaluate: Evaluate,
    buffer: float,
) -> Due:
    about = limit.variable if isinstance(limit, Agreed) else limit.expression
    value = _python_value(evaluate(about))
    if value is None or value == "":
        if isinstance(limit, Agreed) and limit.default is not None:
            return due_at(limit.default, start, calendar, evaluate, buffer)
        return Due(
            missing="nothing_agreed" if isinstance(limit, Agreed) else "expression_gives_nothing", about=about
        )
    number = _number(value)
    if number is not None:
        return due_after(number, limit.unit, start, calendar, buffer)
    if isinstance(value, timedelta):
        return due_after(Decimal(str(value.total_seconds())) / 60, "minutes", start, calendar, buffer)
    moment = _moment_of(value, calendar, start_of_day=False)
    if moment is None:
        return Due(missing="value_not_understood", about=about, found=str(value)[:200])
    return Due(at=moment)


def _due_after_event(limit: Relative, calendar: WorkCalendar, evaluate: Evaluate, buffer: float) -> Due:
    value = _python_value(evaluate(limit.variable))
    if value is None or value == "":
        return Due(missing="event_missing", about=limit.variable)
    event = _moment_of(value, calendar, start_of_day=True)
    if event is None:
        return Due(missing="value_not_understood", about=limit.variable, found=str(value)[:200])
    return due_at(limit.limit, event, calendar, evaluate, buffer)


def _python_value(value: object) -> object:
    """Return FEEL's moments and durations as Python's, without knowing FEEL: it has methods for that."""
    for name in ("to_datetime", "to_timedelta"):
        convert = getattr(value, name, None)
        if callable(convert):
            try:
                return convert()
            except (ValueError, OverflowError):
                return value
    return value


def _number(value: object) -> Decimal | None:
    """Return a number that can be counted with, also one written as text by a form or a JSON file."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except ArithmeticError:
        return None
    return number if number.is_finite() and isfinite(float(number)) else None


def _moment_of(value: object, calendar: WorkCalendar, *, start_of_day: bool) -> datetime | None:
    """Return the moment that a value names; a date is its beginning or its close, by what it is used for."""
    if isinstance(value, str):
        value = _read_iso(value.strip())
    if isinstance(value, datetime):
        return _utc(value, calendar)
    if isinstance(value, date):
        return _utc(datetime.combine(value, time()), calendar) if start_of_day else close_of(calendar, value)
    return None


def _read_iso(text: str) -> date | datetime | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)
    except ValueError:
        return None


def _day_of_month(limit: DayOfMonth, start: datetime, calendar: WorkCalendar) -> Due:
    at = next_in_month(limit, start, calendar, close_of)
    return Due(missing="beyond_calendar") if at is None else Due(at=at)


def next_in_month(
    limit: DayOfMonth,
    start: datetime,
    calendar: WorkCalendar,
    moment: Callable[[WorkCalendar, date], datetime],
) -> datetime | None:
    """Return the first `moment` (`open_of`, `close_of`) of such a day that lies after `start`; None beyond the calendars."""
    local = start.astimezone(calendar.tzinfo)
    try:
        # begins a month early: a day off may move the moment into the next month
        for number in range(local.year * 12 + local.month - 2, (local.year + 3) * 12):
            year, month = divmod(number, 12)
            if (month + 1 - limit.month) % limit.every:
                continue
            at = moment(calendar, _day_in(limit, calendar, year, month + 1))
            if at > start:
                return at
    except (BeyondCalendarError, OverflowError, ValueError):
        pass
    return None


def _day_in(limit: DayOfMonth, calendar: WorkCalendar, year: int, month: int) -> date:
    """Return the date that the limit means in a month."""
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    if limit.working:
        days = [day for day in days if spans_on(calendar, day)] or days
        return days[min(limit.day, len(days)) - 1]
    return _working_date(calendar, days[min(limit.day, len(days)) - 1], limit.day_off)


def _working_date(calendar: WorkCalendar, day: date, day_off: str) -> date:
    """Return the date that stands in for a day off."""
    if day_off == "stay" or spans_on(calendar, day):
        return day
    if day_off == "next":
        return roll_forward(calendar, close_of(calendar, day)).astimezone(calendar.tzinfo).date()
    # by the clock and not by dates: where the date line moved, a date was left out
    midnight = datetime.combine(day, time(), calendar.tzinfo)
    return (roll_backward(calendar, midnight) - timedelta(microseconds=1)).astimezone(calendar.tzinfo).date()


def _utc(at: datetime, calendar: WorkCalendar | None = None) -> datetime:
    """Return the moment in UTC; a wall-clock time without a zone is the calendar's."""
    if at.tzinfo is None and calendar is not None:
        at = at.replace(tzinfo=calendar.tzinfo)
    return at.astimezone(UTC)
