"""What the approval verbs' events change in a marking: one small function each, for the table in `applying.py`."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.marking import Marking, Seat, Visit


def put(m: Marking, visit: Visit, *seats: Seat) -> None:
    """Write seats into their visit."""
    m.visits[visit.id] = replace(visit, seats={**visit.seats, **{seat.id: seat for seat in seats}})


def _count(m: Marking, number: int) -> None:
    m.last_id = max(m.last_id, number)


# Who holds a seat ---------------------------------------------------------------------------------------


def task_claimed(m: Marking, event: e.TaskClaimed) -> None:
    visit = m.visits[event.visit]
    seat = visit.seats[event.seat]
    principal = event.on_behalf_of or seat.principal
    substitute = seat.substitute if event.person != seat.holder else None
    put(
        m, visit, replace(seat, holder=event.person, principal=principal, substitute=substitute, touched=True)
    )


def task_released(m: Marking, event: e.TaskReleased) -> None:
    visit = m.visits[event.visit]
    seat = visit.seats[event.seat]
    # A substitute gives it back to the holder, and may take it again.
    substitute = seat.holder if seat.principal is not None else None
    put(m, visit, replace(seat, holder=seat.principal, principal=None, substitute=substitute, touched=False))


def task_transferred(m: Marking, event: e.TaskTransferred) -> None:
    visit = m.visits[event.visit]
    seat = visit.seats[event.seat]
    offered = (event.former or "") if event.pending else None
    put(
        m,
        visit,
        replace(
            seat,
            holder=event.person,
            principal=None,
            substitute=event.substitute,
            offered_by=offered,
            touched=True,
        ),
    )


def task_accepted(m: Marking, event: e.TaskAccepted) -> None:
    visit = m.visits[event.visit]
    put(m, visit, replace(visit.seats[event.seat], offered_by=None))


def task_declined(m: Marking, event: e.TaskDeclined) -> None:
    visit = m.visits[event.visit]
    seat = visit.seats[event.seat]
    put(m, visit, replace(seat, holder=event.back_to, offered_by=None, substitute=None))


def substitute_set(m: Marking, event: e.SubstituteSet) -> None:
    visit = m.visits[event.visit]
    put(m, visit, replace(visit.seats[event.seat], substitute=event.person))


def task_urged(m: Marking, event: e.TaskUrged) -> None:
    visit = m.visits[event.visit]
    seat = visit.seats[event.seat]
    put(m, visit, replace(seat, urged_at=event.at, urges=seat.urges + 1))


# Seats that come and go ---------------------------------------------------------------------------------


def signers_added(m: Marking, event: e.SignersAdded) -> None:
    visit = m.visits[event.visit]
    _count(m, max(seat.id for seat in event.seats))
    owner = replace(visit.seats[event.seat], touched=True)
    moved = {
        number: replace(owner if number == owner.id else visit.seats[number], order=order)
        for number, order in event.orders.items()
    }
    put(m, visit, *{owner.id: owner, **moved}.values(), *event.seats)


def task_delegated(m: Marking, event: e.TaskDelegated) -> None:
    visit = m.visits[event.visit]
    _count(m, event.child.id)
    put(m, visit, replace(visit.seats[event.seat], touched=True), event.child)


def seat_removed(m: Marking, event: e.SeatRemoved) -> None:
    visit = m.visits[event.visit]
    gone = {event.seat, *(seat.id for seat in visit.seats.values() if seat.parent == event.seat)}
    seats = {number: seat for number, seat in visit.seats.items() if number not in gone}
    m.visits[visit.id] = replace(visit, seats=seats)


def votes_carried(m: Marking, event: e.VotesCarried) -> None:
    visit = m.visits[event.visit]
    put(m, visit, *[replace(visit.seats[number], decision=one) for number, one in event.decisions.items()])


def opinions_left(m: Marking, event: e.OpinionsLeft) -> None:
    m.opinions = {**m.opinions, **{seat.id: seat for seat in event.seats}}


# The case -----------------------------------------------------------------------------------------------


def informed(m: Marking, event: e.Informed) -> None:
    if event.by is not None:
        m.copied = (*m.copied, *event.people)


def branch_kept(m: Marking, event: e.BranchKept) -> None:
    m.kept = {**m.kept, event.flow: event.kept}


def branches_forgotten(m: Marking, event: e.BranchesForgotten) -> None:
    m.kept = {flow: kept for flow, kept in m.kept.items() if flow not in event.flows}


def variables_corrected(m: Marking, event: e.VariablesCorrected) -> None:
    m.variables.update(event.values)


def case_reopened(m: Marking, _event: e.CaseReopened) -> None:
    m.status = "running"
    m.ended = ()


def only_told(_m: Marking, _event: e.Event) -> None:
    """Change nothing: the event is for people and other systems."""


VERB_APPLIERS: Mapping[type[e.Event], Callable[[Marking, Any], None]] = {
    e.TaskClaimed: task_claimed,
    e.TaskReleased: task_released,
    e.TaskTransferred: task_transferred,
    e.TaskAccepted: task_accepted,
    e.TaskDeclined: task_declined,
    e.SubstituteSet: substitute_set,
    e.TaskUrged: task_urged,
    e.SignersAdded: signers_added,
    e.TaskDelegated: task_delegated,
    e.SeatRemoved: seat_removed,
    e.VotesCarried: votes_carried,
    e.OpinionsLeft: opinions_left,
    e.Informed: informed,
    e.BranchKept: branch_kept,
    e.BranchesForgotten: branches_forgotten,
    e.VariablesCorrected: variables_corrected,
    e.CaseReopened: case_reopened,
    e.DecidedAutomatically: only_told,
    e.ReturnedOut: only_told,
    e.TookBack: only_told,
    e.ActivityStarted: only_told,
    e.PartFinished: only_told,
    e.Jumped: only_told,
    e.BranchCarried: only_told,
}
