"""What the organisation's pages show, in the kit's parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.directory import listing, queries
from shuli.apps.directory.cards import PersonCard
from shuli.apps.directory.models import Change, Department, Posting
from shuli.apps.directory.organisation import Position, Unit
from shuli.apps.directory.wording import CHANGES
from shuli.kit.components import Cell, Column, Pair, Tab, Table, TableRow
from shuli.kit.components.moments import moment
from shuli.kit.components.words import joined


def person_url(username: str) -> str:
    return reverse("directory:person", args=[username])


def department_url(code: str) -> str:
    return reverse("directory:department", args=[code])


def person_link(card: PersonCard | None) -> SafeString | str:
    """Return a person's name that leads to the page of the person; a dash for nobody."""
    if card is None:
        return "–"
    return format_html('<a href="{}">{}</a>', person_url(card.username), card.display_name())


def department_link(code: str | None) -> SafeString | str:
    unit = queries.department(code or "")
    return format_html('<a href="{}">{}</a>', department_url(unit.code), unit.display_name()) if unit else "–"


def tabs(current: str) -> list[Tab]:
    """Return the pages of the organisation, this one marked."""
    places = (
        ("departments", _("Departments")),
        ("people", pgettext("organisation", "People")),
        ("posts", _("Posts")),
        ("groups", _("Candidate groups")),
        ("calendars", _("Working calendars")),
    )
    return [
        Tab(label=label, url=reverse(f"directory:{key}"), is_current=key == current) for key, label in places
    ]


# Departments --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """One line of the tree of departments."""

    unit: Unit
    url: str
    depth: int
    head: str
    executive: str
    size: int


def tree() -> list[Branch]:
    """Return the open departments, each below the one that it is part of."""
    units = [unit for unit in queries.departments().values() if unit.is_active]
    names = queries.people_by_username(name for unit in units for name in (unit.head, unit.executive) if name)
    sizes, known = listing.head_counts(), {unit.code for unit in units}
    found: list[Branch] = []

    def add(parent: str | None, depth: int) -> None:
        for unit in units:
            above = unit.parent if unit.parent in known else None
            if above == parent and all(branch.unit.code != unit.code for branch in found):
                found.append(_branch(unit, depth, names, sizes))
                add(unit.code, depth + 1)

    add(None, 0)
    return found


def _branch(unit: Unit, depth: int, names: Mapping[str, PersonCard], sizes: Mapping[str, int]) -> Branch:
    return Branch(
        unit=unit,
        url=department_url(unit.code),
        depth=depth,
        head=_name(names, unit.head),
        executive=_name(names, unit.executive),
        size=sizes.get(unit.code, 0),
    )


def _name(names: Mapping[str, PersonCard], username: str | None) -> str:
    return names[username].display_name() if username and username in names else ""


def department_page(row: Department) -> dict[str, Any]:
    """Return what the page of a department shows."""
    unit = queries.departments()[row.code]
    staff = listing.staff_of(row.code)
    parts = [one for one in queries.departments().values() if one.parent == row.code and one.is_active]
    posts = [post for post in queries.posts().values() if post.department == row.code and post.is_active]
    return {
        "unit": unit,
        "title": unit.display_name(),
        "responsible": _responsible(unit),
        "details": _facts_of(row),
        "staff": staff_table(staff),
        "staff_count": len({one.person_id for one in staff}),
        "parts": [(one.display_name(), department_url(one.code)) for one in parts],
        "posts": posts_table(posts) if posts else None,
        "posts_count": len(posts),
    }


def _responsible(unit: Unit) -> list[Pair]:
    people = queries.people_by_username(name for name in (unit.head, unit.executive, unit.liaison) if name)
    roles = ((_("Head"), unit.head), (_("Executive in charge"), unit.executive), (_("Liaison"), unit.liaison))
    return [Pair(label=label, value=person_link(people.get(name or ""))) for label, name in roles]


def _facts_of(row: Department) -> list[Pair]:
    calendar = row.calendar.display_name() if row.calendar else _("Like its site or the department above it")
    parent = row.parent.display_name() if row.parent else "–"
    site = [Pair(label=_("Site"), value=row.site.display_name())] if row.site else []
    successor = (
        [Pair(label=_("Its work is done by"), value=department_link(row.successor.code))]
        if row.successor
        else []
    )
    return [
        *successor,
        Pair(label=_("Code"), value=row.code),
        Pair(label=_("Kind"), value=row.get_kind_display()),
        Pair(label=_("Part of"), value=parent),
        *site,
        Pair(label=_("Working calendar"), value=calendar),
    ]


def staff_table(staff: Iterable[Posting]) -> Table:
    """Return who sits in a department, one line a person with all posts held there."""
    columns = [
        Column(label=_("Full name"), phone="first"),
        Column(label=pgettext("organisation", "Post"), phone="wide"),
        Column(label=_("Username"), phone="hidden"),
    ]
    places: dict[str, list[Posting]] = {}
    for one in staff:
        places.setdefault(one.person.username, []).append(one)
    rows = [
        TableRow(
            cells=[
                Cell(value=held[0].person.display_name(), url=person_url(username)),
                Cell(
                    value=joined([one.post.display_name() for one in held if one.post]) or "–",
                    note="" if any(one.is_main for one in held) else _("beside a place elsewhere"),
                ),
                username,
            ]
        )
        for username, held in places.items()
    ]
    return Table(columns=columns, rows=rows, caption=pgettext("organisation", "People"))


# Posts --------------------------------------------------------------------------------------------------


def posts_table(posts: Iterable[Position], *, with_department: bool = False) -> Table:
    """Return posts with who holds them."""
    held = listing.holders()
    people = queries.people_by_username(name for names in held.values() for name in names)
    columns = [
        Column(label=pgettext("organisation", "Post"), phone="first"),
        Column(label=_("Held by"), phone="wide"),
        Column(label=_("Code")),
    ]
    if with_department:
        columns.insert(1, Column(label=_("Department")))
    rows = []
    for post in posts:
        names = joined([people[name].display_name() for name in held.get(post.code, [])])
        cells: list[Any] = [
            Cell(value=post.display_name(), url=reverse("directory:post", args=[post.code])),
            names or "–",
        ]
        cells.append(post.code)
        if with_department:
            cells.insert(1, department_link(post.department))
        rows.append(TableRow(cells=cells))
    return Table(columns=columns, rows=rows, caption=_("Posts"))


# The record of changes ----------------------------------------------------------------------------------


def changes_table(changes: Iterable[Change]) -> Table | None:
    """Return what was changed, by whom and when, for administrators; nothing where nothing was."""
    rows = list(changes)
    people = queries.people_by_username(change.by for change in rows)
    columns = [
        Column(label=_("When"), phone="first"),
        Column(label=_("What")),
        Column(label=pgettext("change", "By")),
    ]
    lines = [
        TableRow(
            cells=[
                moment(change.at),
                CHANGES.get(change.what, change.what),
                people[change.by].display_name() if change.by in people else _("Shuli"),
            ]
        )
        for change in rows
    ]
    return Table(columns=columns, rows=lines, caption=_("Changes")) if lines else None
