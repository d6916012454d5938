"""By what each step is judged (考核标准)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.catalogue.handbook.roles import human_nodes, parts_of
from shuli.apps.documents.paper import Column, Grid
from shuli.apps.documents.paper.content import cell
from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.kit.components.words import joined


def assessment_grid(graph: ProcessGraph) -> Grid:
    """Return each step with who answers for it, its limit and standard, and what the records show of it."""
    columns = (
        Column(title=_("Step"), width=1.8),
        Column(title=_("Answerable"), width=1.5),
        Column(title=_("Limit"), width=1.4),
        Column(title=_("Standard"), width=3.6),
        Column(title=_("Looked at"), width=1.9),
    )
    rows = tuple(
        (
            cell(w.titled(node), look="strong"),
            cell(joined([w.party(part.rule, graph) for part in parts_of(graph, node) if part.letter == "A"])),
            w.centred(w.limits(node)),
            cell(presentation.words(node.duty.standard)),
            cell(*_looked_at(node)),
        )
        for node in human_nodes(graph)
    )
    return Grid(columns=columns, rows=rows)


def _looked_at(node: Node) -> Iterator[str]:
    duty = node.duty
    if duty.limits:
        yield _("Done on time")
    if any(output.mandatory for output in duty.outputs):
        yield _("Documents complete")
    if duty.decision:
        yield _("Signed by whoever may")
    if duty.key_control_point:
        yield _("Key control point: sampled in every audit")
