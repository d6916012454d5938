"""What the pages of process owners, supervisors and administrators show: incidents, reveals, jumps, migrations."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.cases import mending, operations, presentation, queries, refusals
from shuli.apps.cases.models import Case, Incident, Reveal
from shuli.apps.cases.pages import bulk
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Refused
from shuli.core.forms import fields_of
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Cell, Column, Option, Table, TableRow

# Incidents ----------------------------------------------------------------------------------------------


def incidents_table(rows: Iterable[Incident]) -> Table:
    """Return what has stopped cases: where, what was expected, what was found."""
    return Table(
        columns=[
            Column(label=_("Choose"), phone="pick", is_silent=True),
            Column(label=_("Case"), phone="first"),
            Column(label=_("What happened"), phone="wide"),
            Column(label=pgettext("incident", "Expected"), phone="wide"),
            Column(label=_("Found"), phone="wide"),
            Column(label=_("Since"), phone="key"),
        ],
        rows=[_incident_row(row) for row in rows],
        caption=_("Incidents"),
    )


def _incident_row(row: Incident) -> TableRow:
    graph = catalogue.graph(row.case.version_id)
    found = mending.cause(graph, row, presentation.node_name(graph, row.node))
    url = reverse("cases:case", args=[row.case.number])
    return TableRow(
        cells=[
            Cell(value=bulk.tick(row.case)),
            Cell(value=row.case.number, url=url, note=row.case.title),
            found.sentence,
            found.expected,
            found.found,
            moment(row.raised_at),
        ]
    )


# Reveals ------------------------------------------------------------------------------------------------


def reveals_table(rows: Iterable[Reveal]) -> Table:
    """Return who looked at masked answers, at which, and when."""
    found = list(rows)
    names = Names(row.person for row in found)
    return Table(
        columns=[
            Column(label=_("Who"), phone="first"),
            Column(label=_("When"), phone="key"),
            Column(label=_("Case")),
            Column(label=_("Answer"), phone="wide"),
        ],
        rows=[
            TableRow(
                cells=[
                    names.full(row.person),
                    moment(row.at),
                    Cell(value=row.case.number, url=reverse("cases:case", args=[row.case.number])),
                    _field_label(row),
                ]
            )
            for row in found
        ],
        caption=_("Who looked at masked answers"),
    )


def _field_label(row: Reveal) -> str:
    form = catalogue.form(row.case.version_id, row.record.form_key)
    labels = {one.key: presentation.words(one.label) for one in fields_of(form)}
    return labels.get(row.field, row.field)


# Jumps --------------------------------------------------------------------------------------------------


def jump_page(case: Case, token: int, to: str, person: str) -> dict[str, Any]:
    """Return where a case stands and, where a target is chosen, what the jump would do."""
    graph = catalogue.graph(case.version_id)
    tokens = queries.tokens_to_move(case)
    page: dict[str, Any] = {
        "case": case,
        "title": case.number,
        "facts": [presentation.words(graph.name), str(case.get_status_display())],
        "tokens": [
            Option(
                value=str(one.id),
                label=presentation.node_name(graph, one.node) or one.node,
                is_chosen=one.id == token,
            )
            for one in tokens
        ],
        "targets": [
            Option(value=key, label=presentation.node_name(graph, key) or key, is_chosen=key == to)
            for key in targets(graph)
        ],
        "page_key": uuid4().hex,
        "chosen": {"token": token, "to": to},
    }
    return {**page, **_foreseen(case, graph, token, to, person)} if token and to else page


def targets(graph: ProcessGraph) -> list[str]:
    """Return the nodes to which a case can be moved: where people or programs work."""
    kinds = {
        "user_task",
        "manual_task",
        "service_task",
        "script_task",
        "send_task",
        "receive_task",
        "call_activity",
    }
    return [key for key, node in graph.nodes.items() if node.kind in kinds]


def _foreseen(case: Case, graph: ProcessGraph, token: int, to: str, person: str) -> dict[str, Any]:
    found = operations.foresee_jump(case.pk, person, token, to)
    if isinstance(found, Refused):
        return {"refusal": refusals.sentence(found)}
    names = Names(seat.holder for seat in found.tasks if seat.holder)
    documents = {key: presentation.words(name) for key, name in catalogue.documents(case.version_id).items()}
    return {
        "preview": True,
        "cancelled": [presentation.node_name(graph, visit.node) for visit in found.visits],
        "cancelled_tasks": [
            names.full(seat.holder) if seat.holder else _("not yet claimed") for seat in found.tasks
        ],
        "starts": [presentation.node_name(graph, node) for node in found.starts],
        "left_out": [
            _("“%(document)s” of “%(node)s”")
            % {
                "document": documents.get(one.document, one.document),
                "node": presentation.node_name(graph, one.node),
            }
            for one in found.skipped
        ],
        "ends_as": found.ends_as or "",
    }


# Migrations ---------------------------------------------------------------------------------------------


def migration_page(key: str, query: Mapping[str, str], cases: list[Case]) -> dict[str, Any]:
    """Return the page that moves open cases to another version: versions, mapping, dry run, the cases."""
    versions = queries.versions_with_cases(key)
    source, target = _number(query.get("from", "")), _number(query.get("to", ""))
    page: dict[str, Any] = {
        "title": _("Move open cases to another version"),
        "key": key,
        "sources": [
            Option(value=str(pk), label=f"v{number} · {count}", is_chosen=pk == source)
            for pk, number, count in versions
        ],
        "destinations": [
            Option(value=str(pk), label=f"v{number}", is_chosen=pk == target)
            for pk, number, _count in versions
        ],
        "page_key": uuid4().hex,
        "source": source,
        "target": target,
    }
    known = {pk for pk, _number_, _count in versions}
    if source == target or not {source, target} <= known:
        return page
    return {**page, **_dry_run(source, target, query, [case for case in cases if case.version_id == source])}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def mapping_of(query: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping of waiting places that a page was sent with."""
    return {name.removeprefix("map-"): to for name, to in query.items() if name.startswith("map-") and to}


