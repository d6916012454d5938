"""What the pages of candidate groups show, in the kit's parts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from shuli.apps.directory import pages, queries
from shuli.apps.directory.organisation import Circle
from shuli.kit.components import Cell, Column, Table, TableRow
from shuli.kit.components.words import joined


def groups_table() -> Table:
    """Return the open groups with what belongs to them."""
    labels = queries.labels(get_language() or "")
    columns = [
        Column(label=_("Candidate group"), phone="first"),
        Column(label=_("Who belongs to it"), phone="wide"),
        Column(label=_("Code"), phone="hidden"),
    ]
    rows = [
        TableRow(
            cells=[
                Cell(value=group.display_name(), url=reverse("directory:group", args=[group.code])),
                _members(group, labels) or "–",
                group.code,
            ]
        )
        for group in queries.groups().values()
        if group.is_active
    ]
    return Table(columns=columns, rows=rows, caption=_("Candidate groups"))


def _members(group: Circle, labels: dict[str, str]) -> str:
    named = [labels.get(code, code) for code in sorted(group.departments | group.posts)]
    if group.people:
        count = len(group.people)
        named.append(ngettext("%(n)s person", "%(n)s people", count) % {"n": count})
    return joined(named)


def group_page(group: Circle) -> dict[str, Any]:
    """Return what the page of a group shows: what belongs to it, and whom that makes today."""
    everybody = queries.people_by_username(queries.members(f"group:{group.code}"))
    return {
        "group": group,
        "title": group.display_name(),
        "members": _member_rows(group),
        "people": [pages.person_link(card) for card in everybody.values()],
    }


def _member_rows(group: Circle) -> list[dict[str, Any]]:
    labels = queries.labels(get_language() or "")
    known = queries.people_by_username(group.people)
    kinds = {
        "departments": (_("Department"), {code: labels.get(code, code) for code in group.departments}),
        "posts": (
            pgettext("organisation", "Post"),
            {code: labels.get(code, code) for code in group.posts},
        ),
        "people": (
            pgettext("calendar for", "Person"),
            {name: card.display_name() for name, card in known.items()},
        ),
    }
    return [
        {"kind": kind, "word": word, "code": code, "name": name}
        for kind, (word, named) in kinds.items()
        for code, name in sorted(named.items(), key=lambda one: one[1])
    ]
