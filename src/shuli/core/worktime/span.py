"""How much time is left, as numbers that read well: the largest unit first, two at most."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from shuli.core.worktime.calendar import WorkCalendar
from shuli.core.worktime.reckoning import add_working_days, working_days_between, working_seconds_between


class Span(Struct, frozen=True, kw_only=True):
    """An amount of working time in working days, hours and minutes, rounded down; `overdue` when it is past."""

    days: int = 0
    hours: int = 0
    minutes: int = 0
    overdue: bool = False

    def parts(self) -> tuple[tuple[int, str], ...]:
        """Return (number, unit code) of the two largest units that follow each other, without zeros.

        Codes: working_days, working_hours, working_minutes. Nothing left at all is zero minutes.
        """
        named = (
            (self.days, "working_days"),
            (self.hours, "working_hours"),
            (self.minutes, "working_minutes"),
        )
        first = next((place for place, (number, _) in enumerate(named) if number), len(named) - 1)
        shown = tuple(part for part in named[first : first + 2] if part[0])
        return shown or named[-1:]


def remaining(calendar: WorkCalendar, now: datetime, due: datetime) -> float:
    """Return the working seconds that are left; negative when overdue."""
    return working_seconds_between(calendar, now, due)


def remaining_span(calendar: WorkCalendar, now: datetime, due: datetime) -> Span:
    """Return what is left (or overdue) in this calendar's own days: each day counts as one, however long."""
    days = working_days_between(calendar, now, due)
    whole = int(abs(days))
    first, last = (now, due) if days >= 0 else (due, now)
    rest = add_working_days(calendar, first, Decimal(whole)) if whole else first
    return _span(whole, working_seconds_between(calendar, rest, last), overdue=due < now)


def span_of(calendar: WorkCalendar, seconds: float) -> Span:
    """Return stored working seconds in days of this calendar's usual length."""
    days, rest = divmod(abs(seconds), calendar.usual_day_seconds)
    return _span(int(days), rest, overdue=seconds < 0)


def _span(days: int, seconds: float, *, overdue: bool) -> Span:
    hours, minutes = divmod(int(seconds) // 60, 60)
    return Span(days=days, hours=hours, minutes=minutes, overdue=overdue)