def _dry_run(source: int, target: int, query: Mapping[str, str], cases: list[Case]) -> dict[str, Any]:
    """Return what would become of each case, counted by place; nothing is changed."""
    old, new, mapping = catalogue.graph(source), catalogue.graph(target), mapping_of(query)
    found = [(case, operations.foresee_migration(case, target, mapping)) for case in cases]
    counts: Counter[tuple[str, str]] = Counter()
    for _case, preview in found:
        counts.update({(place.node, place.state): place.tokens for place in preview.places})
    places = list(dict.fromkeys(node for node, _state in counts))
    goes_to = {place.node: place.to or "" for _case, preview in found for place in preview.places}
    possible = [case for case, preview in found if preview.is_possible]
    return {
        "dry_run": True,
        "places": [_place(old, new, node, goes_to[node], counts) for node in places],
        "possible": len(possible),
        "all": len(found),
        "cases_table": _migration_table(found),
    }


STATE_WORDS = {
    "automatic": lambda: _("same step"),
    "mapped": lambda: _("by your choice"),
    "needs_mapping": lambda: _("choose a step"),
    "impossible": lambda: _("not possible"),
}


def _place(
    old: ProcessGraph, new: ProcessGraph, node: str, to: str, counts: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    states = {state: counts.get((node, state), 0) for state in STATE_WORDS}
    words = [f"{STATE_WORDS[state]()} {n}" for state, n in states.items() if n]
    return {
        "node": node,
        "name": presentation.node_name(old, node) or node,
        "states": _(", ").join(words),
        "is_missing": bool(states["needs_mapping"] or states["impossible"]),
        "options": [
            Option(value=key, label=presentation.node_name(new, key) or key, is_chosen=key == to)
            for key in (targets(new) if old.nodes[node].kind in HUMAN else new.nodes)
        ],
    }


HUMAN = frozenset({"user_task", "manual_task"})


def _migration_table(found: list[tuple[Case, Any]]) -> Table:
    return Table(
        columns=[
            Column(label=_("Choose"), phone="pick", is_silent=True),
            Column(label=_("Number"), phone="first"),
            Column(label=_("Title"), phone="wide"),
            Column(label=_("Dry run"), phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(value=_tick(case) if preview.is_possible else ""),
                    Cell(value=case.number, url=reverse("cases:case", args=[case.number])),
                    case.title,
                    _("possible") if preview.is_possible else _("not possible"),
                ]
            )
            for case, preview in found
        ],
        caption=_("Cases"),
    )


def _tick(case: Case) -> SafeString:
    label = _("Choose %(number)s") % {"number": case.number}
    return format_html(
        '<input class="form-check-input" type="checkbox" name="case" form="migrate" value="{}" aria-label="{}" checked>',
        case.number,
        label,
    )
