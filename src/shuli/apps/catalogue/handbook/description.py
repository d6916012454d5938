"""The description table (流程描述表): task, steps, procedure, key point and standard, limit, documents."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.catalogue import presentation
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.catalogue.handbook.roles import human_nodes, number_of
from shuli.apps.documents.paper import Cell, Column, Grid, Line
from shuli.apps.documents.paper.content import cell, line
from shuli.core.bpmn.description import DescriptionRow, description_table
from shuli.core.bpmn.graph import Node, Phase, ProcessGraph
from shuli.core.text import Text

Row = tuple[Cell, ...]


def description_grid(version_id: int, graph: ProcessGraph) -> Grid:
    """Return the table, a row for each step within its phase."""
    columns = (
        Column(title=pgettext("handbook", "Task"), width=1.1),
        Column(title=_("Steps"), width=1.3),
        Column(title=_("Procedure, key point and standard"), width=5),
        Column(title=_("Limit"), width=1.4),
        Column(title=pgettext("handbook", "Documents"), width=1.9),
    )
    rows: list[Row] = []
    for _phase, group in groupby(description_table(graph), key=lambda row: row.key):
        rows += _of_phase(version_id, graph, list(group))
    return Grid(columns=columns, rows=tuple(rows), is_small=True)


def _of_phase(version_id: int, graph: ProcessGraph, found: list[DescriptionRow]) -> Iterator[Row]:
    """Yield the rows of a phase: as it says them itself, or one for each of its steps."""
    for index, row in enumerate(found):
        if not row.node:
            yield from _own_rows(version_id, row)
            continue
        first = cell(presentation.words(row.task), rows=len(found), look="mark")
        step = _step_row(version_id, row, graph.nodes[row.node])
        yield (first, *step) if index == 0 else step


def _own_rows(version_id: int, row: DescriptionRow) -> list[Row]:
    """Return the rows of a phase that says its procedure itself: a sentence and its limit each, point and standard."""
    count = len(row.steps)
    procedure = [
        (
            line(
                f"{number}、{presentation.words(step.text)}" if count > 1 else presentation.words(step.text),
                label=_("Procedure: ") if number == 1 else "",
            ),
            presentation.words(step.within),
        )
        for number, step in enumerate(row.steps, 1)
    ]
    points = [
        *said(_("Key point: "), _joined(row.key_points)),
        *said(_("Standard: "), _joined(row.standards)),
    ]
    lines = [*procedure, *((one, "") for one in points)]
    before = (
        cell(presentation.words(row.task), rows=len(lines), look="mark"),
        cell(*(presentation.words(node) for node in row.nodes), rows=len(lines), look="centre"),
    )
    papers = cell(*w.documents(version_id, row.documents), rows=len(lines))
    (first, limit), *others = lines
    return [
        (*before, cell(first), w.centred(limit), papers),
        *((cell(text), w.centred(limit)) for text, limit in others),
    ]


def _joined(texts: tuple[Text, ...]) -> str:
    return " ".join(presentation.words(text) for text in texts)


def phases_of(graph: ProcessGraph) -> Iterator[tuple[Phase | None, list[Node]]]:
    """Yield the phases with the steps that people do in them; those without one come last."""
    nodes = human_nodes(graph)
    known = {phase.key for phase in graph.phases}
    for phase in graph.phases:
        found = [node for node in nodes if node.phase == phase.key]
        if found:
            yield phase, found
    others = [node for node in nodes if node.phase not in known]
    if others:
        yield None, others


def _step_row(version_id: int, row: DescriptionRow, node: Node) -> Row:
    procedure = " ".join(presentation.words(step.text) for step in row.steps)
    return (
        cell(line(w.step_name(node), label=f"{number_of(node)} ")),
        cell(
            *said(_("Procedure: "), procedure),
            *said(_("Key point: "), _joined(row.key_points)),
            *said(_("Standard: "), _joined(row.standards)),
        ),
        w.centred(w.limits(node)),
        cell(*w.documents(version_id, row.documents)),
    )


def said(label: str, text: str) -> Iterator[Line]:
    """Yield a line with its label where there is something to say."""
    if text:
        yield line(text, label=label)
