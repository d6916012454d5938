"""Turn the engine's events into row changes: one small writer for each kind of event, in one table.

A change is the name of a statement in `changes.py` and its parameters. Nothing here touches the database,
so a new screen column is a new parameter here and a new column there, and nothing else.
"""

from collections.abc import Callable, Iterator
from typing import Any

from shuli.apps.cases.changes import Change
from shuli.apps.cases.projection_of_verbs import WRITERS_OF_VERBS
from shuli.apps.cases.scenes import Scene, seat_row
from shuli.core.engine import events as e
from shuli.core.engine.commands import Deliver, ServiceAnswered, ServiceFailed
from shuli.core.engine.marking import Seat, Visit
from shuli.core.worktime import working_seconds_between


def _visit_opened(scene: Scene, event: e.VisitOpened) -> Iterator[Change]:
    department = event.department or ""
    scene.opened[event.visit] = Visit(
        id=event.visit,
        node=event.node,
        token=event.token,
        round=event.round,
        opened_at=event.at,
        due_at=event.due_at,
        department=event.department,
    )
    yield (
        "open_visit",
        (scene.case_id, event.visit, event.node, event.round, department, event.at, event.due_at),
    )
    if department:
        yield "give_access", (scene.case_id, f"involved:{department}")
    for seat in event.seats:
        yield from _seat_rows(scene, event, seat)


def _seat_rows(scene: Scene, event: e.VisitOpened, seat: Seat) -> Iterator[Change]:
    sender = "" if scene.actor == "system" else scene.actor
    yield from seat_row(scene, scene.opened[event.visit], seat, sender, scene.return_reason, event.at)


def _seat_opened(scene: Scene, event: e.SeatOpened) -> Iterator[Change]:
    yield "wake_task", (scene.now, scene.case_id, event.seat)


def _visit_closed(scene: Scene, event: e.VisitClosed) -> Iterator[Change]:
    visit = scene.visit(event.visit)
    calendar = scene.world.calendar(visit.department, event.person)
    touched = min(scene.touched.get(event.visit, scene.now), scene.now)
    waiting = working_seconds_between(calendar, visit.opened_at, touched)
    handling = working_seconds_between(calendar, touched, scene.now)
    yield (
        "close_visit",
        (
            scene.now, event.outcome, event.person or "", event.reason, int(waiting), int(handling),
            calendar.fingerprint, scene.now if event.visit in scene.touching else None, scene.case_id, event.visit,
        ),
    )  # fmt: skip
    scene.touching.discard(event.visit)
    scene.calendars[calendar.fingerprint] = calendar
    if any(seat.decision is None and seat.id not in scene.decided for seat in visit.seats.values()):
        yield "cancel_tasks", (scene.now, event.reason or event.outcome, scene.case_id, event.visit)


def _timer_set(scene: Scene, event: e.TimerSet) -> Iterator[Change]:
    timer = event.timer
    yield "set_timer", (scene.case_id, timer.id, timer.kind, timer.node, timer.due_at)


def _timer_fired(scene: Scene, event: e.TimerFired) -> Iterator[Change]:
    # A repeating timer keeps its number and waits again.
    if event.again_at is None:
        yield "end_timer", ("fired", scene.case_id, event.timer)
    else:
        yield "repeat_timer", (event.again_at, scene.case_id, event.timer)


def _timer_cancelled(scene: Scene, event: e.TimerCancelled) -> Iterator[Change]:
    yield "end_timer", ("cancelled", scene.case_id, event.timer)


def _went_overdue(scene: Scene, event: e.WentOverdue) -> Iterator[Change]:
    yield "mark_overdue", (scene.case_id, event.visit)


def _due_moved(scene: Scene, event: e.DueMoved) -> Iterator[Change]:
    yield "move_due", (event.due_at, scene.case_id, event.visit)
    yield "move_task_due", (event.due_at, scene.case_id, event.visit)


def _reminded(scene: Scene, event: e.ReminderRaised) -> Iterator[Change]:
    yield "count_reminder", (scene.case_id, event.visit)


