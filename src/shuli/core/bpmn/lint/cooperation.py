"""Rules about working together: nothing is done twice, what is handed over is written down, one department leads."""

from collections.abc import Iterator

from shuli.core.bpmn.graph import Node
from shuli.core.bpmn.lint.subject import ACTIVITIES, HUMAN, Subject
from shuli.core.text import Text

# What only leads on: a hand-over is seen through it.
PASSING = frozenset(
    {
        "exclusive_gateway",
        "parallel_gateway",
        "inclusive_gateway",
        "complex_gateway",
        "intermediate_throw_event",
    }
)


def gateways_have_a_choice(subject: Subject) -> None:
    """Tell gateways that neither part nor join ways: they may be taken out without a difference."""
    for name, node in subject.graph.nodes.items():
        if node.kind in PASSING and node.kind.endswith("gateway"):
            one_way = len(node.incoming) <= 1 and len(node.outgoing) <= 1
            if one_way and not node.duty.assign:
                subject.add("node_redundant", name, name=subject.name(name))


def nobody_decides_twice(subject: Subject) -> None:
    """Tell a decision that follows at once on one of the same people: it asks them again."""
    nodes = subject.graph.nodes
    for name, node in nodes.items():
        for flow in node.outgoing:
            next_one = nodes[flow.target]
            if _decides(node) and _decides(next_one) and _who(node) == _who(next_one) != ("", None):
                subject.add(
                    "decision_repeated",
                    next_one.id,
                    name=subject.name(next_one.id),
                    before=subject.name(name),
                )


def _decides(node: Node) -> bool:
    return node.kind in HUMAN and node.duty.decision and not node.duty.seats


def _who(node: Node) -> tuple[str, object]:
    return node.duty.lead or "", node.duty.performer


def hand_overs_are_written_down(subject: Subject) -> None:
    """Tell a step whose work goes to another department although it makes no form and no document."""
    for name, node in subject.graph.nodes.items():
        if node.kind not in HUMAN or node.duty.outputs or node.duty.form or not node.duty.lead:
            continue
        takers = (one for one in _takers(subject, node) if one.duty.lead and one.duty.lead != node.duty.lead)
        taker = next(takers, None)
        if taker is not None:
            subject.add("handover_undocumented", name, name=subject.name(name), taker=subject.name(taker.id))


def _takers(subject: Subject, node: Node) -> Iterator[Node]:
    """Yield the steps of people that come next, seen through what only leads on."""
    nodes = subject.graph.nodes
    waiting, seen = [flow.target for flow in node.outgoing], {node.id}
    for name in waiting:
        if name in seen:
            continue
        seen.add(name)
        if nodes[name].kind in HUMAN:
            yield nodes[name]
        elif nodes[name].kind not in ACTIVITIES:
            waiting += [flow.target for flow in nodes[name].outgoing]


def nobody_has_two_parts(subject: Subject) -> None:
    """Tell a department that leads a step and also cooperates in it."""
    for name, node in subject.graph.nodes.items():
        duty = node.duty
        beside = [*duty.cooperating]
        doubled = [one for one in dict.fromkeys(beside) if one == duty.lead or beside.count(one) > 1]
        for department in doubled:
            subject.add("department_doubled", name, name=subject.name(name), found=department.strip('"'))


def work_has_one_leader(subject: Subject) -> None:
    """Tell work of the same name that different departments lead: each may think that the other does it."""
    leaders: dict[Text, tuple[str, str]] = {}
    for name, node in subject.graph.nodes.items():
        if node.kind not in HUMAN or not node.duty.lead or node.name == Text():
            continue
        first, lead = leaders.setdefault(node.name, (name, node.duty.lead))
        if lead != node.duty.lead:
            subject.add(
                "work_led_twice", name, name=subject.name(name),
                found=(lead.strip('"'), node.duty.lead.strip('"')), first=first,
            )  # fmt: skip


RULES = (
    gateways_have_a_choice,
    nobody_decides_twice,
    hand_overs_are_written_down,
    nobody_has_two_parts,
    work_has_one_leader,
)
