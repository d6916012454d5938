"""Build small process graphs in Python, block by block: for tests, benchmarks and examples.

    process(
        task("register", person="ann"),
        choice(("amount > 10", [task("approve", person="bob")]), (None, [])),
        parallel([task("a", person="ann")], [task("b", person="bob")]),
    )

A block becomes nodes and flows with one entry and one exit; forks and joins come out paired. Node ids are the names that
are given; gateways and events that have none are numbered by their kind: `xor1`, `and1`, `end1`. What blocks cannot
say, `graph_of` takes as plain nodes and flows.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.graph import (
    Duty,
    EventRule,
    Flow,
    Node,
    NodeKind,
    Performer,
    ProcessGraph,
    TimerRule,
)
from shuli.core.engine.plan import element_key
from shuli.core.text import Text

Block = Callable[["Builder"], tuple[str, str]]
"""Adds its nodes and returns the ids of its entry and its exit; an exit of "" means that its paths have ended."""

Branches = tuple[tuple[str, str], ...]


class Builder:
    """Collects nodes and flows while blocks are being added."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.flows: list[Flow] = []
        self.scope = ""
        self.branches: Branches = ()
        self._counts: dict[str, int] = {}

    def name(self, prefix: str) -> str:
        """Return an id that no node has yet."""
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        name = f"{prefix}{self._counts[prefix]}"
        return self.name(prefix) if name in self.nodes else name

    def add(self, kind: NodeKind, node_id: str, **fields: Any) -> str:
        """Add a node where the builder stands."""
        if node_id in self.nodes:
            raise ValueError(f"Expected a new node id but found {node_id} twice.")
        self.nodes[node_id] = Node(
            id=node_id, kind=kind, name=Text(en=node_id), scope=self.scope, branches=self.branches, **fields
        )
        return node_id

    def connect(
        self, source: str, target: str, condition: str | None = None, *, default: bool = False
    ) -> str:
        """Add a flow and return its id."""
        flow = Flow(
            id=f"f{len(self.flows) + 1}",
            source=source,
            target=target,
            condition=condition,
            is_default=default,
        )
        self.flows.append(flow)
        return flow.id

    def change(self, node_id: str, **fields: Any) -> None:
        self.nodes[node_id] = replace(self.nodes[node_id], **fields)

    def chain(self, blocks: Iterable[Block], source: str) -> str:
        """Add blocks one after another behind a node; return the last exit."""
        for block in blocks:
            entry, leaving = block(self)
            if source:
                self.connect(source, entry)
            source = leaving
        return source

    def graph(self, key: str, **fields: Any) -> ProcessGraph:
        return graph_of(self.nodes.values(), self.flows, key=key, **fields)


def graph_of(
    nodes: Iterable[Node], flows: Sequence[Flow], *, key: str = "P-TEST", **fields: Any
) -> ProcessGraph:
    """Return the graph of plain nodes and flows: what follows from them (flows of nodes, boundaries, starts) is filled in."""
    by_id = {node.id: node for node in nodes}
    complete = {}
    for node in by_id.values():
        inside = [one.id for one in by_id.values() if one.scope == node.id and one.kind == "start_event"]
        complete[node.id] = replace(
            node,
            element=element_key(node),
            incoming=tuple(flow for flow in flows if flow.target == node.id),
            outgoing=tuple(flow for flow in flows if flow.source == node.id),
            boundaries=tuple(one.id for one in by_id.values() if one.attached_to == node.id),
            starts=tuple(inside),
        )
    starts = tuple(node.id for node in complete.values() if node.kind == "start_event" and node.scope == "")
    return ProcessGraph(key=key, name=Text(en=key), nodes=complete, starts=starts, **fields)


def process(*blocks: Block, key: str = "P-TEST", start: Duty | None = None, **fields: Any) -> ProcessGraph:
    """Return the graph of blocks between a start and an end event."""
    builder = Builder()
    builder.add("start_event", "start", duty=start or Duty())
    last = builder.chain(blocks, "start")
    if last:
        builder.connect(last, builder.add("end_event", "end"))
    return builder.graph(key, **fields)


# Blocks -------------------------------------------------------------------------------------------------


def node(kind: NodeKind, node_id: str, **fields: Any) -> Block:
    """Return a block of one node."""

    def add(builder: Builder) -> tuple[str, str]:
        builder.add(kind, node_id, **fields)
        ended = kind == "end_event"
        return node_id, "" if ended else node_id

    return add


def task(node_id: str, person: str | None = None, **fields: Any) -> Block:
    """Return a user task: for a person, or by the fields of a Duty; `multiple` and `loop` go to the node."""
    outside = {name: fields.pop(name) for name in ("multiple", "loop") if name in fields}
    if person is not None:
        fields["performer"] = Performer(kind="person", value=f'"{person}"')
    return node("user_task", node_id, duty=Duty(**fields), **outside)


def script(node_id: str, source: str, result: str | None = None, **fields: Any) -> Block:
    return node("script_task", node_id, script=source, result=result, **fields)


def end(node_id: str, trigger: Any = "none", **event: Any) -> Block:
    """Return an end event in the middle of the blocks, such as at the end of a branch."""
    return node("end_event", node_id, event=EventRule(trigger=trigger, **event))


def timer(node_id: str, expression: str | None = None, **rule: Any) -> Block:
    """Return an intermediate timer event, a duration unless `kind` says else."""
    return node("intermediate_catch_event", node_id, event=timer_event(expression, **rule))


def timer_event(expression: str | None = None, kind: Any = "duration", **rule: Any) -> EventRule:
    return EventRule(trigger="timer", timer=TimerRule(kind=kind, expression=expression, **rule))


