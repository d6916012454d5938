"""How much time is left: the state of a due moment in icon, word and colour."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

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
from shuli.kit.components.amounts import HOUR, parts_words, shortened
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
    span = remaining_span(calendar, now, due_at)
    if now >= due_at:
        return Deadline(due_at=due_at, left=left, state="late", span=span)
    wall = (due_at - now).total_seconds()
    if not left and wall > HOUR:
        # Due outside working time: a limit in clock hours, such as 24 hours from a Saturday.
        state = "risk" if wall < RISKY_SHARE * (due_at - opened_at).total_seconds() else "normal"
        return Deadline(
            due_at=due_at, left=wall, state=state, span=span_of(ALWAYS_OPEN, wall), is_calendar=True
        )
    risky = left < HOUR or left < RISKY_SHARE * working_seconds_between(calendar, opened_at, due_at)
    return Deadline(due_at=due_at, left=left, state="risk" if risky else "normal", span=span)


def time_left(due: Due) -> TimeLeft:
    """Return the words for what has `due_at`, and `left` and `state` or else `opened_at`."""
    if due.due_at is None:
        return TimeLeft(kind="normal", word=_("No time limit"))
    state, left = getattr(due, "state", ""), getattr(due, "left", None)
    if left is None or state not in ("late", "risk", "normal"):
        found = deadline(getattr(due, "opened_at", None) or clock.now(), due.due_at)
        state, left, span = found.state, found.left, found.span
    else:
        span = getattr(due, "span", None)
    is_calendar = getattr(due, "is_calendar", False)
    shown = span or span_of(STANDARD, left or 0)
    word = _word(shown, is_late=state == "late")
    if is_calendar:
        word = _("%(left)s (calendar)") % {"left": word}
    return TimeLeft(kind=state, word=word, due=due_words(due.due_at))


def _word(span: Span, *, is_late: bool) -> str:
    if not (span.days or span.hours or span.minutes):
        return _("Just overdue") if is_late else _("Less than a minute left")
    amount = parts_words(span.parts() if is_late else shortened(span), is_left=not is_late)
    return (_("%(amount)s overdue") if is_late else _("%(amount)s left")) % {"amount": amount}
