"""Add signers to a task (加签) and take them away (减签)."""

from msgspec.structs import replace

from shuli.core.bpmn.graph import NodeVerb
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.approvals.own_request import refuse_own_request
from shuli.core.engine.approvals.visits import judge
from shuli.core.engine.approvals.votes import BY_LEAD, COUNTING, decide_votes, is_abandoned
from shuli.core.engine.marking import Seat, Visit
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.completing import refuse_guards, refuse_missing_outputs
from shuli.core.engine.verbs.seats import (
    ADDED,
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

VERBS: dict[str, NodeVerb] = {
    "before": "add_signer_before",
    "after": "add_signer_after",
    "beside": "add_signer_beside",
}


def add_signer(run: Run, command: c.AddSigner) -> Refused | None:
    """Ask others: before the holder decides, after it, or as voters beside them."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    refusal = refuse_asking(run, visit, seat, command) or refuse_people(run, visit, seat, command)
    if refusal is not None:
        return refusal
    take(run, seat)
    added = beside(run, visit, seat, command) if command.position == "beside" else group(run, seat, command)
    run.emit(
        e.SignersAdded(
            visit=visit.id,
            seat=seat.id,
            position=command.position,
            seats=added,
            person=command.actor,
            reason=command.reason,
            orders=moved_orders(run, visit, seat, command),
        )
    )
    return None


def refuse_asking(run: Run, visit: Visit, seat: Seat, command: c.AddSigner) -> Refused | None:
    place = run.plan.places[visit.node]
    refusal = refuse_actor(run, seat) or refuse_verb(run, place, VERBS[command.position])
    if refusal is not None:
        return refusal
    if is_barred(run, place, seat):
        return Refused(code="own_request", params={"who": run.actor})
    if seat.role in ADDED:
        return Refused(code="not_on_added_seat")
    return refuse_while_waiting(visit, seat) if command.position == "before" else None


def refuse_people(run: Run, visit: Visit, seat: Seat, command: c.AddSigner) -> Refused | None:
    """Return why these people cannot be asked."""
    people = tuple(dict.fromkeys(command.people))
    if not people:
        return Refused(code="no_people")
    unknown = [person for person in people if not is_known(run, person)]
    if unknown:
        return Refused(code="unknown_person", params={"who": unknown[0]})
    sitting = {one.holder for one in visit.seats.values()} | {run.actor}
    twice = [person for person in people if person in sitting]
    if twice:
        return Refused(code="seat_exists", params={"who": twice[0]})
    place = run.plan.places[visit.node]
    example = example_of(seat, command)
    return next(filter(None, (refuse_own_request(run, place, example, person) for person in people)), None)


def example_of(seat: Seat, command: c.AddSigner) -> Seat:
    """Return a seat of the kind that is added, to ask what its holder may do there."""
    return replace(seat, role=role_of(seat, command), holder=None)


def role_of(seat: Seat, command: c.AddSigner) -> "str":
    if command.position != "beside":
        return command.position
    return "contribute" if seat.role == "contribute" else "vote"


def group(run: Run, seat: Seat, command: c.AddSigner) -> tuple[Seat, ...]:
    """Return seats that hang on the holder's: open at once before it, and after it when it has approved."""
    number = run.number()
    first_only = command.rule == "sequence"
    return tuple(
        new_seat(
            run,
            seat,
            command,
            person,
            order=order,
            parent=seat.id,
            group=number,
            rule=command.rule,
            open=command.position == "before" and not (first_only and order),
        )
        for order, person in enumerate(dict.fromkeys(command.people))
    )


def beside(run: Run, visit: Visit, seat: Seat, command: c.AddSigner) -> tuple[Seat, ...]:
    """Return voters beside the holder; in a sequence, right behind them."""
    in_turn = run.plan.places[visit.node].node.duty.vote.kind == "sequence"
    last = seat.order if in_turn else max(one.order for one in visit.seats.values())
    return tuple(
        new_seat(run, seat, command, person, order=last + index, open=not in_turn)
        for index, person in enumerate(dict.fromkeys(command.people), start=1)
    )


def new_seat(run: Run, seat: Seat, command: c.AddSigner, person: str, **fields: object) -> Seat:
    place = run.plan.places[run.marking.visits[seat.visit].node]
    added = Seat(
        id=run.number(),
        visit=seat.visit,
        role=role_of(seat, command),  # type: ignore[arg-type]  # one of the roles
        department=seat.department,
        holder=person,
        added_by=command.actor,
        **fields,  # type: ignore[arg-type]  # fields of a seat
    )
    return replace(added, substitute=substitute_of(run, place, added, person))


def moved_orders(run: Run, visit: Visit, seat: Seat, command: c.AddSigner) -> dict[int, int]:
    """Return the new places of those who come behind the added ones in a sequence."""
    in_turn = run.plan.places[visit.node].node.duty.vote.kind == "sequence"
    if command.position != "beside" or not in_turn:
        return {}
    more = len(dict.fromkeys(command.people))
    behind = [one for one in visit.seats.values() if one.order > seat.order and one.role not in ADDED]
    return {one.id: one.order + more for one in behind}


# Taking away --------------------------------------------------------------------------------------------


def remove_signer(run: Run, command: c.RemoveSigner) -> Refused | None:
    """Take an added seat away that has not decided; that may decide the visit. Who may do so, the caller has asked."""
    visit = next((one for one in run.marking.visits.values() if command.seat in one.seats), None)
    if visit is None:
        return Refused(code="task_closed", params={"seat": command.seat})
    seat = visit.seats[command.seat]
    refusal = refuse_removal(run, visit, seat, command)
    if refusal is not None:
        return refusal
    run.emit(e.SeatRemoved(visit=visit.id, seat=seat.id, person=command.actor, reason=command.reason))
    visit = run.marking.visits[visit.id]
    judge(run, visit, run.plan.places[visit.node], decider_of(visit) or command.actor)
    return None


def refuse_removal(run: Run, visit: Visit, seat: Seat, command: c.RemoveSigner) -> Refused | None:
    if seat.decision is not None:
        return Refused(code="already_done", params={"who": seat.holder})
    if seat.added_by is None:
        return Refused(code="not_added", params={"seat": seat.id})
    duty = run.plan.places[visit.node].node.duty
    left = [one for one in visit.seats.values() if seat.id not in (one.id, one.parent)]
    voters = [one for one in left if one.role in COUNTING]
    if not voters or (duty.vote.kind not in BY_LEAD and is_abandoned(duty.vote, left)):
        return Refused(code="last_seat")
    if decide_votes(duty.vote, left) != "pass":
        return None
    as_completion = c.Complete(actor=command.actor, seat=seat.id, documents=command.documents)
    return refuse_missing_outputs(duty, as_completion) or refuse_guards(run, duty, visit, as_completion)


def decider_of(visit: Visit) -> str | None:
    """Return whose decision it was that the visit is decided by."""
    decided = [seat for seat in visit.seats.values() if seat.decision is not None and seat.role in COUNTING]
    approved = [seat for seat in decided if seat.decision == "approve"]
    return (approved or decided)[-1].holder if decided else None
