"""What a clock brings."""

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.activities import resolve
from shuli.core.engine.approvals.ladder import act
from shuli.core.engine.expressions import Problem
from shuli.core.engine.happenings import happen
from shuli.core.engine.marking import Timer, Visit
from shuli.core.engine.run import Run
from shuli.core.engine.timing import again, next_moment
from shuli.core.engine.world import Assignment, Refused


def fire_timer(run: Run, command: c.FireTimer) -> Refused | None:
    """Let a timer that is due do what it was set for."""
    timer = run.marking.timers.get(command.timer)
    if timer is None:
        return Refused(code="no_such_timer", params={"timer": command.timer})
    if timer.due_at > run.now:
        return Refused(code="timer_not_due", params={"timer": timer.id, "due_at": timer.due_at.isoformat()})
    if timer.kind in ("event", "boundary"):
        fire_event(run, timer)
    elif timer.visit is not None:
        visit = run.marking.visits[timer.visit]
        {"due": go_overdue, "reminder": remind, "escalation": escalate}[timer.kind](run, timer, visit)
    return None


def fire_event(run: Run, timer: Timer) -> None:
    place = run.plan.places[timer.node]
    if timer.token is None:
        return
    token = run.marking.tokens[timer.token]
    following = (
        next_moment(run, token, place, timer) if place.is_side and not place.node.interrupting else None
    )
    failed = isinstance(following, Problem)
    run.emit(e.TimerFired(timer=timer.id, again_at=None if isinstance(following, Problem) else following))
    if isinstance(following, Problem) and failed:
        raise_for_case(run, timer.node, following)
    happen(run, token, place)


def go_overdue(run: Run, timer: Timer, visit: Visit) -> None:
    """Say that the visit is late. It stays what it is: a deadline alone decides nothing."""
    run.emit(e.TimerFired(timer=timer.id))
    run.emit(e.WentOverdue(visit=visit.id))


def remind(run: Run, timer: Timer, visit: Visit) -> None:
    """Remind whoever still has to act."""
    offset = run.plan.places[visit.node].node.duty.reminders[timer.step]
    following = again(offset, timer, run.world.calendar(visit.department), run.now)
    run.emit(e.TimerFired(timer=timer.id, again_at=following))
    seats = [seat for seat in visit.seats.values() if seat.open and seat.decision is None]
    run.emit(
        e.ReminderRaised(
            visit=visit.id,
            kind="repeat" if timer.count else offset.when,
            people=tuple(dict.fromkeys(seat.holder for seat in seats if seat.holder)),
            pools=tuple(dict.fromkeys(seat.pool for seat in seats if seat.pool and not seat.holder)),
        )
    )


def escalate(run: Run, timer: Timer, visit: Visit) -> None:
    """Tell the next rung of the ladder."""
    rung = run.plan.places[visit.node].node.duty.escalation[timer.step]
    following = again(rung.offset, timer, run.world.calendar(visit.department), run.now)
    run.emit(e.TimerFired(timer=timer.id, again_at=following))
    found = resolve(run, rung.to, run.marking.tokens[visit.token].scope)
    if isinstance(found, Assignment) and found.people:
        people = (found.holder,) if found.holder else found.people
        run.emit(e.Escalated(visit=visit.id, step=timer.step, people=people))
        problem = act(run, visit, run.plan.places[visit.node], rung, found)
        if problem is not None:
            raise_for_case(run, visit.node, problem)
        return
    nobody = Problem(code="nobody_to_escalate_to", params={"performer": rung.to.kind, "step": timer.step})
    raise_for_case(run, visit.node, found if isinstance(found, Problem) else nobody)


def raise_for_case(run: Run, node: str, problem: Problem) -> None:
    """Report what stops no token."""
    run.emit(e.IncidentRaised(incident=run.number(), code=problem.code, node=node, params=problem.params))
