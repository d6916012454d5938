"""What webhooks are told: one row an address, written in the transaction of what happened."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuli.apps.cases.models import Case, Dispatch, HookOut
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted
from shuli.core.engine import events as e
from shuli.core.engine.marking import Marking
from shuli.kit import jobs

SEND = "shuli.apps.cases.outside.jobs.send_dispatch"

# What an address may ask to be told.
EVENTS: dict[str, Promise] = {
    "case.started": _("A case has started"),
    "case.ended": _("A case has ended"),
    "case.stopped": _("A case has stopped and needs somebody"),
    "task.opened": _("A step has begun"),
    "task.closed": _("A step is done"),
    "task.overdue": _("A step is overdue"),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing that happened, as it is told."""

    event: str
    facts: dict[str, Any]


Teller = Callable[[Any, Accepted, Marking], Iterator[Told]]


def _started(event: e.CaseStarted, _answer: Accepted, _before: Marking) -> Iterator[Told]:
    yield Told(event="case.started", facts={"starter": event.starter})


def _ended(event: e.CaseEnded, _answer: Accepted, _before: Marking) -> Iterator[Told]:
    yield Told(event="case.ended", facts={"status": event.status, "reason": event.reason})


def _stopped(event: e.IncidentRaised, _answer: Accepted, _before: Marking) -> Iterator[Told]:
    yield Told(event="case.stopped", facts={"node": event.node, "incident": event.code})


def _opened(event: e.VisitOpened, _answer: Accepted, _before: Marking) -> Iterator[Told]:
    facts = {"node": event.node, "round": event.round, "department": event.department}
    yield Told(event="task.opened", facts={**facts, "due_at": _iso(event.due_at)})


def _closed(event: e.VisitClosed, _answer: Accepted, before: Marking) -> Iterator[Told]:
    visit = before.visits.get(event.visit)
    if visit is not None:
        facts = {"node": visit.node, "round": visit.round, "outcome": event.outcome, "person": event.person}
        yield Told(event="task.closed", facts=facts)


def _overdue(event: e.WentOverdue, _answer: Accepted, before: Marking) -> Iterator[Told]:
    visit = before.visits[event.visit]
    facts = {"node": visit.node, "department": visit.department, "due_at": _iso(visit.due_at)}
    yield Told(event="task.overdue", facts=facts)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


TELLERS: dict[type[e.Event], Teller] = {
    e.CaseStarted: _started,
    e.CaseEnded: _ended,
    e.IncidentRaised: _stopped,
    e.VisitOpened: _opened,
    e.VisitClosed: _closed,
    e.WentOverdue: _overdue,
}


def addresses() -> list[HookOut]:
    """Return the addresses that are told of something, in whatever process."""
    return list(HookOut.objects.filter(is_active=True))


def note(
    case_id: int,
    graph: ProcessGraph,
    answer: Accepted,
    before: Marking,
    now: datetime,
    known: list[HookOut] | None = None,
) -> None:
    """Write down what the addresses are to be told of these events; whoever asks for many cases knows them already."""
    if known is not None and not known:
        return
    told = [
        one
        for event in answer.events
        if type(event) in TELLERS
        for one in TELLERS[type(event)](event, answer, before)
    ]
    if not told:
        return
    all_hooks = addresses() if known is None else known
    hooks = [hook for hook in all_hooks if hook.process_key in ("", graph.key)]
    if hooks:
        _write(Case.objects.get(pk=case_id), told, hooks, now)


def _write(case: Case, told: list[Told], hooks: list[HookOut], now: datetime) -> None:
    rows = [
        Dispatch(
            hook=hook,
            case=case,
            event=one.event,
            body=_body(case, one, now),
            created_at=now,
            next_at=timezone.now(),
        )
        for one in told
        for hook in hooks
        if one.event in hook.events
    ]
    for row in Dispatch.objects.bulk_create(rows):
        jobs.later(SEND, dispatch=row.pk)


def _body(case: Case, told: Told, now: datetime) -> str:
    """Return what is sent: facts of the case by which a program finds it, never answers of forms."""
    about = {"number": case.number, "process": case.process_key, "status": case.status}
    body = {"event": told.event, "at": now.isoformat(), "case": about, **told.facts}
    return json.dumps(body, ensure_ascii=False, sort_keys=True)
