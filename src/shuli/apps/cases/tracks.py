"""Which nodes and flows a case went through, read from its events."""

import json
from collections.abc import Iterable
from typing import Any

from shuli.apps.cases.models import Event, Visit
from shuli.apps.cases.presentation import Path
from shuli.core.bpmn.graph import ProcessGraph
from shuli.kit import clock

MOVES = ("CaseStarted", "TokenCreated", "TokenMoved", "TokensForked")


def path_of(case_id: int, graph: ProcessGraph, visits: Iterable[Visit]) -> Path:
    """Return the case's path so far: what tokens passed, where visits are open, which of them are late."""
    passed: set[str] = set()
    rows = Event.objects.filter(case_id=case_id, type__in=MOVES).values_list("payload", flat=True)
    for payload in rows:
        move = json.loads(payload)
        for _, flow, node in move.get("branches", ()):
            passed.update((flow, node))
        if _only_watches(move, graph):
            continue
        passed.update(name for name in (move.get("node"), move.get("flow")) if name)
    open_visits = [visit for visit in visits if visit.closed_at is None]
    now = frozenset(visit.node for visit in open_visits)
    moment = clock.now()
    late = frozenset(visit.node for visit in open_visits if visit.due_at and visit.due_at < moment)
    known = {flow.id for node in graph.nodes.values() for flow in node.outgoing} | set(graph.nodes)
    return Path(passed=frozenset(passed & known) - now, now=now, late=late)


def _only_watches(move: dict[str, Any], graph: ProcessGraph) -> bool:
    """Say whether a token was only put at the start of an event sub-process to wait for it to begin."""
    node, path = graph.nodes.get(move.get("node", "")), move.get("path") or [[""]]
    return node is not None and node.kind == "start_event" and path[-1][0] == node.id
