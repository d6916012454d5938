"""Who leads, cooperates and decides; who does, answers, contributes and is told; and each party's list of duties."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.catalogue.handbook.roles import Part, human_nodes, parts_of, performer_of
from shuli.apps.documents.paper import Block, Cell, Column, Grid, Heading, Words
from shuli.apps.documents.paper.content import cell
from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.kit.components.words import joined

Row = tuple[Cell, ...]


def responsibility_blocks(version_id: int, graph: ProcessGraph) -> Iterator[Block]:
    yield Heading(text=_("Leading, cooperating, deciding"))
    yield division_grid(version_id, graph)
    yield Heading(text=_("Responsibility matrix (RACI)"))
    yield Words(text=legend(), look="quiet")
    yield raci_grid(graph)
    yield Heading(text=_("List of duties"))
    yield duties_grid(graph)


def legend() -> str:
    return _("R does it, A answers for it, C contributes, I is told")


def division_grid(version_id: int, graph: ProcessGraph) -> Grid:
    """Return the division of work between departments (部门职责分工表)."""
    columns = (
        Column(title=_("Step"), width=1.8),
        Column(title=_("Lead department"), width=1.2),
        Column(title=_("Cooperating"), width=1.4),
        Column(title=_("Decides, signs"), width=1.5),
        Column(title=_("Inputs"), width=1.8),
        Column(title=_("Outputs"), width=1.8),
        Column(title=_("Limit"), width=1.3),
    )
    rows = tuple(division_row(version_id, graph, node) for node in human_nodes(graph))
    return Grid(columns=columns, rows=rows, is_small=True)


def division_row(version_id: int, graph: ProcessGraph, node: Node) -> Row:
    duty = node.duty
    return (
        cell(w.titled(node), look="strong"),
        cell(presentation.department(duty.lead)),
        cell(joined(w.departments(node))),
        cell(joined(signers(graph, node))),
        cell(*w.documents(version_id, duty.inputs)),
        cell(*w.documents(version_id, [output.document for output in duty.outputs])),
        w.centred(w.limits(node)),
    )


def signers(graph: ProcessGraph, node: Node) -> list[str]:
    """Return who signs where a step is decided."""
    if not node.duty.decision:
        return []
    found = [part.rule for part in parts_of(graph, node) if part.signs]
    doer = performer_of(graph, node)
    rules = found or ([doer] if doer else [])
    return list(dict.fromkeys(presentation.performer(rule, graph) for rule in rules))


def parties(graph: ProcessGraph) -> dict[str, list[Part]]:
    """Return every party with its parts, in the order in which the process meets them.

    Who is told only when a step is late stands with the step.
    """
    found: dict[str, list[Part]] = {}
    for node in human_nodes(graph):
        for part in (one for one in parts_of(graph, node) if not one.late):
            found.setdefault(w.party(part.rule, graph), []).append(part)
    return found


def raci_grid(graph: ProcessGraph) -> Grid:
    found = parties(graph)
    columns = (Column(title=_("Step"), width=2.6), *(Column(title=name) for name in found))
    rows = tuple(
        (
            cell(w.titled(node), look="strong"),
            *(w.centred(w.letters(one for one in parts if one.node == node.id)) for parts in found.values()),
        )
        for node in human_nodes(graph)
    )
    return Grid(columns=columns, rows=rows, is_small=True)


def duties_grid(graph: ProcessGraph) -> Grid:
    """Return the list of duties (职责清单): each party with its steps, parts, limits and standards."""
    columns = (
        Column(title=_("Party"), width=1.5),
        Column(title=_("Step"), width=2),
        Column(title=_("Part"), width=0.8),
        Column(title=_("Limit"), width=1.4),
        Column(title=_("Standard"), width=3.5),
    )
    rows = [row for name, parts in parties(graph).items() for row in _party_rows(graph, name, parts)]
    return Grid(columns=columns, rows=tuple(rows))


def _party_rows(graph: ProcessGraph, name: str, parts: list[Part]) -> Iterator[Row]:
    nodes = list(dict.fromkeys(part.node for part in parts))
    for index, key in enumerate(nodes):
        node = graph.nodes[key]
        row = (
            cell(w.titled(node)),
            w.centred(w.letters(part for part in parts if part.node == key)),
            w.centred(w.limits(node)),
            cell(presentation.words(node.duty.standard)),
        )
        yield (cell(name, rows=len(nodes), look="mark"), *row) if index == 0 else row
