"""Turn stored calendars into the values that reckon with working time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from shuli.apps.directory.models import Calendar, CalendarDay
from shuli.core.worktime import STANDARD_DAY, Day, Week, WorkCalendar


def core_calendar(row: Calendar, followed: Iterable[Calendar] = ()) -> WorkCalendar:
    """Return the calendar with its own exceptions over those of the ones that it follows, nearest first."""
    line = [row, *followed]
    week = week_of(row.week)
    days: dict[date, Day] = {}
    for calendar in reversed(line):
        days |= {day.date: spans_of(day, week) for day in calendar.days.all()}
    covered = sorted({year for calendar in line for year in calendar.covered})
    return WorkCalendar(zone=row.zone, week=week, exceptions=days, covered=tuple(covered))


def week_of(stored: Sequence[Sequence[Sequence[int]]]) -> Week:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (day_of(day) for day in stored)
    return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


def day_of(stored: Sequence[Sequence[int]]) -> Day:
    return tuple((int(start), int(end)) for start, end in stored)


def spans_of(day: CalendarDay, week: Week) -> Day:
    """Return the working spans of an exception: none on a holiday, a usual day's on a make-up day, or its own."""
    if day.kind == CalendarDay.Kind.HOLIDAY:
        return ()
    if day.kind == CalendarDay.Kind.MAKE_UP:
        return usual_day(week)
    return day_of(day.spans or [])


def usual_day(week: Week) -> Day:
    """Return the most frequent kind of working day; a make-up day is worked like one."""
    working = Counter(day for day in week if day)
    return working.most_common(1)[0][0] if working else STANDARD_DAY
