"""Row changes of what people do at a seat: take it, hand it over, ask others, decide, press."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shuli.apps.cases.changes import Change
from shuli.apps.cases.scenes import Scene, seat_row
from shuli.core.engine import events as e


def _task_claimed(scene: Scene, event: e.TaskClaimed) -> Iterator[Change]:
    principal = event.on_behalf_of or ""
    yield "claim_task", (event.person, event.person, scene.now, principal, scene.case_id, event.seat)
    scene.touch(event.visit)
    yield "give_access", (scene.case_id, f"person:{event.person}")


def _task_released(scene: Scene, event: e.TaskReleased) -> Iterator[Change]:
    yield "release_task", (scene.case_id, event.seat)


def _task_transferred(scene: Scene, event: e.TaskTransferred) -> Iterator[Change]:
    former = event.former or scene.actor
    yield (
        "transfer_task",
        (
            event.person,
            former,
            event.reason,
            event.substitute or "",
            event.pending,
            scene.case_id,
            event.seat,
        ),
    )
    for person in filter(None, (event.person, event.substitute)):
        yield "give_access", (scene.case_id, f"person:{person}")


def _task_accepted(scene: Scene, event: e.TaskAccepted) -> Iterator[Change]:
    yield "accept_task", (scene.case_id, event.seat)
    scene.touch(event.visit)


def _task_declined(scene: Scene, event: e.TaskDeclined) -> Iterator[Change]:
    yield "decline_task", (event.back_to or "", event.person, event.reason, scene.case_id, event.seat)


def _substitute_set(scene: Scene, event: e.SubstituteSet) -> Iterator[Change]:
    yield "set_substitute", (event.person or "", scene.case_id, event.seat)
    if event.person:
        yield "give_access", (scene.case_id, f"person:{event.person}")


def _task_urged(scene: Scene, event: e.TaskUrged) -> Iterator[Change]:
    yield "urge_task", (event.at, scene.case_id, event.seat)


def _signers_added(scene: Scene, event: e.SignersAdded) -> Iterator[Change]:
    visit = scene.visit(event.visit)
    for seat in event.seats:
        yield from seat_row(scene, visit, seat, event.person, event.reason, scene.now)
    scene.touch(event.visit)


def _task_delegated(scene: Scene, event: e.TaskDelegated) -> Iterator[Change]:
    visit = scene.visit(event.visit)
    yield from seat_row(scene, visit, event.child, event.person, event.reason, scene.now)
    scene.touch(event.visit)


def _seat_removed(scene: Scene, event: e.SeatRemoved) -> Iterator[Change]:
    yield (
        "cancel_seat",
        (scene.now, event.reason or "removed", scene.case_id, event.seat, event.seat),
    )


def _seat_decided(scene: Scene, event: e.SeatDecided) -> Iterator[Change]:
    principal = event.on_behalf_of or ""
    yield (
        "finish_task",
        (
            event.person, scene.now, event.decision, event.opinion, event.signed, principal,
            scene.case_id, event.seat,
        ),
    )  # fmt: skip
    scene.decided.add(event.seat)
    scene.touch(event.visit)
    # A holder could see the case since the task was opened for them, claimed or handed over.
    if scene.holder(event.visit, event.seat) != event.person:
        yield "give_access", (scene.case_id, f"person:{event.person}")


def _votes_carried(scene: Scene, event: e.VotesCarried) -> Iterator[Change]:
    for seat, decision in event.decisions.items():
        yield "carry_vote", (scene.now, decision, scene.case_id, seat)


def _opinions_left(scene: Scene, event: e.OpinionsLeft) -> Iterator[Change]:
    for seat in event.seats:
        yield "leave_opinion", (scene.case_id, seat.id)


def _informed(scene: Scene, event: e.Informed) -> Iterator[Change]:
    """Let those to whom a person sent a copy read the case; a node's notice says enough by itself."""
    for person in event.people if event.by is not None else ():
        yield "give_access", (scene.case_id, f"person:{person}")


def _migrated(scene: Scene, event: e.Migrated) -> Iterator[Change]:
    for rows in ("visits", "tasks", "timers", "incidents"):
        yield f"rename_{rows}", (dict(event.mapping), scene.case_id)


WRITERS_OF_VERBS: Mapping[type[e.Event], Callable[[Scene, Any], Iterator[Change]]] = {
    e.TaskClaimed: _task_claimed,
    e.TaskReleased: _task_released,
    e.TaskTransferred: _task_transferred,
    e.TaskAccepted: _task_accepted,
    e.TaskDeclined: _task_declined,
    e.SubstituteSet: _substitute_set,
    e.TaskUrged: _task_urged,
    e.SignersAdded: _signers_added,
    e.TaskDelegated: _task_delegated,
    e.SeatRemoved: _seat_removed,
    e.SeatDecided: _seat_decided,
    e.VotesCarried: _votes_carried,
    e.OpinionsLeft: _opinions_left,
    e.Informed: _informed,
    e.Migrated: _migrated,
}
