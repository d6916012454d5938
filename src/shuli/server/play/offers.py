"""What can be done with a case now, as a numbered list: tasks, what can arrive, what is to be mended."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.core.engine import Marking
from shuli.core.text import Text

Kind = Literal["start", "task", "timer", "message", "signal", "condition", "service", "call", "incident"]


class Offer(Struct, frozen=True, kw_only=True):
    """One thing that can be done; `what` is the number that the engine knows it by."""

    number: int
    kind: Kind
    node: str
    name: Text
    what: int = 0
    who: str = ""  # holder or pool of a task; the name of a message; the process of a call, a program; the code of an incident
    due_at: datetime | None = None
    role: str = ""  # of a seat
    form: str | None = None


def offers_of(graph: ProcessGraph, marking: Marking) -> tuple[Offer, ...]:
    """Return everything that can be done now, numbered from 1."""
    found = _starts(graph) if marking.status == "draft" else _live(graph, marking)
    return tuple(_numbered(found))


def name_of(graph: ProcessGraph, node_id: str) -> Text:
    """Return what a node is called, on one line; its id where it has no name."""
    node = graph.nodes.get(node_id)
    words = (node.name.zh, node.name.en) if node else ("", "")
    zh, en = (" ".join(text.split()) for text in words)
    return Text(zh=zh, en=en) if zh or en else Text(zh=node_id, en=node_id)


def _numbered(found: Iterator[dict[str, object]]) -> Iterator[Offer]:
    for number, fields in enumerate(found, 1):
        yield Offer(number=number, **fields)  # type: ignore[arg-type]


def _starts(graph: ProcessGraph) -> Iterator[dict[str, object]]:
    for node_id in graph.starts:
        node = graph.nodes[node_id]
        yield {
            "kind": "start",
            "node": node_id,
            "name": name_of(graph, node_id),
            "who": node.event.name or "",
            "form": node.duty.form,
        }


def _live(graph: ProcessGraph, m: Marking) -> Iterator[dict[str, object]]:
    for incident in m.incidents.values():
        yield _row(graph, "incident", incident.node, incident.id, who=incident.code)
    for visit in m.visits.values():
        for seat in visit.seats.values():
            if seat.open and seat.decision is None:
                form = form_of(graph.nodes[visit.node], seat.key)
                who, role = seat.holder or seat.pool or "", seat.role
                yield _row(
                    graph, "task", visit.node, seat.id, who=who, role=role, form=form, due_at=visit.due_at
                )
    for call in m.service_calls.values():
        yield _row(graph, "service", call.node, call.id, who=call.name)
    for child in m.children.values():
        yield _row(graph, "call", m.tokens[child.token].node, child.id, who=child.process)
    for one in m.subscriptions.values():
        kind = "condition" if one.kind == "conditional" else one.kind
        yield _row(graph, kind, one.node, one.id, who=one.name)
    for timer in sorted(m.timers.values(), key=lambda timer: (timer.due_at, timer.id)):
        yield _row(graph, "timer", timer.node, timer.id, who=timer.kind, due_at=timer.due_at)


def _row(graph: ProcessGraph, kind: str, node: str, what: int, **more: object) -> dict[str, object]:
    return {"kind": kind, "node": node, "name": name_of(graph, node), "what": what, **more}


def form_of(node: Node, seat_key: str) -> str | None:
    """Return the form that a seat fills: a cooperating department's own, else the node's."""
    rule = next((rule for rule in node.duty.seats if rule.key == seat_key), None)
    return rule.form if rule is not None and seat_key else node.duty.form
