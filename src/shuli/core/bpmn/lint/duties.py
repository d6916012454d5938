"""Rules about what the company says of a node: who, by when, with what result."""

from collections.abc import Iterator

from shuli.core.bpmn.elements import Lane, LaneSet
from shuli.core.bpmn.extension import name_of
from shuli.core.bpmn.graph import Duty, Node, Performer, ProcessGraph
from shuli.core.bpmn.lint.subject import HUMAN, Subject, named


def _tasks(graph: ProcessGraph) -> list[Node]:
    return [node for node in graph.nodes.values() if node.kind in HUMAN]


def somebody_does_it(subject: Subject) -> None:
    for node in _tasks(subject.graph):
        if not (node.duty.lead or node.duty.performer or node.duty.seats):
            subject.add("task_without_performer", node.id, name=subject.name(node.id))


def it_has_a_limit(subject: Subject) -> None:
    for node in _tasks(subject.graph):
        if not node.duty.limits:
            subject.add("task_without_limit", node.id, name=subject.name(node.id))


def it_says_what_comes_out_and_how(subject: Subject) -> None:
    for node in _tasks(subject.graph):
        if not (node.duty.outputs or node.duty.form):
            subject.add("task_without_output", node.id, name=subject.name(node.id))
        if not (node.duty.instruction.zh or node.duty.instruction.en):
            subject.add("task_without_instruction", node.id, name=subject.name(node.id))


def lanes_are_used(subject: Subject) -> None:
    for lane in (lane for lane_set in subject.process.lane_sets for lane in _lanes(lane_set)):
        inner = list(_lanes(lane.inner)) if lane.inner else []
        if not any(one.nodes for one in (lane, *inner)):
            subject.add("lane_empty", lane.id, name=named(name_of(lane), lane.id))


def _lanes(lane_set: LaneSet) -> Iterator[Lane]:
    for lane in lane_set.lanes:
        yield lane
        if lane.inner is not None:
            yield from _lanes(lane.inner)


def something_is_controlled(subject: Subject) -> None:
    duties = [node.duty for node in subject.graph.nodes.values()]
    if duties and not any(duty.key_control_point for duty in duties):
        subject.add("key_control_point_missing", subject.process.id, name=subject.process_name)


def documents_have_makers_and_users(subject: Subject) -> None:
    nodes = subject.graph.nodes
    made = {output.document for node in nodes.values() for output in node.duty.outputs}
    used = {document for node in nodes.values() for document in node.duty.inputs}
    for name, node in nodes.items():
        for document in node.duty.inputs:
            if document not in made:
                subject.add("input_unmade", name, name=subject.name(name), document=document)
        for output in node.duty.outputs:
            if output.document not in used and _is_followed(subject, node):
                subject.add("output_unused", name, name=subject.name(name), document=output.document)


def _is_followed(subject: Subject, node: Node) -> bool:
    """Say whether people work on after the node: what comes out of the last step is the result of the process."""
    shape = subject.shapes[node.scope]
    ahead = shape.reach(way.target for way in shape.ways[node.id])
    return any(shape.nodes[name].kind in HUMAN and name != node.id for name in ahead)


def phases_exist(subject: Subject) -> None:
    known = {phase.key for phase in subject.graph.phases}
    for name, node in subject.graph.nodes.items():
        if node.phase and node.phase not in known:
            subject.add("phase_unknown", name, name=subject.name(name), phase=node.phase)


def policies_are_complete(subject: Subject) -> None:
    """Refuse a policy that would find nothing to do: no fallback for an empty node, no node to jump to."""
    nodes = subject.graph.nodes
    for name, node in nodes.items():
        missing = ["fallback"] if node.duty.nobody == "person" and node.duty.fallback is None else []
        jumps = [step for step in node.duty.escalation if step.action == "jump"]
        missing += ["target" for step in jumps if step.target not in nodes]
        missing += _missing_to_choose(node.duty.performer, subject)
        for what in dict.fromkeys(missing):
            subject.add("policy_incomplete", name, name=subject.name(name), missing=what)


def _missing_to_choose(rule: Performer | None, subject: Subject) -> list[str]:
    """Return what a choice of people lacks: somebody who chooses, a plain name under which the choice is kept."""
    if rule is None or rule.chooser is None:
        return []
    chooser = subject.graph.nodes.get(rule.chooser)
    asks = chooser is not None and (chooser.kind in HUMAN or chooser.kind == "start_event")
    missing = [] if asks else ["chooser"]
    return missing if (rule.value or "").isidentifier() else [*missing, "value"]


def nobody_lost_a_say(subject: Subject) -> None:
    """Compare with the version before: who decided there and does not decide here?"""
    if subject.previous is None:
        return
    by_name = {node.name: node for node in subject.graph.nodes.values() if node.name.zh or node.name.en}
    for name, old in subject.previous.nodes.items():
        if not (old.duty.decision or old.duty.seats):
            continue
        new = subject.graph.nodes.get(name) or by_name.get(old.name)
        lost = _deciders(old.duty) - (_deciders(new.duty) if new else set())
        for decider in sorted(lost):
            subject.add("approver_lost", new.id if new else None, name=named(old.name, name), found=decider)


def _deciders(duty: Duty) -> set[str]:
    performers = [duty.performer, *(seat.performer for seat in duty.seats)]
    named = {f"{one.kind} {one.value or ''}".strip() for one in performers if one is not None}
    departments = [duty.lead, *duty.cooperating, *(seat.department for seat in duty.seats)]
    return named | {f"department {one}" for one in departments if one}


RULES = (
    somebody_does_it,
    it_has_a_limit,
    it_says_what_comes_out_and_how,
    lanes_are_used,
    something_is_controlled,
    documents_have_makers_and_users,
    phases_exist,
    policies_are_complete,
    nobody_lost_a_say,
)
