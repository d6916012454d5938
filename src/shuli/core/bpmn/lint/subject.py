"""What the rules look at: one process with its graph, its block structure and what the forms hold."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from shuli.core.bpmn.compile.blocks import Structure, structure_of
from shuli.core.bpmn.compile.reporting import Report
from shuli.core.bpmn.compile.shape import Shape, is_for_compensation
from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.elements import Process, SubProcess
from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.core.text import Text

# Done by people, whatever the duty says.
HUMAN = frozenset({"user_task", "manual_task"})
ACTIVITIES = frozenset(
    {"user_task", "manual_task", "service_task", "script_task", "send_task", "receive_task", "business_rule_task",
     "task", "sub_process", "transaction", "ad_hoc_sub_process", "call_activity"}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Subject:
    document: BpmnDocument
    process: Process
    graph: ProcessGraph
    report: Report
    # form key -> the names under which its answers are kept; a form that is not here is not known
    forms: Mapping[str, Collection[str]] = field(default_factory=dict)
    previous: ProcessGraph | None = None

    @cached_property
    def scopes(self) -> dict[str, str]:
        """Return the kind of container that each scope is."""
        inner = {node.scope for node in self.graph.nodes.values() if node.scope}
        return {"": "process", **{scope: self.graph.nodes[scope].kind for scope in inner}}

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        return {scope: Shape(self.graph.nodes, scope) for scope in self.scopes}

    @cached_property
    def structures(self) -> dict[str, Structure]:
        return {scope: structure_of(self.graph.nodes, scope) for scope in self.scopes}

    @cached_property
    def apart(self) -> frozenset[str]:
        """Return the nodes to which no flow need lead: compensation, event sub-processes, what lies ad hoc."""
        return frozenset(name for name, node in self.graph.nodes.items() if self._is_apart(node))

    def _is_apart(self, node: Node) -> bool:
        return (
            is_for_compensation(node)
            or node.kind == "event_sub_process"
            or self.scopes[node.scope] == "ad_hoc_sub_process"
        )

    @property
    def containers(self) -> list[Process | SubProcess]:
        found = (self.document.elements.get(scope) for scope in self.scopes if scope)
        return [self.process, *(element for element in found if isinstance(element, SubProcess))]

    def name(self, node_id: str) -> Text:
        """Return what a node is called in messages: its name, else its id."""
        real = node_id.partition(":")[0]
        node = self.graph.nodes.get(real)
        return named(node.name, real) if node else Text(zh=real)

    @property
    def process_name(self) -> Text:
        return named(self.graph.name, self.graph.key)

    def add(self, code: str, element: str | None, **params: Any) -> None:
        self.report.add(code, element.partition(":")[0] if element else None, **params)


def named(name: Text, otherwise: str) -> Text:
    """Return a name on one line, or what stands in for it."""
    one_line = Text(zh=" ".join(name.zh.split()), en=" ".join(name.en.split()))
    return one_line if one_line != Text() else Text(zh=otherwise)
