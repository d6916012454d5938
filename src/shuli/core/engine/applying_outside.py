"""How timers, subscriptions, services, called cases and incidents change with an event."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.applying_numbers import count
from shuli.core.engine.marking import (
    Child,
    Incident,
    Marking,
    ServiceCall,
)


def _timer_set(m: Marking, event: e.TimerSet) -> None:
    count(m, event.timer.id)
    m.timers[event.timer.id] = event.timer


def _timer_fired(m: Marking, event: e.TimerFired) -> None:
    timer = m.timers.pop(event.timer)
    if event.again_at is not None:
        m.timers[timer.id] = replace(timer, due_at=event.again_at, count=timer.count + 1)


def _timer_cancelled(m: Marking, event: e.TimerCancelled) -> None:
    del m.timers[event.timer]


def _subscribed(m: Marking, event: e.Subscribed) -> None:
    count(m, event.subscription.id)
    m.subscriptions[event.subscription.id] = event.subscription


def _unsubscribed(m: Marking, event: e.Unsubscribed) -> None:
    del m.subscriptions[event.subscription]


def _child_requested(m: Marking, event: e.ChildRequested) -> None:
    count(m, event.child)
    m.children[event.child] = Child(id=event.child, token=event.token, process=event.process)


def _child_closed(m: Marking, event: e.ChildClosed) -> None:
    del m.children[event.child]


def _service_requested(m: Marking, event: e.ServiceRequested) -> None:
    count(m, event.call)
    m.service_calls[event.call] = ServiceCall(
        id=event.call, token=event.token, node=event.node, kind=event.kind, name=event.name
    )


def _service_closed(m: Marking, event: e.ServiceClosed) -> None:
    del m.service_calls[event.call]


def _made_irreversible(m: Marking, event: e.MadeIrreversible) -> None:
    m.irreversible = {**m.irreversible, event.node: m.last_id}


def _incident_raised(m: Marking, event: e.IncidentRaised) -> None:
    count(m, event.incident)
    m.incidents[event.incident] = Incident(
        id=event.incident,
        code=event.code,
        node=event.node,
        token=event.token,
        params=event.params,
        phase=event.phase,
    )


def _incident_resolved(m: Marking, event: e.IncidentResolved) -> None:
    del m.incidents[event.incident]


OUTSIDE_APPLIERS: Mapping[type[e.Event], Callable[[Marking, Any], None]] = {
    e.TimerSet: _timer_set,
    e.TimerFired: _timer_fired,
    e.TimerCancelled: _timer_cancelled,
    e.Subscribed: _subscribed,
    e.Unsubscribed: _unsubscribed,
    e.ServiceRequested: _service_requested,
    e.ServiceClosed: _service_closed,
    e.MadeIrreversible: _made_irreversible,
    e.ChildRequested: _child_requested,
    e.ChildClosed: _child_closed,
    e.IncidentRaised: _incident_raised,
    e.IncidentResolved: _incident_resolved,
}