def message(node_id: str, name: str, correlation: str | None = None) -> Block:
    """Return an intermediate message event."""
    event = EventRule(trigger="message", name=name, correlation=correlation)
    return node("intermediate_catch_event", node_id, event=event)


def parallel(*branches: Sequence[Block], name: str | None = None) -> Block:
    """Return a parallel fork and its join around branches."""
    return lambda builder: fork_and_join(
        builder, "parallel_gateway", name or "and", [(None, b) for b in branches]
    )


def inclusive(*branches: tuple[str | None, Sequence[Block]], name: str | None = None) -> Block:
    """Return an inclusive fork and its join; a branch without a condition is the default."""
    return lambda builder: fork_and_join(builder, "inclusive_gateway", name or "or", branches)


def choice(*branches: tuple[str | None, Sequence[Block]], name: str | None = None) -> Block:
    """Return an exclusive gateway, its branches and their merge; a branch without a condition is the default."""
    return lambda builder: fork_and_join(builder, "exclusive_gateway", name or "xor", branches)


def fork_and_join(
    builder: Builder, kind: NodeKind, prefix: str, branches: Sequence[tuple[str | None, Sequence[Block]]]
) -> tuple[str, str]:
    """Add a gateway, its branches, and the gateway that closes them; return both."""
    fork = builder.add(kind, builder.name(prefix))
    pairs = kind != "exclusive_gateway"
    join = f"{fork}_join"
    around = builder.branches
    exits = []
    for condition, blocks in branches:
        flow = builder.connect(
            fork, join, condition, default=condition is None and kind != "parallel_gateway"
        )
        builder.branches = (*around, (fork, flow)) if pairs else around
        exits.append(_fill_branch(builder, flow, blocks))
    builder.branches = around
    if not any(exits):
        return fork, ""
    builder.add(kind, join, pair=fork if pairs else None)
    if pairs:
        builder.change(fork, pair=join)
    return fork, join


def _fill_branch(builder: Builder, flow_id: str, blocks: Sequence[Block]) -> str:
    """Put blocks into the flow from a fork to its join; return the last exit, "" where the branch ends by itself."""
    at = next(index for index, flow in enumerate(builder.flows) if flow.id == flow_id)
    flow = builder.flows[at]
    if not blocks:
        return flow.source
    entry, leaving = blocks[0](builder)
    builder.flows[at] = replace(flow, target=entry)
    last = builder.chain(blocks[1:], leaving)
    if last:
        builder.connect(last, flow.target)
    return last


def repeat(condition: str, *blocks: Block) -> Block:
    """Return blocks that are done again as long as the condition holds."""

    def add(builder: Builder) -> tuple[str, str]:
        entry = builder.add("exclusive_gateway", builder.name("again"))
        last = builder.chain(blocks, entry)
        decision = builder.add("exclusive_gateway", f"{entry}_exit")
        builder.connect(last, decision)
        builder.connect(decision, entry, condition)
        leaving = builder.add("exclusive_gateway", f"{entry}_done")
        builder.connect(decision, leaving, default=True)
        return entry, leaving

    return add


def sub_process(node_id: str, *blocks: Block, **fields: Any) -> Block:
    """Return an embedded sub-process."""

    def add(builder: Builder) -> tuple[str, str]:
        builder.add("sub_process", node_id, **fields)
        scope, branches = builder.scope, builder.branches
        builder.scope, builder.branches = node_id, ()
        start = builder.add("start_event", f"{node_id}_start")
        last = builder.chain(blocks, start)
        if last:
            builder.connect(last, builder.add("end_event", f"{node_id}_end"))
        builder.scope, builder.branches = scope, branches
        return node_id, node_id

    return add


class Boundary(Struct, frozen=True, kw_only=True):
    """A boundary event with what follows it."""

    id: str
    event: EventRule
    blocks: tuple[Block, ...] = ()
    interrupting: bool = True


def bounded(block: Block, *boundaries: Boundary) -> Block:
    """Return an activity with boundary events: an interrupting one's path joins behind the activity, another's ends."""

    def add(builder: Builder) -> tuple[str, str]:
        entry, leaving = block(builder)
        merge = builder.add("exclusive_gateway", builder.name("merge"))
        builder.connect(leaving, merge)
        for one in boundaries:
            _add_boundary(builder, one, entry, merge)
        return entry, merge

    return add


def _add_boundary(builder: Builder, boundary: Boundary, activity: str, merge: str) -> None:
    builder.add(
        "boundary_event",
        boundary.id,
        event=boundary.event,
        attached_to=activity,
        interrupting=boundary.interrupting,
    )
    around = builder.branches
    if not boundary.interrupting:
        builder.branches = ()
    last = builder.chain(boundary.blocks, boundary.id)
    if last and boundary.interrupting:
        builder.connect(last, merge)
    elif last:
        builder.connect(last, builder.add("end_event", f"{boundary.id}_end"))
    builder.branches = around


def race(*ways: tuple[Block, Sequence[Block]], name: str | None = None) -> Block:
    """Return an event-based gateway: each way begins with an event, the first to happen is taken."""

    def add(builder: Builder) -> tuple[str, str]:
        gateway = builder.add("event_based_gateway", builder.name(name or "race"))
        merge = builder.add("exclusive_gateway", f"{gateway}_merge")
        for event, blocks in ways:
            entry, leaving = event(builder)
            builder.connect(gateway, entry)
            last = builder.chain(blocks, leaving)
            if last:
                builder.connect(last, merge)
        return gateway, merge

    return add
