"""What others ask of the organisation: who is who, who belongs to which pool, who heads what, which calendar counts.

A pool is a name for people who may take a task together: `department:service` or `post:cto`. Whoever sits in a
section belongs to the department above it too; whoever sits in a department is not "management" for that.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Lower, Replace
from django.utils import timezone
from django.utils.translation import get_language

from shuli.apps.directory.cards import PersonCard
from shuli.apps.directory.models import Calendar, Department, Person, Posting, Site, in_language
from shuli.apps.directory.organisation import (
    EDITION,
    Circle,
    Edition,
    Organisation,
    Position,
    Unit,
    answers_kept,
    asked_once,
    one_organisation,
    organisation,
)
from shuli.apps.directory.standing_in import (
    acting_for,
    acts_for,
    away,
    principals_of,
    substitute_of,
    substitutes_of,
)
from shuli.core.worktime import WorkCalendar
from shuli.kit import clock, installation
from shuli.kit.components.words import joined, person_words

__all__ = [
    "EDITION",
    "Edition",
    "acting",
    "acting_for",
    "active_username",
    "acts_for",
    "answers_kept",
    "away",
    "below",
    "calendar_choices",
    "calendar_for",
    "calendars",
    "card_of",
    "card_rows",
    "cards",
    "choices",
    "company_name",
    "department",
    "department_exists",
    "departments",
    "departments_led",
    "departments_of",
    "display_names",
    "executive",
    "full_names",
    "groups",
    "head",
    "in_language",
    "labels",
    "liaison",
    "main_department",
    "matching",
    "members",
    "mentioned_in",
    "one_organisation",
    "people_by_username",
    "person",
    "pools_of",
    "posts",
    "principals_of",
    "sat_in",
    "search_people",
    "seats_of",
    "site_choices",
    "substitute_of",
    "substitutes_of",
    "superior",
    "superiors",
    "today",
]

LONGEST_MENTION = 40  # characters after @ that can be a name

# People -------------------------------------------------------------------------------------------------

_FACTS = (
    "username",
    "name",
    "name_en",
    "email",
    "phone",
    "language",
    "is_active",
    "is_administrator",
    "is_analyst",
)
_PLACE = {
    "main_department_code": F("main__department__code"),
    "department": F("main__department__name"),
    "department_en": F("main__department__name_en"),
    "post": F("main__post__name"),
    "post_en": F("main__post__name_en"),
}


def _main_posting() -> FilteredRelation:
    # Made anew each time: a query takes over the one that it is given and changes it.
    return FilteredRelation("postings", condition=Q(postings__is_main=True, postings__until=None))


def cards(rows: QuerySet[Person], limit: int | None = None) -> list[PersonCard]:
    """Return the cards of these people, in their order, by one query."""
    return [card_of(row) for row in card_rows(rows)[:limit]]


def card_rows(rows: QuerySet[Person]) -> QuerySet[Person, dict[str, Any]]:
    """Return what `card_of` needs, as a query that a list can still sort and page."""
    found: QuerySet[Person, dict[str, Any]] = rows.annotate(main=_main_posting()).values(*_FACTS, **_PLACE)
    return found


def card_of(row: Mapping[str, Any]) -> PersonCard:
    return PersonCard(**{key: _text(key, value) for key, value in row.items()})


def _text(key: str, value: Any) -> Any:
    """Return an empty text for what the left join did not find; only the department's code may be missing."""
    return "" if value is None and key != "main_department_code" else value


def person(username: str) -> PersonCard | None:
    return people_by_username([username]).get(username)


def people_by_username(usernames: Iterable[str]) -> dict[str, PersonCard]:
    """Return the people of these usernames; who is not known is left out."""
    wanted = {name for name in usernames if name}
    found = cards(Person.objects.filter(username__in=wanted)) if wanted else []
    return {card.username: card for card in found}


