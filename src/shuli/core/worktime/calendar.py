"""Working calendars: which minutes of which day are working time, in which time zone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from zoneinfo import ZoneInfo

import msgspec

from shuli.core.worktime.timeline import EMPTY_TIMELINE, MINUTES_A_DAY, Timeline

Opening = tuple[int, int]
"""Opening and closing minute of the local day; the end is exclusive and 1440 is midnight at the day's end."""

Day = tuple[Opening, ...]
"""The working spans of one day, in order; empty on a day off."""

Week = tuple[Day, Day, Day, Day, Day, Day, Day]
"""Monday first."""

STANDARD_DAY: Day = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))
STANDARD_WEEK: Week = (STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, (), ())


class CalendarProblem(msgspec.Struct, frozen=True, kw_only=True):
    """One reason why a calendar cannot be used, for the person who edits it."""

    code: str
    # where it stands: such as week.0 for Monday, or exceptions.2026-02-14
    path: str
    found: str = ""


class UnusableCalendarError(ValueError):
    """A calendar was made from values that `calendar_problems` would have refused."""


class WorkCalendar(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """When a company, site, department or person works.

    `exceptions` replace the weekly pattern on their date: a holiday has no spans, a make-up day (调休) has the
    spans of a working day. `covered` lists the years for which all exceptions are known.
    """

    zone: str
    week: Week = STANDARD_WEEK
    exceptions: Mapping[date, Day] = {}
    covered: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        problems = calendar_problems(self.zone, self.week, self.exceptions)
        if problems:
            first = problems[0]
            raise UnusableCalendarError(
                f"Expected a usable working calendar but found {first.code} at {first.path} ({first.found}). "
                "Check the values with calendar_problems before making the calendar.",
            )

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def fingerprint(self) -> str:
        """Return a name for these contents: the same for equal calendars, and only for those."""
        facts = (self.zone, self.week, sorted(self.exceptions.items()), self.covered)
        return sha256(msgspec.json.encode(facts)).hexdigest()[:32]

    @cached_property
    def timeline(self) -> Timeline:
        # a cache that grows with the years asked for; no part of the value
        return EMPTY_TIMELINE

    @cached_property
    def usual_day_seconds(self) -> int:
        """Return the working seconds of the most frequent kind of working day (the longer one on a tie)."""
        lengths = [day_seconds(day) for day in self.week if day]
        lengths = lengths or [day_seconds(day) for day in self.exceptions.values() if day]
        return max(lengths, key=lambda length: (lengths.count(length), length))


def day_seconds(day: Day) -> int:
    """Return the working seconds of a day without a clock change."""
    return 60 * sum(end - start for start, end in day)


def spans_on(calendar: WorkCalendar, day: date) -> Day:
    """Return the working spans of a date; empty on a day off."""
    exception = calendar.exceptions.get(day)
    return calendar.week[day.weekday()] if exception is None else exception


def calendar_problems(
    zone: str,
    week: Sequence[Sequence[Opening]],
    exceptions: Mapping[date, Sequence[Opening]],
) -> tuple[CalendarProblem, ...]:
    """Return every reason why these values make no calendar; empty when they do.

    Codes: zone_unknown, week_not_seven_days, span_outside_day, span_empty, spans_overlap, never_open.
    """
    found = [] if zone_exists(zone) else [CalendarProblem(code="zone_unknown", path="zone", found=zone)]
    if len(week) != len(STANDARD_WEEK):
        found.append(CalendarProblem(code="week_not_seven_days", path="week", found=str(len(week))))
    for number, day in enumerate(week):
        found += _day_problems(f"week.{number}", day)
    for on, day in exceptions.items():
        found += _day_problems(f"exceptions.{on.isoformat()}", day)
    if not any(week) and not any(exceptions.values()):
        found.append(CalendarProblem(code="never_open", path="week"))
    return tuple(found)


def zone_exists(zone: str) -> bool:
    """Return whether the time zone database knows this name."""
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        # ZoneInfoNotFoundError is a KeyError; "../x" a ValueError; "Asia" (a folder) an OSError
        return False
    return True


def _day_problems(path: str, day: Sequence[Opening]) -> list[CalendarProblem]:
    problems = []
    last = 0
    for start, end in day:
        if not (0 <= start <= MINUTES_A_DAY and 0 <= end <= MINUTES_A_DAY):
            code = "span_outside_day"
        elif start >= end:
            code = "span_empty"
        elif start < last:
            code = "spans_overlap"
        else:
            last = end
            continue
        problems.append(CalendarProblem(code=code, path=path, found=f"{start}-{end}"))
    return problems


def year_is_covered(calendar: WorkCalendar, year: int) -> bool:
    """Return whether the holidays and make-up days of this year are known."""
    return year in calendar.covered


def uncovered_years(calendar: WorkCalendar, start: datetime, due: datetime) -> tuple[int, ...]:
    """Return the local years between two moments whose exceptions are unknown, for the visible warning."""
    first, last = sorted((start.astimezone(calendar.tzinfo).year, due.astimezone(calendar.tzinfo).year))
    return tuple(year for year in range(first, last + 1) if not year_is_covered(calendar, year))


STANDARD = WorkCalendar(zone="Asia/Shanghai")
