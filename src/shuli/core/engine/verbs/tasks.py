"""Claim, release, transfer and return a task."""

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.approvals import returns
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.seats import refuse_actor, take, visit_of_seat
from shuli.core.engine.world import Refused


def claim(run: Run, command: c.Claim) -> Refused | None:
    """Take a task of one's pool: of two who claim, one wins and the other is told who."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    if seat.holder == command.actor:
        return None
    if seat.holder is not None:
        return Refused(code="already_claimed", params={"who": seat.holder})
    refusal = refuse_actor(run, seat)
    if refusal is None:
        take(run, seat)
    return refusal


def release(run: Run, command: c.Release) -> Refused | None:
    """Give a claimed task back to its pool."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    if seat.holder != command.actor:
        return Refused(code="not_holder", params={"holder": seat.holder})
    if seat.pool is None:
        return Refused(code="no_pool", params={"node": visit.node})
    run.emit(e.TaskReleased(visit=visit.id, seat=command.seat))
    return None


def transfer(run: Run, command: c.Transfer) -> Refused | None:
    """Give a task to somebody else; its clock goes on, for it is the same task. Who may do so, the caller has asked."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    if run.plan.places[visit.node].node.duty.transfer_needs_reason and not command.reason.strip():
        return Refused(code="reason_missing")
    if seat.holder == command.to:
        return Refused(code="same_person", params={"who": command.to})
    known = run.world.assign("person", command.to, run.marking, run.plan.graph)
    if not known.people:
        return Refused(code="unknown_person", params={"who": command.to})
    run.emit(
        e.TaskTransferred(
            visit=visit.id,
            seat=command.seat,
            person=command.to,
            former=seat.holder,
            reason=command.reason,
        )
    )
    return None


def send_back(run: Run, command: c.Return) -> Refused | None:
    """Send the work back to an earlier node of its own way, with a reason."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    refusal = refuse_actor(run, seat)
    if refusal is not None:
        return refusal
    if not command.reason.strip():
        return Refused(code="reason_missing")
    if seat.role == "contribute":
        return Refused(code="return_not_allowed", params={"to": command.to, "possible": []})
    possible = returns.targets(run.plan, run.marking, visit)
    step = next((step for step in possible if step.node == command.to), None)
    if step is None:
        nodes = [step.node for step in possible]
        return Refused(code="return_not_allowed", params={"to": command.to, "possible": nodes})
    take(run, seat)
    returns.send_back(
        run,
        run.marking.visits[visit.id],
        step,
        person=command.actor,
        reason=command.reason,
        straight=command.resubmit == "straight",
    )
    return None