def display_names(usernames: Iterable[str]) -> str:
    """Return people's names in one line, in the active language; who is not known by the username."""
    wanted = list(dict.fromkeys(usernames))
    known = people_by_username(wanted)
    return joined([known[name].display_name() if name in known else name for name in wanted])


def full_names(usernames: Iterable[str]) -> dict[str, str]:
    """Return people with their departments in words: 客服部 李敏 — Li Min, Service."""
    known = people_by_username(usernames)
    return {name: person_words(card.display_name(), card.department_name()) for name, card in known.items()}


@asked_once
def active_username(username: object) -> str | None:
    """Return the username if it is of somebody who can be given work; of who left, their successor's."""
    text = acting(str(username or ""))
    return text if text and Person.objects.filter(username=text, is_active=True).exists() else None


def acting(username: str | None) -> str | None:
    """Return who does somebody's work: they themselves, or whoever took over when they left."""
    return organisation().acting(username)


def matching(text: str, rows: QuerySet[Person]) -> QuerySet[Person]:
    """Keep the people whose name, English name (with or without the blank) or username contains the text."""
    words = text.strip()
    squeezed = Replace(Lower("name_en"), Value(" "), Value(""))
    fits = Q(name__icontains=words) | Q(name_en__icontains=words) | Q(username__icontains=words)
    if tight := words.lower().replace(" ", ""):
        fits |= Q(squeezed__contains=tight)
    return rows.annotate(squeezed=squeezed).filter(fits)


def search_people(text: str, department: str | None = None, limit: int = 10) -> list[PersonCard]:
    """Return active people that fit the text, by name; of one department and its parts where it is given."""
    rows = Person.objects.filter(is_active=True)
    if department:
        rows = rows.filter(
            pk__in=_current().filter(department__code__in=organisation().below(department)).values("person")
        )
    return cards(matching(text, rows).order_by("name_en", "username"), limit)


def mentioned_in(text: str) -> list[str]:
    """Return the usernames of the people that a text mentions: @李敏, @li.min or @Li Min; the longest name counts."""
    marks = [text[at + 1 : at + 1 + LONGEST_MENTION] for at in (m.start() for m in re.finditer("@", text))]
    beginnings = {mark[:length] for mark in marks for length in range(1, len(mark) + 1)}
    if not beginnings:
        return []
    named = Q(name__in=beginnings) | Q(name_en__in=beginnings) | Q(username__in=beginnings)
    rows = Person.objects.filter(named, is_active=True).values_list("username", "name", "name_en")
    found: dict[str, None] = {}
    for mark in marks:
        fits = [(len(name), row[0]) for row in rows for name in row if name and mark.startswith(name)]
        longest = max((length for length, _ in fits), default=0)
        found |= dict.fromkeys(username for length, username in fits if length == longest)
    return list(found)


# Places -------------------------------------------------------------------------------------------------


def today() -> date:
    return timezone.localdate(clock.now())


def _current() -> QuerySet[Posting]:
    on = today()
    return Posting.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, person__is_active=True)


@asked_once
def main_department(username: str) -> str | None:
    """Return the code of the department of somebody's main posting."""
    rows = Posting.objects.filter(person__username=username, is_main=True, until=None)
    return rows.values_list("department__code", flat=True).first()


def main_departments(username: str) -> list[tuple[date, date | None, str]]:
    """Return the departments of somebody's main postings, from when until which day, the newest first."""
    rows = Posting.objects.filter(person__username=username, is_main=True).order_by("-since", "-pk")
    return list(rows.values_list("since", "until", "department__code"))


def departments_of(username: str) -> list[str]:
    """Return the departments in which somebody sits, the main one first."""
    rows = _current().filter(person__username=username).order_by("-is_main", "pk")
    return list(dict.fromkeys(rows.values_list("department__code", flat=True)))


def seats_of(departments: Iterable[str]) -> list[tuple[str, str]]:
    """Return everybody whose main place is in one of these departments now, with the department."""
    rows = _current().filter(is_main=True, department__code__in=list(departments))
    return list(rows.order_by("person__username").values_list("person__username", "department__code"))


