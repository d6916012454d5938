"""Working calendars, time limits and the time that is left."""

from shuli.core.worktime.calendar import (
    STANDARD,
    STANDARD_DAY,
    STANDARD_WEEK,
    CalendarProblem,
    UnusableCalendarError,
    WorkCalendar,
    calendar_problems,
    spans_on,
    uncovered_years,
    year_is_covered,
)
from shuli.core.worktime.reckoning import (
    BeyondCalendarError,
    add_working_days,
    add_working_seconds,
    is_open,
    openings_between,
    roll_backward,
    roll_forward,
    working_days_between,
    working_seconds_between,
)

__all__ = [
    "STANDARD",
    "STANDARD_DAY",
    "STANDARD_WEEK",
    "BeyondCalendarError",
    "CalendarProblem",
    "UnusableCalendarError",
    "WorkCalendar",
    "add_working_days",
    "add_working_seconds",
    "calendar_problems",
    "is_open",
    "openings_between",
    "roll_backward",
    "roll_forward",
    "spans_on",
    "uncovered_years",
    "working_days_between",
    "working_seconds_between",
    "year_is_covered",
]
