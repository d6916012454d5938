"""The example company: read from `library/company`, with people made by a fixed rule, loaded at most once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from shuli.apps.directory.administration import PROGRAM, whole
from shuli.apps.directory.models import Calendar, Department, Group, Person, Post, Posting
from shuli.apps.directory.working_time import import_china_calendar
from shuli.kit import installation
from shuli.kit.errors import Refusal

FOLDER = resources.files("shuli.library") / "company"
MAIN_CALENDAR = "company"


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """One person of the example company, before the account exists."""

    name: str
    name_en: str
    username: str
    extension: str
    department: str
    post: str
    facts: Mapping[str, bool] = field(default_factory=dict)


@cache
def company() -> dict[str, Any]:
    return _json("company.json")


def _json(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


# People by a fixed rule ---------------------------------------------------------------------------------


@cache
def staff() -> tuple[Staff, ...]:
    """Return everybody: those whom the data names, the others made from two lists of names."""
    names = _json("names.json")
    posts = [(unit["code"], post) for unit in company()["departments"] for post in unit["posts"]]
    named = {name for _, post in posts for name in post.get("people", [])}
    made = _made_names(names, named)
    found: list[Staff] = []
    for department, post in posts:
        missing = post.get("count", 0) - len(post.get("people", []))
        everybody = [*post.get("people", []), *(next(made) for _ in range(missing))]
        found += [_one(name, names, department, post, len(found) + n) for n, name in enumerate(everybody, 1)]
    return tuple(found)


def _one(name: str, names: Mapping[str, Any], department: str, post: Mapping[str, Any], number: int) -> Staff:
    family, given = names["surnames"][name[0]], names["given"][name[1:]]
    roles = {f"is_{role}": True for role in ("administrator", "analyst") if post.get(role)}
    return Staff(
        name=name,
        name_en=f"{family} {given}",
        username=f"{family}{given}".lower(),
        extension=f"8{number:03}",
        department=department,
        post=post["code"],
        facts=roles,
    )


def _made_names(names: Mapping[str, Any], taken: set[str]) -> Iterator[str]:
    """Yield names in an order that looks like chance and is always the same; none sounds like another one.

    Both lists have a prime length, so the two steps meet every pair once.
    """
    rule, surnames, given = names["rule"], list(names["surnames"]), list(names["given"])
    sounds = {names["surnames"][name[0]] + names["given"][name[1:]] for name in taken}
    for number in range(len(surnames) * len(given)):
        family = surnames[(rule["surname_from"] + number * rule["surname_step"]) % len(surnames)]
        own = given[(rule["given_from"] + number * rule["given_step"]) % len(given)]
        sound = names["surnames"][family] + names["given"][own]
        if sound not in sounds:
            sounds.add(sound)
            yield family + own


# Loading ------------------------------------------------------------------------------------------------


@whole
def load_example_company() -> int | Refusal:
    """Add what is missing of the example company and return how many people are new; refused among real people.

    What somebody changed while trying Shuli out stays as it is.
    """
    usernames = [one.username for one in staff()]
    is_mine = installation.kind() == installation.DEMO or installation.claim(installation.DEMO)
    if not is_mine or (not _is_loaded() and Person.objects.exclude(username__in=usernames).exists()):
        return Refusal("real_people_here", status=409)
    _load_calendars()
    _load_departments()
    _load_groups()
    added = _load_people()
    if added:
        _load_roles()
    return added


def _is_loaded() -> bool:
    return Person.objects.filter(username=staff()[0].username).exists()


def _load_calendars() -> None:
    known = {row.code: row for row in Calendar.objects.all()}
    for facts in company()["calendars"]:
        if facts["code"] in known:
            continue
        known[facts["code"]] = Calendar.objects.create(
            code=facts["code"],
            name=facts["name"],
            name_en=facts["name_en"],
            scope=facts["scope"],
            week=_week(facts["week"]),
            follows=known.get(facts.get("follows", "")),
        )
        if facts.get("holidays") == "china":
            import_china_calendar(PROGRAM, code=facts["code"])


def _week(days: Mapping[str, list[list[str]]]) -> list[list[list[int]]]:
    """Return the seven days of {"1-5": [["09:00", "12:00"], …]}; what is not named is free."""
    week: list[list[list[int]]] = [[] for _ in range(7)]
    for span, hours in days.items():
        first, _, last = span.partition("-")
        for number in range(int(first), int(last or first) + 1):
            week[number - 1] = [[_minute(start), _minute(end)] for start, end in hours]
    return week


def _minute(clock_time: str) -> int:
    hour, minute = clock_time.split(":")
    return int(hour) * 60 + int(minute)


def _load_departments() -> None:
    known = {row.code: row for row in Department.objects.all()}
    calendars = {row.code: row for row in Calendar.objects.all()}
    posts = set(Post.objects.values_list("code", flat=True))
    for order, facts in enumerate(company()["departments"]):
        if facts["code"] not in known:
            known[facts["code"]] = Department.objects.create(
                code=facts["code"],
                name=facts["name"],
                name_en=facts["name_en"],
                kind=facts.get("kind", Department.Kind.DEPARTMENT),
                parent=known.get(facts.get("parent", "")),
                calendar=calendars.get(facts.get("calendar", "")),
                order=order,
            )
    wanted = [(unit["code"], post) for unit in company()["departments"] for post in unit["posts"]]
    wanted += [(post["department"], post) for post in company()["process_posts"]]
    Post.objects.bulk_create(
        Post(
            code=post["code"], name=post["name"], name_en=post["name_en"], department=known[unit], order=order
        )
        for order, (unit, post) in enumerate(wanted)
        if post["code"] not in posts
    )


def _load_groups() -> None:
    for facts in company()["groups"]:
        names = {"name": facts["name"], "name_en": facts["name_en"]}
        group, is_new = Group.objects.get_or_create(code=facts["code"], defaults=names)
        if is_new:
            group.departments.set(Department.objects.filter(code__in=facts["departments"]))


def _load_people() -> int:
    known = set(Person.objects.values_list("username", flat=True))
    new = [one for one in staff() if one.username not in known]
    rows = [
        Person(
            username=one.username,
            name=one.name,
            name_en=one.name_en,
            email=f"{one.username}@{company()['mail_domain']}",
            phone=one.extension,
            password="!",  # no password at all: the example company has a page of people instead  # noqa: S106
            **one.facts,
        )
        for one in new
    ]
    people = {row.username: row for row in Person.objects.bulk_create(rows)}
    units, posts = _by_code(Department), _by_code(Post)
    places = [(people[one.username], units[one.department], posts[one.post], True) for one in new]
    for post in company()["process_posts"]:
        holders = [people[one.username] for one in new if one.post == post["held_by"]]
        places += [(holder, units[post["department"]], posts[post["code"]], False) for holder in holders]
    since = date.fromisoformat(company()["since"])
    Posting.objects.bulk_create(
        Posting(person=person, department=unit, post=post, is_main=is_main, since=since)
        for person, unit, post, is_main in places
    )
    return len(new)


def _by_code(table: type[Department] | type[Post]) -> dict[str, Any]:
    return {row.code: row for row in table.objects.all()}


def _load_roles() -> None:
    """Appoint heads, liaisons and executives in charge where nobody is yet."""
    first: dict[str, str] = {}
    for one in staff():
        first.setdefault(one.post, one.username)
    people, units = {row.username: row for row in Person.objects.all()}, _by_code(Department)
    for facts in company()["departments"]:
        unit, wanted = units[facts["code"]], {"executive": facts.get("executive", "")}
        wanted |= {
            role: post["code"] for post in facts["posts"] for role in ("head", "liaison") if post.get(role)
        }
        for role, post in wanted.items():
            if post and getattr(unit, f"{role}_id") is None:
                setattr(unit, role, people[first[post]])
        unit.save(update_fields=["head", "liaison", "executive"])
