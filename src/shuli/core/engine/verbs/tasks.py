"""Claim, release and return a task."""

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.approvals import returns
from shuli.core.engine.cancelling import cancel_everything, close_visit
from shuli.core.engine.marking import Step, Visit
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.seats import ADDED, is_barred, refuse_actor, refuse_verb, take, visit_of_seat
from shuli.core.engine.world import Refused


def claim(run: Run, command: c.Claim) -> Refused | None:
    """Take a task of one's pool, or for whom one stands in: of two who claim, one wins and the other is told who."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    if seat.holder == command.actor:
        if seat.substitute is not None:
            # The holder acts first, so the substitute no longer may.
            run.emit(e.TaskClaimed(visit=visit.id, seat=seat.id, person=command.actor))
        return None
    if seat.holder is not None and seat.substitute != command.actor:
        return Refused(code="already_claimed", params={"who": seat.holder})
    refusal = refuse_actor(run, seat)
    if refusal is not None:
        return refusal
    if is_barred(run, run.plan.places[visit.node], seat):
        return Refused(code="own_request", params={"who": command.actor})
    run.emit(e.TaskClaimed(visit=visit.id, seat=seat.id, person=command.actor, on_behalf_of=seat.holder))
    return None


def release(run: Run, command: c.Release) -> Refused | None:
    """Give a claimed task back to its pool, or a substitute's to whom they stand in for."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    if seat.holder != command.actor:
        return Refused(code="not_holder", params={"holder": seat.holder})
    if seat.pool is None and seat.principal is None:
        return Refused(code="no_pool", params={"node": visit.node})
    refusal = refuse_verb(run, run.plan.places[visit.node], "release")
    if refusal is None:
        run.emit(e.TaskReleased(visit=visit.id, seat=command.seat))
    return refusal


def send_back(run: Run, command: c.Return) -> Refused | None:
    """Send the work back to an earlier node of its own way, or to the case that called this one, with a reason."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    place = run.plan.places[visit.node]
    refusal = refuse_actor(run, seat) or refuse_verb(run, place, "return")
    if refusal is not None:
        return refusal
    if is_barred(run, place, seat):
        return Refused(code="own_request", params={"who": command.actor})
    if not command.reason.strip():
        return Refused(code="reason_missing")
    if seat.role == "contribute" or seat.role in ADDED:
        return Refused(code="return_not_allowed", params={"to": command.to, "possible": []})
    return send_out(run, command, visit) if command.out else send_to_step(run, command, visit)


def send_to_step(run: Run, command: c.Return, visit: Visit) -> Refused | None:
    possible = returns.targets(run.plan, run.marking, visit)
    step = next((step for step in possible if step.node == command.to), None)
    if step is None:
        nodes = [step.node for step in possible]
        return Refused(code="return_not_allowed", params={"to": command.to, "possible": nodes})
    refusal = refuse_rounds(run, step)
    if refusal is not None:
        return refusal
    take(run, visit.seats[command.seat])
    returns.send_back(
        run,
        run.marking.visits[visit.id],
        step,
        person=command.actor,
        reason=command.reason,
        straight=goes_straight(run, command, visit),
    )
    return None


def goes_straight(run: Run, command: c.Return, visit: Visit) -> bool:
    """Say how the work comes back: as the node wants it, else as whoever returns it wants."""
    wanted = run.plan.places[visit.node].node.duty.resubmit
    return (command.resubmit if wanted == "either" else wanted) == "straight"


def refuse_rounds(run: Run, step: Step) -> Refused | None:
    """Return the refusal where the node has been begun as often as it may be."""
    limit = run.plan.places[step.node].node.duty.most_rounds
    if limit is None or run.marking.rounds.get(step.node, 0) < limit:
        return None
    return Refused(code="rounds_exhausted", params={"node": step.node, "limit": limit})


def send_out(run: Run, command: c.Return, visit: Visit) -> Refused | None:
    """End a called case as returned; the case that called it goes on from where the work is sent."""
    if not run.marking.called:
        return Refused(code="not_called")
    take(run, visit.seats[command.seat])
    close_visit(run, visit.id, "returned", person=command.actor, reason=command.reason)
    run.emit(e.ReturnedOut(visit=visit.id, to=command.to, reason=command.reason))
    cancel_everything(run, "returned", "returned")
    run.ending, run.ending_reason = "returned", command.reason
    return None
