"""The organisation as it stands, in memory: departments, posts and calendars, read again when their edition changes.

These few rows are asked for by every page and every step of a case. One small query tells whether they changed.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, wraps
from types import MappingProxyType
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import connection

from shuli.apps.directory.calendar_reading import core_calendar
from shuli.apps.directory.models import Calendar, Department, Group, Person, Post, Substitute, in_language
from shuli.core.worktime import STANDARD, WorkCalendar

A = TypeVar("A")
R = TypeVar("R")


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
    calendar: str | None  # its own, or else its site's
    is_active: bool
    successor: str | None  # of a closed one: who does its work now

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """A candidate group, with those of its people who are active."""

    code: str
    name: str
    name_en: str
    people: frozenset[str]
    posts: frozenset[str]
    departments: frozenset[str]
    is_active: bool

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class StandIn:
    """A rule that somebody acts for somebody else (代理), from one moment until another."""

    id: int
    person: str
    substitute: str
    since: datetime
    until: datetime  # exclusive
    processes: tuple[str, ...]  # none: all

    def holds(self, at: datetime, process: str = "") -> bool:
        """Say whether the rule holds at a moment, in a process or in any."""
        here = not process or not self.processes or process in self.processes
        return here and self.since <= at < self.until


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
    closed: tuple[str, ...]  # departments whose work another one does
    posts: Mapping[str, Position]
    groups: Mapping[str, Circle]
    calendars: Mapping[str, WorkCalendar]  # by calendar code
    own_calendars: Mapping[str, str]  # calendar code of whoever has one, by username
    gone: Mapping[str, str | None]  # who left, by username, with who took over
    stand_ins: tuple[StandIn, ...]  # those not revoked and not over, the latest arrangement first
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

    def calendar_of(self, department: str | None, person: str | None = None) -> WorkCalendar:
        """Return the calendar that counts: the nearest rule wins, never a mixture.

        The person's own; else that of the department, or of the nearest above it that has its own or whose site has;
        else the company's.
        """
        own = self.own_calendars.get(person) if person else None
        if own is None:
            line = self.line(self.working_now(department))
            own = next((unit.calendar for unit in line if unit.calendar), self.company_calendar)
        return self.calendars.get(own or "", STANDARD)

    def working_now(self, code: str | None) -> str | None:
        """Return the department that does the work of this one: itself, or its successor if it is closed."""
        seen: set[str] = set()
        while code in self.departments and code not in seen:
            seen.add(str(code))
            unit = self.departments[str(code)]
            if unit.is_active or unit.successor is None:
                break
            code = unit.successor
        return code

    def acting(self, username: str | None) -> str | None:
        """Return who does somebody's work: they themselves, or whoever took over when they left; None for nobody."""
        seen: set[str] = set()
        while username in self.gone:
            if username in seen:
                return None
            seen.add(str(username))
            username = self.gone[str(username)]
        return username

    def doing_the_work_of(self, code: str) -> list[str]:
        """Return a department and the closed ones whose work it does."""
        return [code, *(one for one in self.closed if one != code and self.working_now(one) == code)]


EDITION = "SELECT stamp FROM directory_edition"  # one row at most; see the model
Edition = tuple[UUID] | None  # that row

_held: ContextVar[Organisation | None] = ContextVar("organisation", default=None)
_page: ContextVar[list[Organisation] | None] = ContextVar("page", default=None)
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_organisation(edition: Edition) -> Iterator[None]:
    """Let every question within find the organisation of this edition: for one command on one case."""
    token = _held.set(_of(edition))
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def one_page() -> Iterator[None]:
    """Let every question within find the organisation, and the answers, of the first one: for a page that only reads."""
    token = _page.set([])
    try:
        with answers_kept():
            yield
    finally:
        _page.reset(token)


@contextmanager
def answers_kept() -> Iterator[None]:
    """Ask each question about people once within: for many commands at one moment."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(question: Callable[[A], R]) -> Callable[[A], R]:
    """Let a question about one name be asked once where answers are kept, and anew everywhere else."""

    @wraps(question)
    def ask(name: A) -> R:
        answers = _answers.get()
        if answers is None or not isinstance(name, str):
            return question(name)
        key = (question, name)
        if key not in answers:
            answers[key] = question(name)
        return cast("R", answers[key])

    return ask


def organisation() -> Organisation:
    """Return the organisation as the present transaction sees it."""
    held, page = _held.get(), _page.get()
    if held is not None:
        return held
    if page:
        return page[0]
    with connection.cursor() as cursor:
        cursor.execute(EDITION)
        found = _of(cursor.fetchone())
    if page is not None:
        page.append(found)
    return found


def _of(edition: Edition) -> Organisation:
    return _read(edition[0] if edition else None)


# Few: the present edition, and the one that a transaction under way is making.
@lru_cache(maxsize=4)
def _read(_stamp: UUID | None) -> Organisation:
    calendars = {row.code: row for row in Calendar.objects.select_related("follows").prefetch_related("days")}
    built = {code: core_calendar(row, _line(row, calendars)) for code, row in calendars.items()}
    company = next((row.code for row in calendars.values() if row.scope == Calendar.Scope.COMPANY), None)
    units = {unit.code: unit for unit in _units()}
    return Organisation(
        departments=MappingProxyType(units),
        closed=tuple(unit.code for unit in units.values() if unit.successor and not unit.is_active),
        posts=MappingProxyType({post.code: post for post in _positions()}),
        groups=MappingProxyType({group.code: group for group in _circles()}),
        calendars=MappingProxyType(built),
        own_calendars=MappingProxyType(_own_calendars()),
        gone=MappingProxyType(_gone()),
        stand_ins=tuple(_stand_ins()),
        company_calendar=company,
    )


def _line(row: Calendar, calendars: Mapping[str, Calendar]) -> list[Calendar]:
    """Return the calendars that this one follows, nearest first."""
    found = [row]
    while (above := found[-1].follows) is not None and all(above.code != one.code for one in found):
        found.append(calendars[above.code])
    return found[1:]


def _units() -> Iterator[Unit]:
    rows = Department.objects.select_related(
        "parent", "head", "executive", "liaison", "calendar", "site__calendar", "successor"
    )
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
            calendar=calendar.code
            if (calendar := row.calendar or (row.site and row.site.calendar))
            else None,
            is_active=row.is_active,
            successor=row.successor.code if row.successor else None,
            **people,
        )


def _own_calendars() -> dict[str, str]:
    rows = Person.objects.exclude(calendar=None).values_list("username", "calendar__code")
    return {username: str(code) for username, code in rows}


def _gone() -> dict[str, str | None]:
    rows = Person.objects.filter(is_active=False).values_list("username", "successor__username")
    return dict(rows)


def _stand_ins() -> Iterator[StandIn]:
    rows = Substitute.objects.filter(revoked_at=None, ended_at=None, substitute__is_active=True)
    for row in rows.select_related("person", "substitute").order_by("-since", "-pk"):
        yield StandIn(
            id=row.pk,
            person=row.person.username,
            substitute=row.substitute.username,
            since=row.since,
            until=row.until,
            processes=tuple(row.processes),
        )


def _circles() -> Iterator[Circle]:
    for row in Group.objects.prefetch_related("people", "posts", "departments"):
        yield Circle(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            people=frozenset(one.username for one in row.people.all() if one.is_active),
            posts=frozenset(one.code for one in row.posts.all()),
            departments=frozenset(one.code for one in row.departments.all()),
            is_active=row.is_active,
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