def sat_in(username: str, code: str) -> bool:
    """Say whether somebody once had a place in a department that is over."""
    rows = Posting.objects.filter(person__username=username, department__code=code)
    return rows.filter(until__lt=today()).exists()


# Asked several times by every page and step, so written as SQL: the ORM would take longer to say it than
# PostgreSQL to answer.
PLACES_OF = """
    SELECT department.code, post.code
    FROM directory_posting AS posting
    JOIN directory_person AS person ON person.id = posting.person_id
    JOIN directory_department AS department ON department.id = posting.department_id
    LEFT JOIN directory_post AS post ON post.id = posting.post_id
    WHERE person.username = %s AND person.is_active AND posting.since <= %s AND coalesce(posting.until, %s) >= %s
    ORDER BY posting.is_main DESC, posting.id
"""
MEMBERS = """
    SELECT DISTINCT person.username
    FROM directory_posting AS posting
    JOIN directory_person AS person ON person.id = posting.person_id
    JOIN directory_department AS department ON department.id = posting.department_id
    LEFT JOIN directory_post AS post ON post.id = posting.post_id
    WHERE (department.code = ANY(%s) OR post.code = ANY(%s))
      AND person.is_active AND posting.since <= %s AND coalesce(posting.until, %s) >= %s
    ORDER BY person.username
"""


@asked_once
def pools_of(username: str) -> list[str]:
    """Return the pools to which somebody belongs: departments, those above a section, and posts."""
    on, known = today(), organisation()
    with connection.cursor() as cursor:
        cursor.execute(PLACES_OF, [username, on, on, on])
        places = cursor.fetchall()
    units = dict.fromkeys(code for place, _ in places for code in _with_those_above(known, place))
    posts = dict.fromkeys(post for _, post in places if post)
    groups = [
        group.code
        for group in known.groups.values()
        if group.is_active
        and (username in group.people or group.posts & posts.keys() or group.departments & units.keys())
    ]
    return [
        *(f"department:{code}" for code in units),
        *(f"post:{post}" for post in posts),
        *(f"group:{code}" for code in groups),
    ]


def _with_those_above(known: Organisation, code: str) -> list[str]:
    """Return the department, what it is a section of, and the closed ones whose work these do."""
    found = []
    for unit in known.line(code):
        found += known.doing_the_work_of(unit.code)
        if unit.kind != Department.Kind.SECTION:
            break
    return found


@asked_once
def members(pool: str) -> list[str]:
    """Return the usernames of everybody active in a pool; nobody where the pool is not known."""
    kind, _, code = pool.partition(":")
    if kind == "group":
        return _members_of_group(code)
    if kind not in {"department", "post"} or not code:
        return []
    return _holders(*((_parts_of(organisation(), [code]), []) if kind == "department" else ([], [code])))


def _members_of_group(code: str) -> list[str]:
    known = organisation()
    group = known.groups.get(code)
    if group is None or not group.is_active:
        return []
    return sorted({*group.people, *_holders(_parts_of(known, group.departments), list(group.posts))})


def _parts_of(known: Organisation, codes: Iterable[str]) -> list[str]:
    """Return every department whose people belong to one of these."""
    wanted = set(codes)
    return [one for one in known.departments if wanted & set(_with_those_above(known, one))]


def _holders(units: list[str], posts: list[str]) -> list[str]:
    on = today()
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, [units, posts, on, on, on])
        return [name for (name,) in cursor.fetchall()]


def department(code: str) -> Unit | None:
    return organisation().departments.get(code)


def departments() -> Mapping[str, Unit]:
    """Return all departments by code, in their order, closed ones included."""
    return organisation().departments


def posts() -> Mapping[str, Position]:
    return organisation().posts


def below(code: str) -> list[str]:
    """Return a department and all its sections."""
    return organisation().below(code)


