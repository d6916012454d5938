"""What others ask of the organisation: who is who, who belongs to which pool, who heads what, which calendar counts.

A pool is a name for people who may claim a task together: `department:service` or `post:owner-complaint`.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Max, Q, QuerySet
from django.utils.translation import get_language

from shuli.apps.directory.models import Calendar, CalendarDay, Department, Person, Post, Posting, Substitute
from shuli.core.worktime import STANDARD, WorkCalendar
from shuli.kit import clock

# People -------------------------------------------------------------------------------------------------


def _people() -> QuerySet[Person]:
    return Person.objects.prefetch_related("postings__department", "postings__post")


def person(username: str) -> Person | None:
    return _people().filter(username=username).first()


def people_by_username(usernames: Iterable[str]) -> dict[str, Person]:
    """Return the people of these usernames, with their postings; who is not known is left out."""
    wanted = [name for name in dict.fromkeys(usernames) if name]
    return {found.username: found for found in _people().filter(username__in=wanted)} if wanted else {}


def display_names(usernames: Iterable[str]) -> str:
    """Return people's names in one line, in the active language."""
    wanted = list(usernames)
    known = people_by_username(wanted)
    names = [known[name].display_name() if name in known else _label(name) for name in wanted]
    return ("、" if _is_chinese() else ", ").join(names)


def active_username(username: object) -> str | None:
    """Return the username if it is of somebody who can be given work."""
    text = str(username or "")
    return text if Person.objects.filter(username=text, is_active=True).exists() else None


def search_people(text: str, department: str | None = None, limit: int = 10) -> list[Person]:
    """Return active people whose name, English name or username contains the text."""
    wanted = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(username__icontains=text)
    rows = _people().filter(wanted, is_active=True)
    if department:
        rows = rows.filter(postings__department__code=department)
    return list(rows.distinct().order_by("username")[:limit])


def mentioned_in(text: str) -> list[str]:
    """Return the usernames of the people that a text mentions: @李敏, @limin or @Li Min."""
    marks = {mark for mark in re.findall(r"@([\w.\-]+(?: [A-Z][\w\-]+)?)", text)}
    marks |= {mark.split(" ")[0] for mark in marks}
    found = Person.objects.filter(
        Q(name__in=marks) | Q(name_en__in=marks) | Q(username__in=marks), is_active=True
    )
    return list(found.values_list("username", flat=True))


# Departments and posts ----------------------------------------------------------------------------------


def department_exists(code: str) -> bool:
    return Department.objects.filter(code=code).exists()


def main_department(username: str) -> str | None:
    """Return the code of the department of somebody's main posting."""
    rows = Posting.objects.filter(person__username=username).order_by("-is_main", "pk")
    return rows.values_list("department__code", flat=True).first()


def departments_of(username: str) -> list[str]:
    rows = Posting.objects.filter(person__username=username)
    return list(rows.values_list("department__code", flat=True).distinct())


def pools_of(username: str) -> list[str]:
    """Return the pools to which somebody belongs: their departments and posts."""
    rows = Posting.objects.filter(person__username=username, person__is_active=True)
    pools = {}
    for department, post in rows.values_list("department__code", "post__code"):
        pools[f"department:{department}"] = None
        if post:
            pools[f"post:{post}"] = None
    return list(pools)


def members(pool: str) -> list[str]:
    """Return the usernames of everybody active in a pool."""
    kind, _, code = pool.partition(":")
    field = {"department": "department__code", "post": "post__code"}.get(kind)
    if field is None:
        return []
    rows = Posting.objects.filter(**{field: code}, person__is_active=True)
    return list(rows.order_by("person__username").values_list("person__username", flat=True).distinct())


def _of_department(code: object, field: str) -> str | None:
    rows = Department.objects.filter(code=str(code or ""), **{f"{field}__is_active": True})
    return rows.values_list(f"{field}__username", flat=True).first()


def head(code: object) -> str | None:
    return _of_department(code, "head")


def liaison(code: object) -> str | None:
    """Return the department's liaison (接口人), or its head where there is none."""
    return _of_department(code, "liaison") or head(code)


def executive(code: object) -> str | None:
    """Return the executive in charge (分管领导) of the department, or of the one above it."""
    found = _of_department(code, "executive")
    if found:
        return found
    above = Department.objects.filter(code=str(code or "")).values_list("parent__code", flat=True).first()
    return executive(above) if above else None


def departments_led(username: str) -> list[str]:
    """Return the departments that somebody heads or is in charge of."""
    rows = Department.objects.filter(Q(head__username=username) | Q(executive__username=username))
    return list(rows.values_list("code", flat=True))


def superiors(username: str) -> list[str]:
    """Return who stands above somebody: the department's head, then the executive in charge."""
    code = main_department(username)
    chain = [head(code), executive(code)]
    return [name for name in dict.fromkeys(chain) if name and name != username]


def substitutes_now(username: str) -> list[str]:
    """Return who acts for somebody at this moment."""
    now = clock.now()
    rows = Substitute.objects.filter(principal__username=username, since__lte=now, until__gt=now)
    return list(rows.values_list("substitute__username", flat=True))


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _label(name: str) -> str:
    """Return what a department's or post's code, or a pool, is called."""
    code = name.partition(":")[2] or name
    return labels(get_language() or "zh-hans").get(code, name)


def labels(language: str, kind: str = "") -> dict[str, str]:
    """Return the names of departments and posts by code; of one of the two where `kind` says so."""
    zh = language.startswith("zh")
    tables = {"department": Department, "post": Post}
    chosen = [tables[kind]] if kind else [*tables.values()]
    found: dict[str, str] = {}
    for table in chosen:
        for code, name, name_en in table._default_manager.values_list("code", "name", "name_en"):
            found[code] = (name or name_en) if zh else (name_en or name)
    return found


# Calendars ----------------------------------------------------------------------------------------------


def calendar_for(department: str | None) -> WorkCalendar:
    """Return the working calendar of a department, or the company's."""
    return _calendars(_edition()).get(department or "") or _calendars(_edition()).get("", STANDARD)


def _edition() -> tuple[object, ...]:
    """Return what differs whenever a calendar, one of its days or a department's choice of it was changed."""
    return tuple(Calendar.objects.aggregate(edited=Max("edited_at")).values())


@lru_cache(maxsize=4)
def _calendars(_edition: tuple[object, ...]) -> dict[str, WorkCalendar]:
    built = {row.pk: _built(row) for row in Calendar.objects.prefetch_related("days")}
    default = Calendar.objects.filter(is_default=True).values_list("pk", flat=True).first()
    found = {"": built[default]} if default in built else {}
    for code, pk in Department.objects.exclude(calendar=None).values_list("code", "calendar_id"):
        found[code] = built[pk]
    return found


def _built(row: Calendar) -> WorkCalendar:
    return WorkCalendar(
        zone=row.zone,
        week=tuple(tuple((start, end) for start, end in day) for day in row.week),
        exceptions={day.date: tuple((start, end) for start, end in day.spans) for day in row.days.all()},
        covered=frozenset(row.covered),
    )


def default_calendar() -> Calendar | None:
    return Calendar.objects.filter(is_default=True).first()


def calendar_days(calendar: Calendar, first: date, last: date) -> dict[date, CalendarDay]:
    return {day.date: day for day in calendar.days.filter(date__gte=first, date__lte=last)}