def _incident_raised(scene: Scene, event: e.IncidentRaised) -> Iterator[Change]:
    yield (
        "raise_incident",
        (scene.case_id, event.incident, event.code, event.node, event.params, scene.now),
    )


def _incident_resolved(scene: Scene, event: e.IncidentResolved) -> Iterator[Change]:
    yield "resolve_incident", (scene.now, scene.case_id, event.incident)


def _subscribed(scene: Scene, event: e.Subscribed) -> Iterator[Change]:
    one = event.subscription
    # A condition is looked at within the case; nobody outside asks for it.
    if one.kind != "conditional":
        values = (scene.case_id, one.id, one.kind, one.name, one.correlation or "", one.node, scene.now)
        yield "open_subscription", values


def _unsubscribed(scene: Scene, event: e.Unsubscribed) -> Iterator[Change]:
    yield "close_subscription", (scene.now, scene.case_id, event.subscription)


def _held(scene: Scene, event: e.CommandHeld) -> Iterator[Change]:
    if isinstance(event.command, Deliver):
        yield "hold_subscription", (scene.now, scene.case_id, event.command.subscription)
    elif isinstance(event.command, ServiceAnswered | ServiceFailed):
        yield "hold_service", (scene.case_id, event.command.call)


def _resumed(scene: Scene, _event: e.CaseResumed) -> Iterator[Change]:
    yield "free_subscriptions", (scene.case_id,)
    since = scene.before.paused_at
    if since is None:
        return
    for visit in scene.before.visits.values():
        calendar = scene.world.calendar(visit.department)
        paused = working_seconds_between(calendar, max(since, visit.opened_at), scene.now)
        yield "add_pause", (int(paused), scene.case_id, visit.id)


def _service_requested(scene: Scene, event: e.ServiceRequested) -> Iterator[Change]:
    values = (scene.case_id, event.call, event.node, event.kind, event.name, event.request)
    yield "ask_service", (*values, event.timeout, event.retries, scene.now)


def _service_closed(scene: Scene, event: e.ServiceClosed) -> Iterator[Change]:
    yield "close_service", (event.status, scene.now, scene.case_id, event.call)


def _custodian_set(scene: Scene, event: e.CustodianSet) -> Iterator[Change]:
    yield "give_access", (scene.case_id, f"person:{event.person}")


def _decision_made(scene: Scene, event: e.DecisionMade) -> Iterator[Change]:
    yield (
        "record_decision",
        (
            scene.case_id, event.node, event.decision, event.version, scene.now,
            {**event.by, "value": event.value},
        ),
    )  # fmt: skip


Writer = Callable[[Scene, Any], Iterator[Change]]

# Events that no row shows (tokens, scopes, variables…) live in the marking and in the event table only.
WRITERS: dict[type[e.Event], Writer] = {
    **WRITERS_OF_VERBS,
    e.VisitOpened: _visit_opened,
    e.SeatOpened: _seat_opened,
    e.VisitClosed: _visit_closed,
    e.TimerSet: _timer_set,
    e.TimerFired: _timer_fired,
    e.TimerCancelled: _timer_cancelled,
    e.WentOverdue: _went_overdue,
    e.DueMoved: _due_moved,
    e.ReminderRaised: _reminded,
    e.IncidentRaised: _incident_raised,
    e.IncidentResolved: _incident_resolved,
    e.CustodianSet: _custodian_set,
    e.Subscribed: _subscribed,
    e.Unsubscribed: _unsubscribed,
    e.CommandHeld: _held,
    e.CaseResumed: _resumed,
    e.ServiceRequested: _service_requested,
    e.ServiceClosed: _service_closed,
    e.DecisionMade: _decision_made,
}


def project(scene: Scene, events: tuple[e.Event, ...]) -> list[Change]:
    """Return the row changes that the events ask for, in order."""
    changes: list[Change] = []
    for event in events:
        writer = WRITERS.get(type(event))
        if writer is not None:
            changes.extend(writer(scene, event))
    changes += [("touch_visit", (scene.now, scene.case_id, visit)) for visit in sorted(scene.touching)]
    return changes
