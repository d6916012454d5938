"""The page that moves open cases to another version: versions, mapping, dry run, and which of the cases go.

All that can be moved are chosen at first. What somebody leaves out goes with them from page to page, as numbers in the address.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.cases import operations, presentation, queries
from shuli.apps.cases.models import Case
from shuli.apps.cases.pages.oversight import targets
from shuli.apps.catalogue import queries as catalogue
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import MigrationPreview
from shuli.kit.components.values import Cell, Column, Option, Table, TableRow

PAGE = 50
HUMAN = frozenset({"user_task", "manual_task"})
Found = list[tuple[Case, MigrationPreview]]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the page was asked for: between which versions, by which mapping, which cases, without whom."""

    source: int
    target: int
    mapping: Mapping[str, str]
    text: str = ""
    node: str = ""
    status: str = ""
    result: str = ""  # possible, impossible
    left_out: frozenset[str] = frozenset()
    page: str = "1"

    def address(self) -> str:
        """Return the query that asks for this again."""
        asked: dict[str, str | int] = {
            "from": self.source,
            "to": self.target,
            **{f"map-{node}": to for node, to in self.mapping.items()},
            "q": self.text,
            "node": self.node,
            "status": self.status,
            "result": self.result,
            "out": ",".join(sorted(self.left_out)),
            "page": self.page,
        }
        return urlencode({name: value for name, value in asked.items() if value})


def wanted_of(query: QueryDict) -> Wanted:
    """Return what a page was asked for; what was unticked on the page before is left out from now on."""
    seen, ticked = _numbers(query.get("seen", "")), frozenset(query.getlist("case"))
    return Wanted(
        source=_number(query.get("from", "")),
        target=_number(query.get("to", "")),
        mapping={
            name.removeprefix("map-"): str(to)
            for name, to in query.dict().items()
            if name.startswith("map-") and to
        },
        text=query.get("q", "").strip(),
        node=query.get("node", ""),
        status=query.get("status", ""),
        result=query.get("result", ""),
        left_out=(_numbers(query.get("out", "")) - seen) | (seen - ticked),
        page=query.get("page", "1"),
    )


def _numbers(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(",")))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def foreseen(wanted: Wanted) -> Found:
    """Return every open case of the version with what would become of it; nothing is changed."""
    cases = queries.open_cases_under(wanted.source)
    return [(case, operations.foresee_migration(case, wanted.target, wanted.mapping)) for case in cases]


def fitting(found: Found, wanted: Wanted) -> Found:
    """Return the cases that the filter means."""
    text = wanted.text.casefold()
    return [
        (case, preview)
        for case, preview in found
        if text in f"{case.number} {case.title}".casefold()
        and (not wanted.node or wanted.node in {place.node for place in preview.places})
        and wanted.status in {"", case.status}
        and (not wanted.result or preview.is_possible == (wanted.result == "possible"))
    ]


def going(found: Found, wanted: Wanted) -> list[Case]:
    """Return the cases that are moved: all that the filter means and that can be, without those that are left out."""
    return [
        case
        for case, preview in fitting(found, wanted)
        if preview.is_possible and case.number not in wanted.left_out
    ]


def chosen(key: str, wanted: Wanted) -> list[int]:
    """Return the cases that a page was sent for; none where it asks for versions of another process."""
    versions = {pk for pk, _number, _count in queries.versions_with_cases(key)}
    if not {wanted.source, wanted.target} <= versions:
        return []
    return [case.pk for case in going(foreseen(wanted), wanted)]


def migration_page(key: str, wanted: Wanted) -> dict[str, Any]:
    """Return the page: the versions, and once both are chosen the dry run with its cases."""
    versions = queries.versions_with_cases(key)
    page: dict[str, Any] = {
        "title": _("Move open cases to another version"),
        "key": key,
        "process_name": presentation.process_words(key),
        "sources": [
            Option(value=str(pk), label=f"v{number} · {count}", is_chosen=pk == wanted.source)
            for pk, number, count in versions
        ],
        "destinations": [
            Option(value=str(pk), label=f"v{number}", is_chosen=pk == wanted.target)
            for pk, number, _count in versions
        ],
        "page_key": uuid4().hex,
        "wanted": wanted,
    }
    known = {pk for pk, _number_, _count in versions}
    if wanted.source == wanted.target or not {wanted.source, wanted.target} <= known:
        return page
    return {**page, **_dry_run(wanted)}