def department_exists(code: str) -> bool:
    """Return whether work can be given to a department of this code."""
    unit = department(organisation().working_now(code) or "")
    return unit is not None and unit.is_active


def head(code: object) -> str | None:
    """Return the department's head, or the head of the one above where it has none."""
    return _nearest(code, "head")


def executive(code: object) -> str | None:
    """Return the executive in charge (分管领导) of the department, or of the one above it."""
    return _nearest(code, "executive")


def _nearest(code: object, role: str) -> str | None:
    known = organisation()
    line = known.line(known.working_now(str(code or "")))
    return next((found for unit in line if (found := getattr(unit, role))), None)


def liaison(code: object) -> str | None:
    """Return the department's liaison (接口人), or its head where there is none."""
    unit = department(organisation().working_now(str(code or "")) or "")
    return (unit.liaison if unit else None) or head(code)


def departments_led(username: str) -> list[str]:
    """Return the departments that somebody heads or is in charge of, with their parts."""
    known = organisation()
    led = [unit.code for unit in known.departments.values() if username in {unit.head, unit.executive}]
    below = dict.fromkeys(code for top in led for code in known.below(top))
    return list(dict.fromkeys(one for code in below for one in known.doing_the_work_of(code)))


def superiors(username: str) -> list[str]:
    """Return who stands above somebody, nearest first: heads up the tree, each with the executive in charge."""
    line = organisation().line(main_department(username))
    chain = [name for unit in line for name in (unit.head, unit.executive)]
    return [name for name in dict.fromkeys(chain) if name and name != username]


def labels(language: str, kind: str = "") -> dict[str, str]:
    """Return the names of groups, posts and departments by code; of one of these where `kind` says so."""
    return {
        row.code: in_language(row.name, row.name_en, language)
        for one in ("group", "post", "department")
        if kind in {"", one}
        for row in _named(one).values()
    }


def _named(kind: str) -> Mapping[str, Unit | Position | Circle]:
    known = organisation()
    found: dict[str, Mapping[str, Any]] = {
        "group": known.groups,
        "post": known.posts,
        "department": known.departments,
    }
    return found[kind]


def choices(kind: str) -> list[tuple[str, str]]:
    """Return code and name of every open department, post or group, in the active language, for a form's list."""
    names = labels(get_language() or "", kind)
    return [(row.code, names[row.code]) for row in _named(kind).values() if row.is_active]


def groups() -> Mapping[str, Circle]:
    return organisation().groups


def company_name() -> str:
    """Return what the company is called on its papers: what the operator says, or the example company's name."""
    if settings.SHULI_COMPANY or installation.kind() != installation.DEMO:
        return str(settings.SHULI_COMPANY)
    from shuli.apps.directory.example_company import company  # it writes by what this module reads

    return in_language(company()["name"], company()["name_en"])


def superior(username: str, levels: int = 1) -> str | None:
    """Return who stands so many levels above somebody; the topmost where the line is shorter."""
    chain = superiors(username)
    return chain[min(levels, len(chain)) - 1] if chain else None


# Working time -------------------------------------------------------------------------------------------


def calendar_for(department: str | None, person: str | None = None) -> WorkCalendar:
    """Return the working calendar of a person's work for a department; see `Organisation.calendar_of`."""
    return organisation().calendar_of(department, person)


def calendars() -> Mapping[str, WorkCalendar]:
    """Return all calendars by code."""
    return organisation().calendars


def site_choices() -> list[tuple[str, str]]:
    return [(row.code, row.display_name()) for row in Site.objects.all()]


def calendar_choices() -> list[tuple[str, str]]:
    """Return code and name of every calendar, the company's first."""
    rows = Calendar.objects.order_by("code")
    found = [(row.code, row.display_name(), row.scope != Calendar.Scope.COMPANY) for row in rows]
    return [(code, name) for code, name, _ in sorted(found, key=lambda row: row[2])]
