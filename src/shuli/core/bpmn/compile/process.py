"""A BPMN process → the ProcessGraph that engine, pages and simulation share."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.compile.blocks import placed, structure_of
from shuli.core.bpmn.compile.events import feel_at
from shuli.core.bpmn.compile.ladder import with_ladder
from shuli.core.bpmn.compile.messages import messages_of, with_message
from shuli.core.bpmn.compile.nodes import node_of
from shuli.core.bpmn.compile.reporting import Report
from shuli.core.bpmn.compile.shape import begins
from shuli.core.bpmn.document import BpmnDocument, associations, flow_elements
from shuli.core.bpmn.elements import FlowNode, LaneSet, Process, SequenceFlow, SubProcess
from shuli.core.bpmn.elements import Lane as LaneElement
from shuli.core.bpmn.extension import Extension, name_of
from shuli.core.bpmn.findings import Finding
from shuli.core.bpmn.graph import Duty, Flow, Lane, Node, ProcessGraph
from shuli.core.text import Text

Container = Process | SubProcess
# Gateways that may unite and divide at once; the graph has two nodes for that, so that each has one partner.
TWOFOLD = ("parallel_gateway", "inclusive_gateway", "complex_gateway")
# Nodes and flows of one process: many times what a person can still read, and few enough to be analysed at once.
MOST_ELEMENTS = 2000
HUMAN = ("user_task", "manual_task", "task")


class Compilation(Struct, frozen=True, kw_only=True):
    """A graph, or None where the file holds no such process; and what could not be understood on the way."""

    graph: ProcessGraph | None
    findings: tuple[Finding, ...] = ()


def compile_process(document: BpmnDocument, process_id: str | None = None) -> Compilation:
    """Compile one process of a document: the one with this id, else the first that can run.

    `check` says whether the graph may be published; this says only what of the file has no meaning here.
    A gateway that unites and divides becomes two nodes, the second with ":fork" behind its id.
    """
    report = Report(document)
    process = document.process(process_id)
    if process is None:
        report.add("process_missing")
        return Compilation(graph=None, findings=report.findings)
    size = sum(1 for _ in flow_elements(process))
    if size > MOST_ELEMENTS:
        report.add("process_too_large", process.id, found=size, limit=MOST_ELEMENTS)
        return Compilation(graph=None, findings=report.findings)
    graph = _Compiler(document, process, report).graph()
    return Compilation(graph=graph, findings=report.findings)


def compile_pools(document: BpmnDocument) -> dict[str, Compilation]:
    """Return the compilation of each executable process of a document by the process's id: every pool is a graph of its own.

    A message flow names the message at both of its ends, so that a case of one pool reaches a case of the other.
    """
    return {
        process.id: compile_process(document, process.id)
        for process in document.processes
        if process.is_executable and process.flow_elements
    }


class _Compiler:
    def __init__(self, document: BpmnDocument, process: Process, report: Report) -> None:
        self.document = document
        self.process = process
        self.report = report
        self.lanes = dict(_lanes_of(process))
        self.messages = messages_of(document)
        self.lane_of = {node: lane.id for lane, element in self.lanes.values() for node in element.nodes}

    def graph(self) -> ProcessGraph:
        nodes = self.with_handlers(dict(self.nodes_in(self.process, "")))
        nodes = _split(nodes)
        nodes = self.linked(_with_boundaries(nodes))
        nodes = _with_starts(nodes)
        extension = Extension(self.process)
        fields = extension.fields("process")
        self.report.mistakes(extension.mistakes, self.process.id)
        key = fields.pop("key", "") or self.process.id
        if fields.get("ladder"):
            nodes = with_ladder(nodes)
        return ProcessGraph(
            key=key,
            name=self.name(),
            nodes=_with_blocks(nodes),
            starts=_starts(nodes, ""),
            lanes=tuple(lane for lane, _ in self.lanes.values()),
            **fields,
        )

    def name(self) -> Text:
        """Return the process's name; without one its pool's."""
        own = name_of(self.process)
        pool = self.document.participants.get(self.process.id)
        return own if own.zh or own.en or pool is None else name_of(pool)

    # Nodes and flows ------------------------------------------------------------------------------------

    def nodes_in(self, container: Container, scope: str) -> Iterator[tuple[str, Node]]:
        inside = {element.id: element for element in container.flow_elements if isinstance(element, FlowNode)}
        flows = [
            self.flow(element, inside)
            for element in container.flow_elements
            if isinstance(element, SequenceFlow)
        ]
        incoming: dict[str, list[Flow]] = {}
        outgoing: dict[str, list[Flow]] = {}
        for flow in flows:
            if flow is not None:
                incoming.setdefault(flow.target, []).append(flow)
                outgoing.setdefault(flow.source, []).append(flow)
        for name, element in inside.items():
            node = node_of(element, scope, self.lane_of.get(name, self.lane_of.get(scope, "")), self.report)
            node = with_message(node, self.messages)
            yield (
                name,
                replace(
                    node,
                    duty=self.with_department(node),
                    incoming=tuple(incoming.get(name, ())),
                    outgoing=tuple(outgoing.get(name, ())),
                ),
            )
            if isinstance(element, SubProcess):
                yield from self.nodes_in(element, name)

    def with_handlers(self, nodes: dict[str, Node]) -> dict[str, Node]:
        """Tell each boundary compensation event which activity an association leads it to."""
        found = dict(nodes)
        for one in associations(self.process):
            for event, activity in ((one.source, one.target), (one.target, one.source)):
                if (
                    event in nodes
                    and nodes[event].element == "boundary_event:compensation"
                    and activity in nodes
                ):
                    found[event] = replace(nodes[event], handler=activity)
        return found

    def flow(self, element: SequenceFlow, inside: Mapping[str, FlowNode]) -> Flow | None:
        """Return the flow, or None where an end of it lies elsewhere; `check` tells that."""
        source = inside.get(element.source)
        if source is None or element.target not in inside:
            return None
        return Flow(
            id=element.id,
            source=element.source,
            target=element.target,
            name=name_of(element),
            condition=feel_at(element.condition, element.id, self.report),
            is_default=getattr(source, "default", "") == element.id,
        )

    def with_department(self, node: Node) -> Duty:
        """Return the duty of a human node, led by its lane's department where it names none."""
        lane = self.lanes.get(node.lane)
        department = lane[0].department if lane else None
        if node.kind not in HUMAN or node.duty.lead or not department:
            return node.duty
        return replace(node.duty, lead=department)

    def linked(self, nodes: dict[str, Node]) -> dict[str, Node]:
        """Join the two ends of each connector, by their name within a scope."""
        links = {name: node for name, node in nodes.items() if node.event.trigger == "link"}
        catching = {
            (node.scope, node.event.name): name
            for name, node in links.items()
            if node.kind == "intermediate_catch_event"
        }
        for name, node in links.items():
            if node.kind != "intermediate_throw_event":
                continue
            target = catching.get((node.scope, node.event.name))
            if target is None:
                self.report.add("link_unresolved", name, name=node.event.name or name)
            nodes[name] = replace(node, link_target=target)
        return nodes


