"""Rules about the process as a whole: its goal, the four elements, its standard, and whether its paths close.

The four elements of a process are its activities, how they follow one another, who carries them, and what they need to
know: standards, documents, records (handbook 3, 流程四要素).
"""

from collections.abc import Iterator

from shuli.core.bpmn.graph import Node
from shuli.core.bpmn.lint.subject import ACTIVITIES, HUMAN, Subject
from shuli.core.text import Text

ELEMENTS = {
    "activity": Text(zh="活动", en="activities"),
    "sequence": Text(zh="活动之间的关联和先后顺序", en="how activities follow one another"),
    "performer": Text(zh="活动的承担者", en="who carries them"),
    "information": Text(zh="相关信息（标准、文件、记录）", en="information (standards, documents, records)"),
}
# Who hears of what is sent here learns that the case has come to this end.
TELLING = frozenset({"message", "signal", "escalation", "error"})


def it_has_a_goal(subject: Subject) -> None:
    if subject.graph.goal == Text():
        subject.add("goal_missing", subject.process.id, name=subject.process_name)


def it_has_the_four_elements(subject: Subject) -> None:
    missing = tuple(ELEMENTS[one] for one in _missing_elements(subject))
    if missing:
        subject.add("four_elements_missing", subject.process.id, name=subject.process_name, missing=missing)


def _missing_elements(subject: Subject) -> Iterator[str]:
    nodes = subject.graph.nodes.values()
    activities = [node for node in nodes if node.kind in ACTIVITIES]
    if not activities:
        yield "activity"
    if not any(node.outgoing for node in nodes):
        yield "sequence"
    people = [node for node in activities if node.kind in HUMAN]
    if not activities or (people and not any(_is_carried(node) for node in people)):
        yield "performer"
    if not any(_says_something(node) for node in activities):
        yield "information"


def _is_carried(node: Node) -> bool:
    return bool(node.duty.lead or node.duty.performer or node.duty.seats)


def _says_something(node: Node) -> bool:
    duty = node.duty
    words = (duty.instruction, duty.key_point, duty.standard)
    own = duty.form or duty.inputs or duty.outputs or any(text != Text() for text in words)
    return bool(own or node.script or node.service or node.decision or node.call)


def it_has_a_standard(subject: Subject) -> None:
    people = [node for node in subject.graph.nodes.values() if node.kind in HUMAN]
    standards = [node.duty.standard for node in people] + [phase.standard for phase in subject.graph.phases]
    if people and all(standard == Text() for standard in standards):
        subject.add("standard_missing", subject.process.id, name=subject.process_name)


def paths_close(subject: Subject) -> None:
    """Tell the ends to which a path leads that leaves no record, asks nothing of anybody and informs nobody."""
    shape = subject.shapes[""]
    silent = [name for name in shape.roots if not _closes(subject, shape.nodes[name])]
    seen = set(silent)
    for name in silent:
        ways = [way.target for way in shape.ways[name]]
        silent += [
            one for one in dict.fromkeys(ways) if one not in seen and not _closes(subject, shape.nodes[one])
        ]
        seen.update(ways)
    for name in silent:
        if shape.nodes[name].kind == "end_event":
            subject.add("path_open", name, name=subject.name(name))


def _closes(subject: Subject, node: Node) -> bool:
    """Say whether something of the case stays once the node is passed: a record, or somebody who has been told."""
    if node.kind in ("call_activity", "send_task", "service_task") or node.duty.outputs or node.duty.form:
        return True
    if any(inside.scope == node.id for inside in subject.graph.nodes.values()):
        return True
    return node.duty.notice is not None or (
        node.kind in ("end_event", "intermediate_throw_event") and node.event.trigger in TELLING
    )


RULES = (it_has_a_goal, it_has_the_four_elements, it_has_a_standard, paths_close)
