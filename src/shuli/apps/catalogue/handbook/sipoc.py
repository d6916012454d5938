"""SIPOC: who supplies what to each phase, and who takes what comes out of it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.catalogue.handbook.description import phases_of
from shuli.apps.catalogue.handbook.roles import made_by, used_by
from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper import Cell, Column, Grid
from shuli.apps.documents.paper.content import cell, line
from shuli.core.bpmn.graph import Node, Phase, ProcessGraph
from shuli.kit.components.words import joined


def sipoc_grid(version_id: int, graph: ProcessGraph, starters: Iterable[str]) -> Grid:
    """Return the sheet, a row for each phase; what no step makes is supplied from outside the process."""
    columns = (
        Column(title=_("Supplier"), width=1.5),
        Column(title=_("Input"), width=2),
        Column(title=_("Process"), width=2.4),
        Column(title=_("Output"), width=2),
        Column(title=_("Customer"), width=1.5),
    )
    rows = []
    for index, (phase, nodes) in enumerate(phases_of(graph)):
        first = _start(version_id, starters) if index == 0 else ((), ())
        rows.append(_row(version_id, graph, phase, nodes, first))
    return Grid(columns=columns, rows=tuple(rows))


def _start(version_id: int, starters: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who starts the process and what they bring."""
    names = directory.labels(presentation.language())
    pools = [names.get(pool.partition(":")[2], pool) for pool in starters]
    start = queries.start_node(version_id)
    form = queries.forms(version_id).get(start.duty.form or "")
    brought = presentation.words(form.title) if form else presentation.words(start.name)
    return (joined(pools) or _("Everybody in the company"),), (brought,) if brought else ()


def _row(
    version_id: int,
    graph: ProcessGraph,
    phase: Phase | None,
    nodes: list[Node],
    first: tuple[tuple[str, ...], tuple[str, ...]],
) -> tuple[Cell, ...]:
    inside = {node.id for node in nodes}
    makers, users = made_by(graph), used_by(graph)
    taken = dict.fromkeys(
        key for node in nodes for key in node.duty.inputs if key not in makers or makers[key].id not in inside
    )
    given = dict.fromkeys(output.document for node in nodes for output in node.duty.outputs)
    suppliers = [*first[0], *(_department(makers.get(key)) for key in taken)]
    takers = [user for key in given for user in users.get(key, ()) if user.id not in inside]
    customers = [_department(node) for node in takers] or [_("The file of the case")]
    title = presentation.words(phase.name) if phase else presentation.words(graph.name)
    return (
        cell(*dict.fromkeys(suppliers)),
        cell(*first[1], *w.documents(version_id, taken)),
        cell(line("", label=title), *[w.titled(node) for node in nodes]),
        cell(*w.documents(version_id, given)),
        cell(*dict.fromkeys(customers)),
    )


def _department(node: Node | None) -> str:
    return (
        (presentation.department(node.duty.lead) or w.titled(node)) if node else _("From outside the process")
    )
