"""What differs between two versions of a process: elements that came, went or changed, and what of each changed.

    for one in compare(before, after):
        one.kind, one.part, one.element, one.facet

Elements are the same where their ids are; a flow that was drawn anew between the same nodes is the same flow.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from shuli.core.bpmn.graph import Duty, Flow, Lane, Node, Phase, ProcessGraph
from shuli.core.text import Text

Kind = Literal["added", "removed", "changed"]
Part = Literal["process", "phase", "lane", "activity", "event", "gateway", "flow"]

ACTIVITIES = frozenset(
    {
        "user_task", "manual_task", "service_task", "script_task", "send_task", "receive_task", "business_rule_task",
        "task", "sub_process", "event_sub_process", "transaction", "ad_hoc_sub_process", "call_activity",
    }
)  # fmt: skip


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that is not as it was."""

    kind: Kind
    part: Part
    element: str  # id of the node, flow or lane, key of the phase; "" is the process itself
    name: Text = Text()  # of the element as it is now, or as it was where it is gone
    facet: str = ""  # of a change: which of FACETS, FLOW_FACETS, LANE_FACETS, PHASE_FACETS or PROCESS_FACETS
    before: Any = None  # None where it was added
    after: Any = None


Facets = Mapping[str, Callable[[Any], Any]]

# Of a node: what people read about it, each with how it is found. What none of these covers is "other".
FACETS: Facets = {
    "name": lambda node: node.name,
    "kind": lambda node: (node.kind, node.event.trigger),
    "lane": lambda node: node.lane,
    "phase": lambda node: node.phase,
    "lead": lambda node: node.duty.lead,
    "cooperating": lambda node: node.duty.cooperating,
    "performer": lambda node: node.duty.performer,
    "first_responsible": lambda node: node.duty.first_responsible,
    "seats": lambda node: node.duty.seats,
    "vote": lambda node: node.duty.vote,
    "limits": lambda node: node.duty.limits,
    "reminders": lambda node: node.duty.reminders,
    "escalation": lambda node: node.duty.escalation,
    "form": lambda node: node.duty.form,
    "rights": lambda node: node.duty.rights,
    "inputs": lambda node: node.duty.inputs,
    "outputs": lambda node: node.duty.outputs,
    "decision": lambda node: node.duty.decision,
    "key_control_point": lambda node: node.duty.key_control_point,
    "instruction": lambda node: node.duty.instruction,
    "key_point": lambda node: node.duty.key_point,
    "standard": lambda node: node.duty.standard,
    "guards": lambda node: node.duty.guards,
    "notice": lambda node: node.duty.notice,
    "event": lambda node: node.event,
    "call": lambda node: node.call,
    "service": lambda node: node.service,
    "decision_table": lambda node: node.decision,
    "repetition": lambda node: (node.multiple, node.loop, node.ad_hoc),
}
FLOW_FACETS: Facets = {
    "name": lambda flow: flow.name,
    "condition": lambda flow: flow.condition,
    "default": lambda flow: flow.is_default,
    "route": lambda flow: (flow.source, flow.target),
}
LANE_FACETS: Facets = {"name": lambda lane: lane.name, "lead": lambda lane: lane.department}
PHASE_FACETS: Facets = {"name": lambda phase: phase.name}
PROCESS_FACETS: Facets = {
    "name": lambda graph: graph.name,
    "goal": lambda graph: graph.goal,
    "owner": lambda graph: graph.owner,
    "supervisor": lambda graph: graph.supervisor,
    "category": lambda graph: graph.category,
    "numbering": lambda graph: graph.number_pattern,
    "title": lambda graph: graph.title,
    "withdraw": lambda graph: graph.withdraw,
    "ladder": lambda graph: graph.ladder,
}
OTHER = "other"
# What the compiler works out from the flows around a node; a flow that changes is said at the flow.
DERIVED: Mapping[str, Any] = {
    "incoming": (), "outgoing": (), "branches": (), "pair": None, "boundaries": (), "link_target": None, "starts": (),
    "element": "",
}  # fmt: skip
TOLD_DUTY = (
    "lead", "cooperating", "performer", "first_responsible", "seats", "vote", "limits", "reminders", "escalation",
    "form", "rights", "inputs", "outputs", "decision", "key_control_point", "instruction", "key_point", "standard",
    "guards", "notice",
)  # fmt: skip
TOLD_NODE = (
    "name", "kind", "lane", "phase", "event", "call", "service", "decision", "multiple", "loop", "ad_hoc",
)  # fmt: skip