def _lanes_of(process: Process) -> Iterator[tuple[str, tuple[Lane, LaneElement]]]:
    """Yield the lanes, an inner one after its outer one, so that it is the inner one that a node is in."""
    for lane_set in process.lane_sets:
        yield from _lanes_in(lane_set, None)


def _lanes_in(lane_set: LaneSet, around: str | None) -> Iterator[tuple[str, tuple[Lane, LaneElement]]]:
    for element in lane_set.lanes:
        department = Extension(element).fields("lane").get("department") or around
        lane = Lane(id=element.id, name=name_of(element), department=department)
        yield element.id, (lane, element)
        if element.inner is not None:
            yield from _lanes_in(element.inner, department)


def _split(nodes: dict[str, Node]) -> dict[str, Node]:
    """Make two nodes of a gateway that unites and divides."""
    split: dict[str, Node] = {}
    moved: dict[str, Flow] = {}
    for name, node in nodes.items():
        if node.kind not in TWOFOLD or len(node.incoming) < 2 or len(node.outgoing) < 2:
            split[name] = node
            continue
        fork = f"{name}:fork"
        through = Flow(id=f"{name}:through", source=name, target=fork)
        outgoing = tuple(replace(flow, source=fork) for flow in node.outgoing)
        moved |= {flow.id: flow for flow in outgoing}
        split[name] = replace(node, outgoing=(through,))
        split[fork] = replace(node, id=fork, incoming=(through,), outgoing=outgoing)
    if not moved:
        return split
    return {
        name: replace(node, incoming=tuple(moved.get(flow.id, flow) for flow in node.incoming))
        for name, node in split.items()
    }


def _with_boundaries(nodes: dict[str, Node]) -> dict[str, Node]:
    attached: dict[str, list[str]] = {}
    for name, node in nodes.items():
        if node.attached_to in nodes:
            attached.setdefault(node.attached_to or "", []).append(name)
    return {
        name: replace(node, boundaries=tuple(attached[name])) if name in attached else node
        for name, node in nodes.items()
    }


def _with_starts(nodes: dict[str, Node]) -> dict[str, Node]:
    scopes = {node.scope for node in nodes.values()}
    return {
        name: replace(node, starts=_starts(nodes, name)) if name in scopes else node
        for name, node in nodes.items()
    }


def _starts(nodes: Mapping[str, Node], scope: str) -> tuple[str, ...]:
    """Return where a scope starts: at its start events, or at the nodes to which nothing leads."""
    inside = [node for node in nodes.values() if node.scope == scope]
    events = tuple(node.id for node in inside if begins(node))
    first = (
        node.id
        for node in inside
        if not node.incoming
        and not node.is_handler
        and node.kind not in ("boundary_event", "event_sub_process")
        and not (node.kind == "intermediate_catch_event" and node.event.trigger == "link")
    )
    return events or tuple(first)


def _with_blocks(nodes: dict[str, Node]) -> dict[str, Node]:
    structures = {scope: structure_of(nodes, scope) for scope in {node.scope for node in nodes.values()}}
    pairs: dict[str, str] = {}
    for structure in structures.values():
        for block in structure.blocks:
            if block.join is not None:
                pairs |= {block.fork: block.join, block.join: block.fork}
    branches = placed(nodes, structures)
    return {
        name: replace(node, branches=branches[name], pair=pairs.get(name)) for name, node in nodes.items()
    }
