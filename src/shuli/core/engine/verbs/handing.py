"""Hand a task to somebody else: for good (转办), for the work only (委派), or for the time that one is away (代理)."""

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.approvals.own_request import refuse_own_request
from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.marking import Seat, Visit
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.seats import (
    ADDED,
    blocking,
    is_barred,
    is_known,
    refuse_actor,
    refuse_verb,
    refuse_while_waiting,
    substitute_of,
    take,
    visit_of_seat,
)
from shuli.core.engine.world import Refused


def transfer(run: Run, command: c.Transfer) -> Refused | None:
    """Give a task to somebody else; its clock goes on, for it is the same task. Who may do so, the caller has asked."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    place = run.plan.places[visit.node]
    if place.node.duty.transfer_needs_reason and not command.reason.strip():
        return Refused(code="reason_missing")
    refusal = refuse_verb(run, place, "transfer") if run.actor == seat.holder else None
    refusal = refusal or refuse_person(run, visit, seat, command.to)
    if refusal is not None:
        return refusal
    run.emit(
        e.TaskTransferred(
            visit=visit.id,
            seat=command.seat,
            person=command.to,
            former=seat.holder,
            reason=command.reason,
            pending=place.node.duty.transfer_needs_acceptance,
            substitute=substitute_of(run, place, seat, command.to),
        )
    )
    return None


def refuse_person(run: Run, visit: Visit, seat: Seat, person: str) -> Refused | None:
    """Return why a person cannot get the seat."""
    if seat.holder == person:
        return Refused(code="same_person", params={"who": person})
    if not is_known(run, person):
        return Refused(code="unknown_person", params={"who": person})
    return refuse_own_request(run, run.plan.places[visit.node], seat, person)


def accept(run: Run, command: c.Accept) -> Refused | None:
    """Accept what was handed over."""
    offered = offer(run, command.seat)
    if isinstance(offered, Refused):
        return offered
    run.emit(e.TaskAccepted(visit=offered.visit, seat=offered.id, person=command.actor))
    return None


def decline(run: Run, command: c.Decline) -> Refused | None:
    """Give what was handed over back, with a reason."""
    offered = offer(run, command.seat)
    if isinstance(offered, Refused):
        return offered
    if not command.reason.strip():
        return Refused(code="reason_missing")
    run.emit(
        e.TaskDeclined(
            visit=offered.visit,
            seat=offered.id,
            person=command.actor,
            back_to=offered.offered_by or None,
            reason=command.reason,
        )
    )
    return None


def offer(run: Run, number: int) -> Seat | Refused:
    """Return the seat that was handed to the actor and that they have not accepted."""
    visit = visit_of_seat(run.marking, number)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[number]
    if run.actor not in (SYSTEM, seat.holder):
        return Refused(code="not_holder", params={"holder": seat.holder})
    return seat if seat.offered_by is not None else Refused(code="not_offered")


def delegate(run: Run, command: c.Delegate) -> Refused | None:
    """Let somebody do the work and give it back with an opinion; the holder decides."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    refusal = refuse_delegation(run, visit, seat, command.to)
    if refusal is not None:
        return refusal
    take(run, seat)
    child = Seat(
        id=run.number(),
        visit=visit.id,
        role="delegate",
        department=seat.department,
        holder=command.to,
        order=seat.order,
        parent=seat.id,
        added_by=command.actor,
        rule="all",
    )
    run.emit(
        e.TaskDelegated(
            visit=visit.id, seat=seat.id, child=child, person=command.actor, reason=command.reason
        )
    )
    return None


def refuse_delegation(run: Run, visit: Visit, seat: Seat, to: str) -> Refused | None:
    place = run.plan.places[visit.node]
    refusal = refuse_actor(run, seat) or refuse_verb(run, place, "delegate")
    if refusal is not None:
        return refusal
    if is_barred(run, place, seat):
        return Refused(code="own_request", params={"who": run.actor})
    if seat.role in ADDED:
        return Refused(code="not_on_added_seat")
    return refuse_delegate(run, visit, seat, to) or refuse_while_waiting(visit, seat)


def refuse_delegate(run: Run, visit: Visit, seat: Seat, to: str) -> Refused | None:
    out = [one.holder for one in blocking(visit, seat) if one.role == "delegate"]
    if out:
        return Refused(code="already_delegated", params={"who": out[0]})
    if to in (seat.holder, run.actor):
        return Refused(code="same_person", params={"who": to})
    return None if is_known(run, to) else Refused(code="unknown_person", params={"who": to})


def substitute(run: Run, command: c.Substitute) -> Refused | None:
    """Let somebody act at a seat for its holder, or end that; what the substitute has taken stays theirs."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused) and visit.code == "not_your_turn":
        # A later seat of a sequence gets its substitute too.
        visit = next(one for one in run.marking.visits.values() if command.seat in one.seats)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    if command.person == seat.substitute or (command.person is None and seat.principal is not None):
        return None
    refusal = None if command.person is None else refuse_substitute(run, visit, seat, command.person)
    if refusal is None:
        run.emit(e.SubstituteSet(visit=visit.id, seat=seat.id, person=command.person))
    return refusal


def refuse_substitute(run: Run, visit: Visit, seat: Seat, person: str) -> Refused | None:
    if seat.holder is None:
        return Refused(code="nobody_holds")
    if seat.principal is not None:
        return Refused(code="one_hop", params={"who": seat.holder})
    return refuse_person(run, visit, seat, person)
