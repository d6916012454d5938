"""Where compiling keeps what it has to say."""

from collections.abc import Iterable
from typing import Any

from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.extension import Mistake
from shuli.core.bpmn.findings import Finding
from shuli.core.bpmn.sentences import severity_of


class Report:
    """Findings in the making, each once, with the line of the element that they are about."""

    def __init__(self, document: BpmnDocument) -> None:
        self.document = document
        self._found: dict[str, Finding] = {}

    def add(self, code: str, element: str | None = None, **params: Any) -> None:
        finding = Finding(
            code=code,
            severity=severity_of(code),
            element=element,
            line=self.document.line_of(element),
            params=params,
        )
        self._found.setdefault(f"{code} {element} {params}", finding)

    def mistakes(self, found: Iterable[Mistake], element: str) -> None:
        for mistake in found:
            self.add(mistake.code, element, **mistake.params)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, in the order of the file."""
        return tuple(sorted(self._found.values(), key=lambda finding: finding.line or 0))
