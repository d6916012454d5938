"""Which elements of a process can be run: the engine says which kinds it knows."""

from collections.abc import Collection

from shuli.core.bpmn.compile.reporting import Report
from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.draw.titles import kind_of
from shuli.core.bpmn.findings import Finding
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.bpmn.lint.subject import named


def not_runnable(document: BpmnDocument, graph: ProcessGraph, known: Collection[str]) -> tuple[Finding, ...]:
    """Return a finding for each node whose kind is not among `known`, the keys of the engine's table."""
    report = Report(document)
    for node_id, node in graph.nodes.items():
        if node.element not in known:
            name = named(node.name, node_id)
            report.add("element_not_runnable", node_id, name=name, kind=kind_of(node.element))
    return report.findings
