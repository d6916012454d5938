"""The linter: what must or should be mended before a process is published."""

from collections.abc import Callable, Collection, Mapping

from shuli.core.bpmn.compile import compile_process
from shuli.core.bpmn.compile.reporting import Report
from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.elements import Process
from shuli.core.bpmn.findings import Finding
from shuli.core.bpmn.lint import cooperation, duties, elements, expressions, flow, pools, whole, wording
from shuli.core.bpmn.lint.subject import Subject

RULES: tuple[Callable[[Subject], None], ...] = (
    *flow.RULES, *elements.RULES, *pools.RULES, *whole.RULES, *duties.RULES, *cooperation.RULES, *wording.RULES,
    *expressions.RULES,
)  # fmt: skip


def check(
    document: BpmnDocument,
    *,
    forms: Mapping[str, Collection[str]] | None = None,
    previous: BpmnDocument | None = None,
) -> tuple[Finding, ...]:
    """Return everything that speaks against publishing the processes of a document, in the order of the file.

    `forms` gives the names under which each form keeps its answers; with it the names in conditions are checked.
    `previous` is the version before, to see who lost a say. What `compile_process` finds is not repeated here.
    """
    report = Report(document)
    for process in _to_run(document):
        graph = compile_process(document, process.id).graph
        if graph is None:
            continue
        before = compile_process(previous).graph if previous is not None else None
        subject = Subject(
            document=document,
            process=process,
            graph=graph,
            report=report,
            forms=forms or {},
            previous=before,
        )
        for rule in RULES:
            rule(subject)
    return report.findings


def _to_run(document: BpmnDocument) -> list[Process]:
    """Return the processes that are meant to run: those marked executable, or all when none is marked."""
    filled = [process for process in document.processes if process.flow_elements]
    return [process for process in filled if process.is_executable] or filled
