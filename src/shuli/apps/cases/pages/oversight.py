"""What the pages of process owners, supervisors and administrators show: incidents, reveals, jumps, migrations."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.urls import reverse
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
            Column(label=pgettext("column", "Choose"), phone="pick", is_silent=True),
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
