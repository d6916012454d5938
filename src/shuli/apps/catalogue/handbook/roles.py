"""Who has which part in a step: R does it, A answers for it, C contributes, I is told (RACI), read from the graph."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.description import HUMAN
from shuli.core.bpmn.graph import Flow, Node, Performer, ProcessGraph

LETTERS = ("R", "A", "C", "I")


class Part(Struct, frozen=True, kw_only=True):
    """One party's part in one step."""

    node: str
    letter: str  # of LETTERS
    rule: Performer  # whom it means
    signs: bool = False  # with a recorded signature
    late: bool = False  # told only when the step is overdue


def human_nodes(graph: ProcessGraph) -> list[Node]:
    """Return the steps that people do, in the order of the model."""
    return [node for node in graph.nodes.values() if node.kind in HUMAN]


def parts_of(graph: ProcessGraph, node: Node) -> tuple[Part, ...]:
    """Return who has which part in a step, each party and letter once, exactly one of them answerable."""
    found = {(part.letter, part.rule): part for part in reversed([*_parts(graph, node)])}
    return tuple(sorted(found.values(), key=lambda part: LETTERS.index(part.letter)))


def _parts(graph: ProcessGraph, node: Node) -> Iterator[Part]:
    duty = node.duty
    doer = performer_of(graph, node)
    votes = duty.vote.kind not in {"single", "contribute"}
    if doer is not None:
        yield Part(node=node.id, letter="R", rule=doer, signs=duty.decision)
    answerable = _followed(graph, duty.first_responsible) or doer
    if answerable is not None:
        yield Part(node=node.id, letter="A", rule=answerable)
    for seat in duty.seats:
        yield Part(
            node=node.id, letter="R" if votes else "C", rule=seat.performer, signs=votes and duty.decision
        )
    seated = {seat.department for seat in duty.seats}
    for department in duty.cooperating:
        if department not in seated:
            yield Part(node=node.id, letter="C", rule=Performer(kind="department", value=department))
    for rule in duty.notice.to if duty.notice else ():
        yield Part(node=node.id, letter="I", rule=rule)
    for step in duty.escalation:
        yield Part(node=node.id, letter="I", rule=step.to, late=True)


def performer_of(graph: ProcessGraph, node: Node) -> Performer | None:
    """Return who does a step: its rule, or somebody of its lead department; of a sequence of signers nobody alone."""
    duty = node.duty
    if duty.performer is not None:
        return _followed(graph, duty.performer)
    return None if duty.seats or not duty.lead else Performer(kind="department", value=duty.lead)


def _followed(graph: ProcessGraph, rule: Performer | None) -> Performer | None:
    """Return the process's own owner and supervisor as the posts that they are."""
    if rule is None or rule.kind not in {"owner", "supervisor"}:
        return rule
    post = graph.owner if rule.kind == "owner" else graph.supervisor
    return replace(rule, kind="post", value=f'"{post}"') if post else rule


def number_of(node: Node) -> str:
    """Return by which number people know a step: the one before its name (3.11 提出让步申请), else its id."""
    first = node.name.zh.split(" ", 1)[0]
    return first if first[:1].isdigit() and " " in node.name.zh else node.id


def way_of(graph: ProcessGraph, node: Node) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what comes after a step: the flows passed on the way, joined, and the next step's id.

    Gateways and connectors are passed through; a flow that comes again is followed once.
    """
    seen: set[str] = set()
    waiting: list[tuple[Flow, tuple[str, ...]]] = [(flow, ()) for flow in node.outgoing]
    while waiting:
        flow, before = waiting.pop(0)
        if flow.id in seen or flow.target not in graph.nodes:
            continue
        seen.add(flow.id)
        passed = (*before, flow.id)
        target = graph.nodes[flow.target]
        if target.link_target:
            target = graph.nodes[target.link_target]
        if target.kind.endswith("gateway") or target.event.trigger == "link":
            waiting += [(onward, passed) for onward in target.outgoing]
        else:
            yield passed, target.id


def made_by(graph: ProcessGraph) -> dict[str, Node]:
    """Return which step makes each document; of several the first."""
    return {
        output.document: node for node in reversed(list(graph.nodes.values())) for output in node.duty.outputs
    }


def used_by(graph: ProcessGraph) -> dict[str, list[Node]]:
    """Return which steps need each document."""
    found: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        for document in node.duty.inputs:
            found.setdefault(document, []).append(node)
    return found
