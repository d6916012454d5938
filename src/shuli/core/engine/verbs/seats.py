"""Finding the seat that a command names, and whether its actor may act on it."""

from shuli.core.bpmn.graph import NodeVerb
from shuli.core.engine.approvals.own_request import is_judgement, refuse_own_request
from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.events import TaskClaimed
from shuli.core.engine.marking import Marking, Seat, Visit
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.world import Refused

ADDED = frozenset({"before", "after", "delegate"})  # roles of seats that hang on another one
BLOCKING = frozenset({"before", "delegate"})  # roles that the seat on which they hang waits for


def visit_of_seat(marking: Marking, number: int) -> Visit | Refused:
    """Return the visit of a seat that can still decide, else why it cannot."""
    for visit in marking.visits.values():
        seat = visit.seats.get(number)
        if seat is None:
            continue
        if seat.decision is not None:
            return Refused(code="already_done", params={"who": seat.holder})
        return visit if seat.open else Refused(code="not_your_turn", params={"node": visit.node})
    return Refused(code="task_closed", params={"seat": number})


def refuse_actor(run: Run, seat: Seat) -> Refused | None:
    """Return why the command's actor cannot act on the seat; None if they hold it or may claim it."""
    actor = run.actor
    if actor == SYSTEM:
        return None
    if actor == seat.holder:
        offered = seat.offered_by
        return None if offered is None else Refused(code="acceptance_missing", params={"from": offered})
    if seat.holder is not None:
        acts_for = actor == seat.substitute
        return None if acts_for else Refused(code="not_holder", params={"holder": seat.holder})
    if seat.pool is not None and run.world.may_act(actor, seat.pool):
        return None
    return Refused(code="not_candidate", params={"pool": seat.pool})


def refuse_verb(run: Run, place: Place, verb: NodeVerb) -> Refused | None:
    """Return the refusal where the node does not let its people do this."""
    verbs = place.node.duty.verbs
    if not verbs or verb in verbs or run.actor == SYSTEM:
        return None
    return Refused(code="verb_not_allowed", params={"node": place.id, "verb": verb})


def refuse_while_waiting(visit: Visit, seat: Seat) -> Refused | None:
    """Return the refusal where the seat waits for whoever was asked first."""
    if len(visit.seats) == 1:
        return None
    waits_for = [one.holder for one in blocking(visit, seat)]
    return Refused(code="waits_for_others", params={"who": waits_for}) if waits_for else None


def blocking(visit: Visit, seat: Seat) -> list[Seat]:
    """Return the seats that a seat waits for."""
    return [
        one
        for one in visit.seats.values()
        if one.parent == seat.id and one.role in BLOCKING and one.decision is None
    ]


def is_barred(run: Run, place: Place, seat: Seat) -> bool:
    """Say whether the actor may not decide here: the starter at a seat of others, or where the node leaves them out."""
    acts_for = seat.principal is not None or (seat.holder is not None and seat.holder != run.actor)
    if not acts_for and place.node.duty.starter_performs == "self":
        return False
    return run.actor == run.marking.starter and is_judgement(place, seat)


def take(run: Run, seat: Seat) -> None:
    """Make the actor the holder of a seat that nobody has claimed."""
    if seat.holder is None and run.actor != SYSTEM:
        run.emit(TaskClaimed(visit=seat.visit, seat=seat.id, person=run.actor))


def principal_of(run: Run, seat: Seat) -> str | None:
    """Return whom the actor acts for at the seat; None: for themselves."""
    if run.actor in (SYSTEM, seat.holder) or seat.holder is None:
        return seat.principal
    return seat.holder


def substitute_of(run: Run, place: Place, seat: Seat, person: str) -> str | None:
    """Return who may act for a person who gets the seat: as the directory says, but no starter on their own request."""
    found = run.world.assign("person", person, run.marking, run.plan.graph).substitutes.get(person)
    return None if refuse_own_request(run, place, seat, found) else found


def is_known(run: Run, person: str) -> bool:
    return bool(run.world.assign("person", person, run.marking, run.plan.graph).people)
