"""Claim, release, transfer and return a task."""

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.approvals import returns
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.seats import open_seat, refuse_actor, take
from shuli.core.engine.world import Refused


def claim(run: Run, command: c.Claim) -> Refused | None:
    """Take a task of one's pool: of two who claim, one wins and the other is told who."""
    found = open_seat(run.marking, command.seat)
    if isinstance(found, Refused):
        return found
    holder = found.seat.holder
    if holder == command.actor:
        return None
    if holder is not None:
        return Refused(code="already_claimed", params={"who": holder})
    refusal = refuse_actor(run, found.seat)
    if refusal is None:
        take(run, found)
    return refusal


def release(run: Run, command: c.Release) -> Refused | None:
    """Give a claimed task back to its pool."""
    found = open_seat(run.marking, command.seat)
    if isinstance(found, Refused):
        return found
    if found.seat.holder != command.actor:
        return Refused(code="not_holder", params={"holder": found.seat.holder})
    if found.seat.pool is None:
        return Refused(code="no_pool", params={"node": found.visit.node})
    run.emit(e.TaskReleased(visit=found.visit.id, seat=command.seat))
    return None


def transfer(run: Run, command: c.Transfer) -> Refused | None:
    """Give a task to somebody else; its clock goes on, for it is the same task. Who may do so, the caller has asked."""
    found = open_seat(run.marking, command.seat)
    if isinstance(found, Refused):
        return found
    if found.duty(run).transfer_needs_reason and not command.reason.strip():
        return Refused(code="reason_missing")
    if found.seat.holder == command.to:
        return Refused(code="same_person", params={"who": command.to})
    known = run.world.assign("person", command.to, run.marking, run.plan.graph)
    if not known.people:
        return Refused(code="unknown_person", params={"who": command.to})
    run.emit(
        e.TaskTransferred(
            visit=found.visit.id,
            seat=command.seat,
            person=command.to,
            former=found.seat.holder,
            reason=command.reason,
        )
    )
    return None


def send_back(run: Run, command: c.Return) -> Refused | None:
    """Send the work back to an earlier node of its own way, with a reason."""
    found = open_seat(run.marking, command.seat)
    if isinstance(found, Refused):
        return found
    refusal = refuse_actor(run, found.seat)
    if refusal is not None:
        return refusal
    if not command.reason.strip():
        return Refused(code="reason_missing")
    if found.seat.role == "contribute":
        return Refused(code="return_not_allowed", params={"to": command.to, "possible": []})
    possible = returns.targets(run.plan, run.marking, found.visit)
    step = next((step for step in possible if step.node == command.to), None)
    if step is None:
        nodes = [step.node for step in possible]
        return Refused(code="return_not_allowed", params={"to": command.to, "possible": nodes})
    take(run, found)
    returns.send_back(
        run,
        run.marking.visits[found.visit.id],
        step,
        person=command.actor,
        reason=command.reason,
        straight=command.resubmit == "straight",
    )
    return None