def _dry_run(wanted: Wanted) -> dict[str, Any]:
    """Return what would become of the cases, counted by place, and one page of those that the filter means."""
    found = foreseen(wanted)
    shown = fitting(found, wanted)
    page = Paginator(shown, PAGE).get_page(wanted.page)
    here = [case.number for case, preview in page.object_list if preview.is_possible]
    places = _places(found, wanted)
    return {
        "dry_run": True,
        "places": places,
        "filters": _filters(places, wanted),
        "possible": sum(preview.is_possible for _case, preview in found),
        "all": len(found),
        "fitting": len(shown),
        "chosen": len(going(found, wanted)),
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "cases_table": _table(page, wanted),
        "seen": ",".join(here),
        "left_out": ",".join(sorted(wanted.left_out - set(here))),
    }


def _filters(places: Sequence[dict[str, Any]], wanted: Wanted) -> dict[str, list[Option]]:
    def options(pairs: Iterable[tuple[str, str]], chosen: str) -> list[Option]:
        return [Option(value=value, label=label, is_chosen=value == chosen) for value, label in pairs]

    open_states = [(status.value, str(status.label)) for status in queries.OPEN]
    results = [("possible", _("possible")), ("impossible", _("not possible"))]
    return {
        "node": options([(place["node"], place["name"]) for place in places], wanted.node),
        "status": options(open_states, wanted.status),
        "result": options(results, wanted.result),
    }


STATE_WORDS = {
    "automatic": lambda: _("same step"),
    "mapped": lambda: _("by your choice"),
    "needs_mapping": lambda: _("choose a step"),
    "impossible": lambda: _("not possible"),
}


def _places(found: Found, wanted: Wanted) -> list[dict[str, Any]]:
    """Return where all cases of the version wait, how many of them, and where each place can go."""
    old, new = catalogue.graph(wanted.source), catalogue.graph(wanted.target)
    counts: Counter[tuple[str, str]] = Counter()
    goes_to: dict[str, str] = {}
    for _case, preview in found:
        counts.update({(place.node, place.state): place.tokens for place in preview.places})
        goes_to |= {place.node: place.to or "" for place in preview.places}
    return [_place(old, new, node, to, counts) for node, to in goes_to.items()]


def _place(
    old: ProcessGraph, new: ProcessGraph, node: str, to: str, counts: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    states = {state: counts.get((node, state), 0) for state in STATE_WORDS}
    words = [f"{STATE_WORDS[state]()} {n}" for state, n in states.items() if n]
    return {
        "node": node,
        "name": presentation.node_name(old, node) or node,
        "states": _(", ").join(words),
        "options": [
            Option(value=key, label=presentation.node_name(new, key) or key, is_chosen=key == to)
            for key in (targets(new) if old.nodes[node].kind in HUMAN else new.nodes)
        ],
    }


def _table(page: Page[Any], wanted: Wanted) -> Table:
    old = catalogue.graph(wanted.source)
    return Table(
        columns=[
            Column(label=pgettext("column", "Choose"), phone="pick", is_silent=True),
            Column(label=_("Number"), phone="first"),
            Column(label=_("Title"), phone="wide"),
            Column(label=_("Stands at"), phone="line"),
            Column(label=_("Dry run"), phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(value=_tick(case, wanted) if preview.is_possible else ""),
                    Cell(value=case.number, url=reverse("cases:case", args=[case.number])),
                    case.title,
                    _(", ").join(
                        presentation.node_name(old, place.node) or place.node for place in preview.places
                    ),
                    _("possible") if preview.is_possible else _("not possible"),
                ]
            )
            for case, preview in page.object_list
        ],
        caption=_("Cases"),
    )


def _tick(case: Case, wanted: Wanted) -> SafeString:
    label = _("Choose %(number)s") % {"number": case.number}
    return format_html(
        '<input class="form-check-input" type="checkbox" name="case" form="migrate" value="{}" aria-label="{}"{}>',
        case.number,
        label,
        "" if case.number in wanted.left_out else " checked",
    )
