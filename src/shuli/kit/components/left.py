"""How much time is left: the state of a due moment in icon, word and colour."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from shuli.core.worktime import (
    STANDARD,
    Span,
    WorkCalendar,
    remaining,
    remaining_span,
    span_of,
    working_seconds_between,
)
from shuli.kit import clock
from shuli.kit.components.amounts import HOUR, MINUTE, parts_words, shortened
from shuli.kit.components.moments import due_words

ALWAYS_OPEN = WorkCalendar(zone="UTC", week=(((0, 1440),),) * 7)

RISKY_SHARE = 0.2  # at risk: under a fifth of the limit left, or under one working hour


class Due(Protocol):
    """What `time_left` reads of a task, a visit or a deadline."""

    @property
    def due_at(self) -> datetime | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """How a due moment stands: working seconds left (negative when overdue), and how urgent that is."""

    due_at: datetime | None
    left: float | None
    # late, risk, normal, none
    state: str
    # what is left by the days of the calendar itself, where that is known
    span: Span | None = None
    # the limit runs by the clock on the wall, through nights and weekends
    is_calendar: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeLeft:
    """The words for a due moment."""

    # late, risk, normal: the kinds of kit/parts/state.html
    kind: str
    word: str
    due: str = ""


def deadline(opened_at: datetime, due_at: datetime | None, calendar: WorkCalendar = STANDARD) -> Deadline:
    """Return how an open task stands against its limit."""
    if due_at is None:
        return Deadline(due_at=None, left=None, state="none")
    now = clock.now()
    left = remaining(calendar, now, due_at)
    wall = (due_at - now).total_seconds()
    if abs(left) < MINUTE <= abs(wall):
        return _by_the_clock(opened_at, due_at, wall)
    span = remaining_span(calendar, now, due_at)
    if now >= due_at:
        return Deadline(due_at=due_at, left=left, state="late", span=span)
    risky = left < HOUR or left < RISKY_SHARE * working_seconds_between(calendar, opened_at, due_at)
    return Deadline(due_at=due_at, left=left, state="risk" if risky else "normal", span=span)


def _by_the_clock(opened_at: datetime, due_at: datetime, wall: float) -> Deadline:
    """Return a deadline with no working time before it, such as 10 minutes or 24 hours from a Saturday."""
    risky = wall < HOUR or wall < RISKY_SHARE * (due_at - opened_at).total_seconds()
    state = "late" if wall <= 0 else "risk" if risky else "normal"
    return Deadline(due_at=due_at, left=wall, state=state, span=span_of(ALWAYS_OPEN, wall), is_calendar=True)


def time_left(due: Due) -> TimeLeft:
    """Return the words for what has `due_at`, and `left` and `state` or else `opened_at`."""
    if due.due_at is None:
        return TimeLeft(kind="normal", word=_("No time limit"))
    left, state = getattr(due, "left", None), getattr(due, "state", "")
    known = left is not None and state in ("late", "risk", "normal")
    found: Any = due if known else deadline(getattr(due, "opened_at", None) or clock.now(), due.due_at)
    span = getattr(found, "span", None) or span_of(STANDARD, found.left or 0)
    is_calendar = getattr(found, "is_calendar", False)
    word = _word(span, is_late=found.state == "late", is_calendar=is_calendar)
    return TimeLeft(kind=found.state, word=word, due=due_words(due.due_at))


def _word(span: Span, *, is_late: bool, is_calendar: bool) -> str:
    if not (span.days or span.hours or span.minutes):
        return _("Just overdue") if is_late else _("Less than a minute left")
    parts = span.parts() if is_late else shortened(span)
    amount = parts_words(parts, is_left=not is_late and not is_calendar, is_calendar=is_calendar)
    word = (_("%(amount)s overdue") if is_late else _("%(amount)s left")) % {"amount": amount}
    return _("%(left)s (calendar)") % {"left": word} if is_calendar else word