def compare(before: ProcessGraph, after: ProcessGraph) -> tuple[Difference, ...]:
    """Return every difference: the process itself, phases, lanes, nodes in the order of the new model, flows.

    Nothing for a model and itself; with both exchanged, what was added is removed and the other way round.
    """
    return tuple(_all(before, after))


def _all(before: ProcessGraph, after: ProcessGraph) -> Iterator[Difference]:
    yield from _changes("process", "", after.name, before, after, PROCESS_FACETS)
    yield from _each(_phases(before), _phases(after), PHASE_FACETS, lambda _one: "phase")
    yield from _each(_lanes(before), _lanes(after), LANE_FACETS, lambda _one: "lane")
    yield from _each(before.nodes, after.nodes, FACETS, part_of, rest)
    old, new = flows_of(before), flows_of(after)
    yield from _each(_renamed(old, new), new, FLOW_FACETS, lambda _one: "flow")


def _phases(graph: ProcessGraph) -> dict[str, Phase]:
    return {phase.key: phase for phase in graph.phases}


def _lanes(graph: ProcessGraph) -> dict[str, Lane]:
    return {lane.id: lane for lane in graph.lanes}


def flows_of(graph: ProcessGraph) -> dict[str, Flow]:
    """Return the sequence flows of a process by id."""
    return {flow.id: flow for node in graph.nodes.values() for flow in node.outgoing}


def _renamed(old: Mapping[str, Flow], new: Mapping[str, Flow]) -> dict[str, Flow]:
    """Return the old flows under their new ids, where one was drawn anew between the same nodes."""
    fresh: dict[tuple[str, str], list[str]] = {}
    for flow in new.values():
        if flow.id not in old:
            fresh.setdefault((flow.source, flow.target), []).append(flow.id)
    found = {}
    for key, flow in old.items():
        same = fresh.get((flow.source, flow.target), []) if key not in new else []
        found[same.pop(0) if same else key] = flow
    return found


def part_of(node: Node) -> Part:
    if node.kind in ACTIVITIES:
        return "activity"
    return "gateway" if node.kind.endswith("gateway") else "event"


def rest(node: Node) -> Any:
    """Return what is left of a node without all that the facets tell and the compiler works out."""
    plain = Node(id=node.id, kind=node.kind)
    told = {name: getattr(plain, name) for name in TOLD_NODE if name != "kind"}
    unsaid = Duty()
    duty = msgspec.structs.replace(node.duty, **{name: getattr(unsaid, name) for name in TOLD_DUTY})
    return msgspec.structs.replace(node, **{**DERIVED, **told, "kind": "task", "duty": duty})


def _each(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    facets: Facets,
    part: Callable[[Any], Part],
    other: Callable[[Any], Any] | None = None,
) -> Iterator[Difference]:
    for key, one in after.items():
        if key in before:
            yield from _changes(part(one), key, one.name, before[key], one, facets, other)
        else:
            yield Difference(kind="added", part=part(one), element=key, name=one.name, after=one)
    for key, one in before.items():
        if key not in after:
            yield Difference(kind="removed", part=part(one), element=key, name=one.name, before=one)


def _changes(
    part: Part,
    key: str,
    name: Text,
    before: Any,
    after: Any,
    facets: Facets,
    other: Callable[[Any], Any] | None = None,
) -> Iterator[Difference]:
    for facet, find in facets.items():
        if find(before) != find(after):
            yield Difference(
                kind="changed",
                part=part,
                element=key,
                name=name,
                facet=facet,
                before=find(before),
                after=find(after),
            )
    if other is not None and other(before) != other(after):
        yield Difference(kind="changed", part=part, element=key, name=name, facet=OTHER)


def marks(
    differences: tuple[Difference, ...], *, on: Literal["before", "after"]
) -> dict[str, tuple[str, ...]]:
    """Return how the elements of the old or the new diagram are marked: sl-added, sl-removed or sl-changed.

    An element is only marked where it stands: what was added is not on the old diagram, what was removed not on the new.
    """
    absent = "added" if on == "before" else "removed"
    found: dict[str, tuple[str, ...]] = {}
    for one in differences:
        if one.element and one.part != "phase" and one.kind != absent:
            found[one.element] = (f"sl-{one.kind}",)
    return found
