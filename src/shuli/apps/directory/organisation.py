"""The organisation as it stands, in memory: departments, posts and calendars, read again when their edition changes.

These few rows are asked for by every page and every step of a case. One small query tells whether they changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

from django.db import connection

from shuli.apps.directory.calendar_reading import core_calendar
from shuli.apps.directory.models import Calendar, Department, Post, in_language
from shuli.core.worktime import STANDARD, WorkCalendar


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A department, with its people by username; who is not active is left out."""

    code: str
    name: str
    name_en: str
    kind: str
    parent: str | None
    head: str | None
    executive: str | None
    liaison: str | None
    calendar: str | None
    is_active: bool

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """A post."""

    code: str
    name: str
    name_en: str
    department: str
    is_active: bool

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    departments: Mapping[str, Unit]  # in the order of the tree's pages
    posts: Mapping[str, Position]
    calendars: Mapping[str, WorkCalendar]  # by calendar code
    company_calendar: str | None  # code

    def line(self, code: str | None) -> Iterator[Unit]:
        """Yield a department and those above it; a circle that somebody made by hand ends it."""
        seen: set[str] = set()
        while code in self.departments and code not in seen:
            seen.add(str(code))
            unit = self.departments[str(code)]
            yield unit
            code = unit.parent

    def below(self, code: str) -> list[str]:
        """Return a department and all that are part of it."""
        found = [code]
        for part in found:
            found += [u.code for u in self.departments.values() if u.parent == part and u.code not in found]
        return found

    def calendar_of(self, department: str | None) -> WorkCalendar:
        """Return the calendar of the department or of the nearest one above that has its own, or the company's."""
        codes = [unit.calendar for unit in self.line(department) if unit.calendar]
        chosen = codes[0] if codes else self.company_calendar
        return self.calendars.get(chosen or "", STANDARD)


EDITION = "SELECT stamp FROM directory_edition"  # one row at most; see the model


def organisation() -> Organisation:
    """Return the organisation as the present transaction sees it."""
    with connection.cursor() as cursor:
        cursor.execute(EDITION)
        row = cursor.fetchone()
    return _read(row[0] if row else None)


# Few: the present edition, and the one that a transaction under way is making.
@lru_cache(maxsize=4)
def _read(_stamp: UUID | None) -> Organisation:
    calendars = {row.code: row for row in Calendar.objects.select_related("follows").prefetch_related("days")}
    built = {code: core_calendar(row, _line(row, calendars)) for code, row in calendars.items()}
    company = next((row.code for row in calendars.values() if row.scope == Calendar.Scope.COMPANY), None)
    return Organisation(
        departments=MappingProxyType({unit.code: unit for unit in _units()}),
        posts=MappingProxyType({post.code: post for post in _positions()}),
        calendars=MappingProxyType(built),
        company_calendar=company,
    )


def _line(row: Calendar, calendars: Mapping[str, Calendar]) -> list[Calendar]:
    """Return the calendars that this one follows, nearest first."""
    found = [row]
    while (above := found[-1].follows) is not None and all(above.code != one.code for one in found):
        found.append(calendars[above.code])
    return found[1:]


def _units() -> Iterator[Unit]:
    rows = Department.objects.select_related("parent", "head", "executive", "liaison", "calendar")
    for row in rows:
        people = {
            role: person.username if (person := getattr(row, role)) and person.is_active else None
            for role in ("head", "executive", "liaison")
        }
        yield Unit(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            kind=row.kind,
            parent=row.parent.code if row.parent else None,
            calendar=row.calendar.code if row.calendar else None,
            is_active=row.is_active,
            **people,
        )


def _positions() -> Iterator[Position]:
    for row in Post.objects.select_related("department"):
        yield Position(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            department=row.department.code,
            is_active=row.is_active,
        )
