"""What administrators change about working calendars, and where China's holidays come from."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from chinese_calendar.constants import holidays, workdays

from shuli.apps.directory.administration import PROGRAM, administrators_only, note
from shuli.apps.directory.models import Calendar, CalendarDay, Department, Person, Site
from shuli.core.worktime import Day, Week, calendar_problems
from shuli.kit.errors import Refusal

COMPANY = "company"  # the code of the calendar that counts where nothing else is said

# The names that chinesecalendar gives its holidays, in Chinese.
HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利 70 周年纪念日",
}


class ChinaDay(NamedTuple):
    date: date
    kind: str
    note: str
    note_en: str


def china_years() -> list[int]:
    """Return the years whose holidays and make-up days are known: the State Council names them a year ahead."""
    return sorted({day.year for day in holidays})


def _china_days(years: frozenset[int]) -> list[ChinaDay]:
    free = [(day, CalendarDay.Kind.HOLIDAY, name) for day, name in holidays.items()]
    worked = [(day, CalendarDay.Kind.MAKE_UP, name) for day, name in workdays.items()]
    return [
        ChinaDay(date=day, kind=kind, note=HOLIDAYS.get(name, name), note_en=name)
        for day, kind, name in (*free, *worked)
        if day.year in years
    ]


@administrators_only
def import_china_calendar(by: str, years: Iterable[int] = (), code: str = COMPANY) -> int | Refusal:
    """Take over China's holidays and make-up workdays (调休) of these years, or of all that are known.

    Days that people entered stay. Returns how many days stand in the calendar from this import.
    """
    calendar = Calendar.objects.select_for_update().filter(code=code).first()
    if calendar is None:
        return Refusal("no_such_calendar", status=404)
    wanted = frozenset(years or china_years()) & frozenset(china_years())
    former = CalendarDay.objects.filter(calendar=calendar, date__year__in=wanted)
    former.filter(is_imported=True).delete()
    own = set(former.values_list("date", flat=True))
    rows = [
        CalendarDay(calendar=calendar, is_imported=True, **day._asdict())
        for day in _china_days(wanted)
        if day.date not in own
    ]
    CalendarDay.objects.bulk_create(rows)
    calendar.covered = sorted({*calendar.covered, *wanted})
    calendar.save(update_fields=["covered"])
    note(by, "calendar_imported", code, years=sorted(wanted), days=len(rows))
    return len(rows)


@administrators_only
def set_day(
    by: str, code: str, on: date, kind: str, *, spans: Day = (), words: str = "", words_en: str = ""
) -> CalendarDay | Refusal:
    """Make a date a holiday, a make-up workday or a day with its own hours."""
    calendar = Calendar.objects.select_for_update().filter(code=code).first()
    if calendar is None:
        return Refusal("no_such_calendar", status=404)
    is_custom = kind == CalendarDay.Kind.CUSTOM
    if is_custom and (refusal := _unusable(calendar, spans)):
        return refusal
    day, _made = CalendarDay.objects.update_or_create(
        calendar=calendar,
        date=on,
        defaults={
            "kind": kind,
            "spans": [list(span) for span in spans] if is_custom else None,
            "note": words.strip(),
            "note_en": words_en.strip(),
            "is_imported": False,
        },
    )
    note(by, "day_edited", code, date=on.isoformat(), kind=kind)
    return day


def _unusable(calendar: Calendar, spans: Day) -> Refusal | None:
    problems = calendar_problems(calendar.zone, [spans] * 7, {}) if spans else ()
    return Refusal("hours_unusable", found=problems[0].found) if problems else None


@administrators_only
def clear_day(by: str, code: str, on: date) -> bool | Refusal:
    """Let the weekly pattern hold on this date again; return whether there was an exception."""
    gone, _rows = CalendarDay.objects.filter(calendar__code=code, date=on).delete()
    if gone:
        note(by, "day_cleared", code, date=on.isoformat())
    return bool(gone)


@administrators_only
def save_calendar(
    by: str, code: str, *, name: str, name_en: str, zone: str, week: Week, is_new: bool = False
) -> Calendar | Refusal:
    """Make a calendar that follows the company's holidays, or change a calendar's hours and zone."""
    found = _new_calendar(code) if is_new else Calendar.objects.select_for_update().filter(code=code).first()
    if found is None:
        return Refusal("no_such_calendar", status=404)
    if not name.strip():
        return Refusal("name_missing")
    if problems := calendar_problems(zone, week, {}):
        known = {"zone_unknown", "never_open"}
        code_of = problems[0].code if problems[0].code in known else "hours_unusable"
        return Refusal(code_of, found=problems[0].found)
    found.name, found.name_en, found.zone = name.strip(), name_en.strip(), zone
    found.week = [[list(span) for span in day] for day in week]
    found.save(force_insert=is_new)
    note(by, "calendar_created" if is_new else "calendar_edited", code)
    return found


def _new_calendar(code: str) -> Calendar:
    company = Calendar.objects.filter(scope=Calendar.Scope.COMPANY).first()
    scope = Calendar.Scope.DEPARTMENT if company else Calendar.Scope.COMPANY
    return Calendar(code=code, scope=scope, follows=company)


@administrators_only
def use_calendar(by: str, department: str, code: str, site: str = "") -> Department | Refusal:
    """Let a department and its parts work at a site, and by a calendar of their own; empty codes mean neither."""
    unit = Department.objects.select_for_update().filter(code=department).first()
    if unit is None:
        return Refusal("no_such_department", status=404)
    calendar = Calendar.objects.filter(code=code).first() if code else None
    if code and calendar is None:
        return Refusal("no_such_calendar", status=404)
    place = Site.objects.filter(code=site).first() if site else None
    if site and place is None:
        return Refusal("no_such_site", status=404)
    unit.calendar, unit.site = calendar, place
    unit.save(update_fields=["calendar", "site"])
    note(by, "department_calendar", department, calendar=code, site=site)
    return unit


@administrators_only
def use_own_calendar(by: str, username: str, code: str) -> Person | Refusal:
    """Let a person work by a calendar of their own, or by the department's (empty code)."""
    person = Person.objects.select_for_update().filter(username=username).first()
    if person is None:
        return Refusal("no_such_person", status=404)
    calendar = Calendar.objects.filter(code=code).first() if code else None
    if code and calendar is None:
        return Refusal("no_such_calendar", status=404)
    person.calendar = calendar
    person.save(update_fields=["calendar"])
    note(by, "person_calendar", username, calendar=code)
    return person


def ensure_company_calendar() -> Calendar:
    """Return the company's calendar, made on the first call: Monday to Friday with China's holidays."""
    found = Calendar.objects.filter(scope=Calendar.Scope.COMPANY).first()
    if found is None:
        found = Calendar.objects.create(
            code=COMPANY, name="公司工作日历", name_en="Company calendar", scope=Calendar.Scope.COMPANY
        )
        import_china_calendar(PROGRAM)
    return found
