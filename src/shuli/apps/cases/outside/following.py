"""What the events of a command ask of the outside, in the same transaction: messages to pass on, work to be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuli.apps.cases.models import HookOut
from shuli.apps.cases.outside import announcing, keeping
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted
from shuli.core.engine import events as e
from shuli.core.engine.marking import Marking
from shuli.kit import jobs

LOOK = "shuli.apps.cases.outside.jobs.look_for_messages"
SERVE = "shuli.apps.cases.outside.jobs.serve_call"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command's outcome on one case."""

    case_id: int
    answer: Accepted
    now: datetime


def _message(step: Step, event: e.MessageThrown) -> None:
    _pass_on(step, "message", event, event.correlation or "", event.keep_hours)


def _signal(step: Step, event: e.SignalThrown) -> None:
    _pass_on(step, "signal", event, "", None)


def _pass_on(
    step: Step, kind: str, event: e.MessageThrown | e.SignalThrown, correlation: str, hours: int | None
) -> None:
    sent = keeping.keep(
        keeping.Sending(
            kind=kind,
            name=event.name,
            correlation=correlation,
            data=event.data,
            thrower=step.case_id,
            node=event.node,
            person=step.answer.marking.starter or "",
            source="case",
            hours=hours,
        ),
        step.now,
    )
    # One thrower's messages arrive in the order in which they were thrown.
    jobs.later(keeping.PASSING, in_order=f"messages of {step.case_id}", message=sent.pk)


def _subscribed(step: Step, event: e.Subscribed) -> None:
    """Look for messages that came before; after the commit, so that either this look or the message's own finds the other."""
    waits = event.subscription.id in step.answer.marking.subscriptions
    if waits and event.subscription.kind == "message":
        jobs.later(LOOK, case=step.case_id, subscription=event.subscription.id)


def _requested(step: Step, event: e.ServiceRequested) -> None:
    if event.kind != "worker" and event.call in step.answer.marking.service_calls:
        jobs.later(SERVE, case=step.case_id, call=event.call)


def _resumed(step: Step, _event: e.CaseResumed) -> None:
    """Take up what stood still: messages that came for the case, and work that was not begun."""
    for subscription in step.answer.marking.subscriptions.values():
        if subscription.kind == "message":
            jobs.later(LOOK, case=step.case_id, subscription=subscription.id)
    for call in step.answer.marking.service_calls.values():
        if call.kind != "worker":
            jobs.later(SERVE, case=step.case_id, call=call.id)


FOLLOWERS: dict[type[e.Event], Callable[[Step, Any], None]] = {
    e.MessageThrown: _message,
    e.SignalThrown: _signal,
    e.Subscribed: _subscribed,
    e.ServiceRequested: _requested,
    e.CaseResumed: _resumed,
}


# Who follows the cases of one process from inside the program: its key, and what is done at each event.
LISTENERS: dict[str, Callable[[int, e.Event, ProcessGraph], None]] = {}


def follow(
    case_id: int,
    graph: ProcessGraph,
    answer: Accepted,
    before: Marking,
    now: datetime,
    known: list[HookOut] | None = None,
) -> None:
    """Ask for what the events ask of the outside, and note what webhooks are to be told."""
    step = Step(case_id=case_id, answer=answer, now=now)
    listen = LISTENERS.get(graph.key)
    for event in answer.events:
        if listen is not None:
            listen(case_id, event, graph)
        follower = FOLLOWERS.get(type(event))
        if follower is not None:
            follower(step, event)
    announcing.note(case_id, graph, answer, before, now, known)
