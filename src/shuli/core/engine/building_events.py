"""Blocks for what events do beside the flow: event sub-processes, transactions, compensation, complex joins.

sub_process("part", task("work", person="ann"), beside=(Beside(id="help", event=..., blocks=(...)),))
transaction("deal", undone(task("pay", person="bob"), task("refund", person="bob")), cancelled=(task("explain", ...),))
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.graph import EventRule, ProcessGraph
from shuli.core.engine.building import Block, Boundary, Builder, bounded, fork_and_join, sub_process


class Beside(Struct, frozen=True, kw_only=True):
    """An event sub-process: how it begins, and what then follows."""

    id: str
    event: EventRule
    blocks: tuple[Block, ...]
    interrupting: bool = False


def event_sub_process(one: Beside) -> Block:
    """Return a block to put into a sub-process or process: it leads nowhere, and nothing leads to it."""

    def add(builder: Builder) -> tuple[str, str]:
        builder.add("event_sub_process", one.id)
        scope, branches = builder.scope, builder.branches
        builder.scope, builder.branches = one.id, ()
        start = builder.add("start_event", f"{one.id}_start", event=one.event, interrupting=one.interrupting)
        last = builder.chain(one.blocks, start)
        if last:
            builder.connect(last, builder.add("end_event", f"{one.id}_end"))
        builder.scope, builder.branches = scope, branches
        return one.id, ""

    return add


def with_events(block: Block, *events: Beside) -> Block:
    """Return a sub-process that has these event sub-processes in it."""

    def add(builder: Builder) -> tuple[str, str]:
        entry, leaving = block(builder)
        scope, branches = builder.scope, builder.branches
        builder.scope, builder.branches = entry, ()
        for one in events:
            event_sub_process(one)(builder)
        builder.scope, builder.branches = scope, branches
        return entry, leaving

    return add


def process_with_events(graph: ProcessGraph, *events: Beside) -> ProcessGraph:
    """Return the process with event sub-processes beside its flow."""
    builder = Builder()
    builder.nodes = dict(graph.nodes)
    builder.flows = list({flow.id: flow for node in graph.nodes.values() for flow in node.outgoing}.values())
    for one in events:
        event_sub_process(one)(builder)
    return builder.graph(graph.key)


def undone(block: Block, handler: Block) -> Block:
    """Return an activity with the one that undoes it."""

    def add(builder: Builder) -> tuple[str, str]:
        entry, leaving = block(builder)
        undoing, _ = handler(builder)
        builder.change(undoing, is_handler=True)
        builder.add(
            "boundary_event",
            f"{entry}_undo",
            event=EventRule(trigger="compensation"),
            attached_to=entry,
            handler=undoing,
        )
        return entry, leaving

    return add


def transaction(node_id: str, *blocks: Block, cancelled: tuple[Block, ...], **fields: Any) -> Block:
    """Return a transaction; what follows its cancellation comes back behind it."""

    def add(builder: Builder) -> tuple[str, str]:
        entry, leaving = sub_process(node_id, *blocks, **fields)(builder)
        builder.change(entry, kind="transaction")
        return entry, leaving

    event = EventRule(trigger="cancel")
    return bounded(add, Boundary(id=f"{node_id}_cancelled", event=event, blocks=cancelled))


def enough(activation: str, *branches: Sequence[Block], name: str | None = None) -> Block:
    """Return a parallel fork and a complex join, which goes on as soon as its condition holds."""

    def add(builder: Builder) -> tuple[str, str]:
        fork, join = fork_and_join(
            builder, "parallel_gateway", name or "some", [(None, one) for one in branches]
        )
        builder.nodes[join] = replace(builder.nodes[join], kind="complex_gateway", activation=activation)
        return fork, join

    return add
