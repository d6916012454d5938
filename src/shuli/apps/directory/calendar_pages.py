"""What the pages of the working calendars show: a month, and what a due date becomes."""

from calendar import Calendar as Months
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shuli.apps.directory import listing
from shuli.apps.directory.hours import write_hours
from shuli.apps.directory.models import Calendar, CalendarDay
from shuli.apps.directory.organisation import organisation
from shuli.apps.directory.queries import today
from shuli.apps.directory.working_time import china_years
from shuli.core.worktime import WorkCalendar, due_after, spans_on, uncovered_years, year_is_covered
from shuli.kit import clock
from shuli.kit.components.moments import EN, ZH, moment_within
from shuli.kit.components.words import joined

SAMPLE_DAYS = 3  # "a task of 3 working days started now is due …"
EARLIEST, LATEST = 2000, 2100  # years that the page turns to


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCell:
    """One day on the month's page."""

    date: date
    is_working: bool
    is_other_month: bool
    is_today: bool
    # holiday, make_up, custom, or nothing on a usual day
    kind: str
    mark: str
    note: str
    # only where they differ from the usual ones
    hours: str
    # read out instead of the number alone
    words: str


def calendar_row(code: str) -> Calendar | None:
    return Calendar.objects.select_related("follows").filter(code=code).first()


def sites() -> list[dict[str, Any]]:
    """Return the sites with their calendars and departments."""
    return [
        {
            "name": row.display_name(),
            "url": reverse("directory:site_edit", args=[row.code]),
            "calendar": row.calendar.display_name() if row.calendar else _("Like the company"),
            "departments": joined([one.display_name() for one in row.departments.all() if one.is_active]),
        }
        for row in listing.sites()
    ]


def overview() -> list[dict[str, Any]]:
    """Return every calendar with who works by it."""
    known = organisation()
    return [
        {
            "name": row.display_name(),
            "code": row.code,
            "url": reverse("directory:calendar", args=[row.code]),
            "zone": row.zone,
            "follows": row.follows.display_name() if row.follows else "",
            "used_by": [
                unit.display_name() for unit in known.departments.values() if unit.calendar == row.code
            ],
            "is_company": row.scope == Calendar.Scope.COMPANY,
            "hours": week_lines(known.calendars[row.code]),
        }
        for row in Calendar.objects.select_related("follows").order_by("pk")
    ]


def week_lines(calendar: WorkCalendar) -> list[tuple[str, str]]:
    """Return the week in lines, equal neighbours together: Mon–Fri 09:00-12:00, 13:00-18:00."""
    names = (ZH if (get_language() or "zh").startswith("zh") else EN).weekdays
    lines: list[tuple[int, int]] = []
    for number, day in enumerate(calendar.week):
        if lines and calendar.week[lines[-1][0]] == day:
            lines[-1] = (lines[-1][0], number)
        else:
            lines.append((number, number))
    return [
        (
            names[first] if first == last else f"{names[first]}–{names[last]}",
            write_hours(calendar.week[first]) or pgettext("weekday", "free"),
        )
        for first, last in lines
    ]


def month_page(row: Calendar, year: int, month: int) -> dict[str, Any]:
    """Return what the page of a calendar shows for a month."""
    calendar = organisation().calendars[row.code]
    first = date(year, month, 1)
    weeks = _weeks(row, calendar, year, month)
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    return {
        "row": row,
        "title": row.display_name(),
        "month": month_words(first),
        "weekdays": (ZH if (get_language() or "zh").startswith("zh") else EN).weekdays,
        "weeks": weeks,
        "working_days": sum(cell.is_working and not cell.is_other_month for week in weeks for cell in week),
        "before_url": month_url(row.code, before),
        "after_url": month_url(row.code, after),
        "now_url": month_url(row.code, today()),
        "is_covered": year_is_covered(calendar, year),
        "year": year,
        "known_years": china_years(),
        "hours": week_lines(calendar),
        "effect": effect(calendar),
    }


def month_url(code: str, day: date) -> str:
    return reverse("directory:calendar_month", args=[code, day.year, day.month])


def month_words(first: date) -> str:
    """Return the month as the language writes it: 2026 年 10 月 — Oct 2026."""
    if (get_language() or "zh").startswith("zh"):
        return f"{first.year} 年 {first.month} 月"
    return f"{EN.months[first.month - 1]} {first.year}"


def _weeks(row: Calendar, calendar: WorkCalendar, year: int, month: int) -> list[list[DayCell]]:
    weeks = Months().monthdatescalendar(year, month)
    known = _exceptions(row, weeks[0][0], weeks[-1][-1])
    return [[_cell(day, month, calendar, known.get(day)) for day in week] for week in weeks]


def _exceptions(row: Calendar, first: date, last: date) -> dict[date, CalendarDay]:
    """Return the exceptions of these days, those of the followed calendar below the calendar's own."""
    line, found = [row], dict[date, CalendarDay]()
    while line[-1].follows is not None and line[-1].follows not in line:
        line.append(line[-1].follows)
    for calendar in reversed(line):
        days = calendar.days.filter(date__gte=first, date__lte=last)
        found |= {day.date: day for day in days}
    return found


def _cell(day: date, month: int, calendar: WorkCalendar, exception: CalendarDay | None) -> DayCell:
    spans = spans_on(calendar, day)
    kind = exception.kind if exception else ""
    marks = {
        "holiday": pgettext("mark on a calendar day", "off"),
        "make_up": pgettext("mark on a calendar day", "work"),
        "custom": pgettext("mark on a calendar day", "hours"),
    }
    note = exception.display_note() if exception else ""
    working = _("working day") if spans else _("day off")
    return DayCell(
        date=day,
        is_working=bool(spans),
        is_other_month=day.month != month,
        is_today=day == today(),
        kind=kind,
        mark=marks.get(kind, ""),
        note=note,
        hours=write_hours(spans) if kind == CalendarDay.Kind.CUSTOM else "",
        words=", ".join(part for part in (day.isoformat(), working, note) if part),
    )


def effect(calendar: WorkCalendar) -> str:
    """Return what the calendar does to a due date, in a sentence."""
    now = clock.now()
    due = due_after(SAMPLE_DAYS, "working_days", now, calendar)
    if due.at is None:
        return _("No due date can be reckoned with this calendar: it has no working day within reach.")
    words = {"n": SAMPLE_DAYS, "moment": moment_within(due.at)}
    sentence = _("A task of %(n)s working days that starts now is due %(moment)s.") % words
    if years := uncovered_years(calendar, now, due.at):
        doubt = _("The holidays of %(years)s are not known yet.") % {
            "years": joined([str(year) for year in years])
        }
        return pgettext("two sentences", "%(first)s %(second)s") % {"first": sentence, "second": doubt}
    return sentence
