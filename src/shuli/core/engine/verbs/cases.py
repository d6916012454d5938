"""Start, suspend, resume, withdraw, terminate; incidents to be tried again."""

from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from shuli.core.bpmn.graph import Node
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine import instances
from shuli.core.engine.activities import arrive
from shuli.core.engine.activities import complete as complete_activity
from shuli.core.engine.cancelling import cancel_everything
from shuli.core.engine.elements import ad_hoc_sub_process
from shuli.core.engine.elements.event_based_gateway import begin as begin_at_gateway
from shuli.core.engine.event_sub_processes import watch
from shuli.core.engine.expressions import condition, plain
from shuli.core.engine.marking import OUTCOMES, ROOT, Incident, Step, Timer, Token
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import create, depart
from shuli.core.engine.verbs.outside import FROM_OUTSIDE
from shuli.core.engine.waiting import arm_all, disarm
from shuli.core.engine.world import Refused
from shuli.core.worktime import add_working_seconds, working_seconds_between


def start(run: Run, command: c.Start) -> Refused | None:
    """Begin the case at one of its start events."""
    node = start_node(run, command)
    if isinstance(node, Refused):
        return node
    run.emit(e.CaseStarted(starter=command.actor, at=run.now, node=node.id, called=command.called))
    variables = {str(name): plain(value) for name, value in command.variables.items() if name != OUTCOMES}
    if variables:
        run.set_variables(variables, 0)
    if node.duty.becomes_first_responder:
        run.emit(e.CustodianSet(person=command.actor))
    # A start form can be asked for again: it is the starter's first step.
    trail = (Step(node.id, 0, command.actor),) if node.duty.form else ()
    if node.incoming:
        begin_at_gateway(run, run.plan.places[node.incoming[0].source], node.id, trail)
    else:
        create(run, node.id, trail=trail)
    if run.plan.watchers:
        watch(run, ROOT, run.plan.watchers)
    return None


def start_node(run: Run, command: c.Start) -> Node | Refused:
    starts = run.plan.starts
    chosen = chosen_starts(run, command, starts)
    if len(chosen) == 1:
        return chosen[0]
    code = "start_not_found" if not chosen else "start_ambiguous"
    return Refused(code=code, params={"starts": [node.id for node in starts]})


def chosen_starts(run: Run, command: c.Start, starts: tuple[Node, ...]) -> list[Node]:
    """Return the start events that the command means: by id, by message or signal, by hand, by their condition."""
    if command.start is not None:
        return [node for node in starts if node.id == command.start]
    for trigger, name in (("message", command.message), ("signal", command.signal)):
        if name is not None:
            return [
                node for node in starts if (node.event.trigger, node.event.name or node.id) == (trigger, name)
            ]
    return (
        run.plan.starts_by_hand
        or [node for node in starts if condition_holds(run, node, command)]
        or [*starts]
    )


def condition_holds(run: Run, node: Node, command: c.Start) -> bool:
    """Say whether a conditional start event's condition is true of what the case begins with."""
    source = node.event.condition
    return source is not None and condition(source, plain(command.variables), run.now) is True


def withdraw(run: Run, command: c.Withdraw) -> Refused | None:
    """Take one's own case back, as far as the process allows."""
    m = run.marking
    if command.actor not in (m.starter, c.SYSTEM):
        return Refused(code="not_starter", params={"starter": m.starter})
    policy = run.plan.graph.withdraw
    acted = [person for person in somebody_acted(run) if person != m.starter]
    if policy == "never":
        return Refused(code="never_withdrawn")
    if policy == "before_first_action" and acted:
        return Refused(code="withdraw_not_allowed", params={"who": acted})
    if m.irreversible:
        return Refused(code="irreversible", params={"nodes": list(m.irreversible)})
    end_case(run, "withdrawn", command.reason)
    return None


def somebody_acted(run: Run) -> list[str]:
    """Return who has decided anything in this case."""
    m = run.marking
    decided = [
        seat.holder
        for visit in m.visits.values()
        for seat in visit.seats.values()
        if seat.decision is not None and seat.holder
    ]
    return list(dict.fromkeys([*m.performers.values(), *decided]))


def terminate(run: Run, command: c.Terminate) -> Refused | None:
    """End the case for good, with a reason. Who may do so, the caller has asked."""
    if not command.reason.strip():
        return Refused(code="reason_missing")
    end_case(run, "terminated", command.reason)
    return None


def end_case(run: Run, status: Literal["withdrawn", "terminated"], reason: str) -> None:
    cancel_everything(run, reason or status, "terminated" if status == "terminated" else "cancelled")
    run.ending = status
    run.ending_reason = reason


# Suspending ---------------------------------------------------------------------------------------------


def suspend(run: Run, command: c.Suspend) -> Refused | None:
    """Let the case stand still: its clocks stop, and what is left of them is kept."""
    timers = tuple(run.marking.timers.values())
    for timer in timers:
        run.emit(e.TimerCancelled(timer=timer.id))
    run.emit(e.CaseSuspended(reason=command.reason, at=run.now, timers=timers))
    return None


def resume(run: Run, _command: c.Resume) -> Refused | None:
    """Let the case go on: everything has the time left that it had before."""
    m = run.marking
    if m.status != "suspended":
        return Refused(code="not_suspended")
    since = m.paused_at or run.now
    timers, held = tuple(m.paused.values()), m.held
    run.emit(e.CaseResumed(at=run.now))
    for timer in timers:
        run.emit(e.TimerSet(timer=replace(timer, id=run.number(), due_at=moved(run, timer, since))))
    for visit in list(m.visits.values()):
        if visit.due_at is not None and visit.due_at > since:
            due = working_remainder(run, visit.department, since, visit.due_at)
            run.emit(e.DueMoved(visit=visit.id, due_at=due))
    for command in held:
        # What it was for may have gone with what was held before it.
        FROM_OUTSIDE[type(command)](run, command)
    return None


def moved(run: Run, timer: Timer, since: datetime) -> datetime:
    """Return a timer's new moment: what was left of it, in working time or on the clock; a fixed date stays."""
    if timer.due_at <= since:
        return timer.due_at
    if timer.visit is not None:
        department = run.marking.visits[timer.visit].department
        return working_remainder(run, department, since, timer.due_at)
    rule = run.plan.places[timer.node].node.event.timer
    if rule is not None and (rule.limit is not None or rule.repeat is not None):
        return working_remainder(run, None, since, timer.due_at)
    if rule is not None and rule.kind == "date":
        return timer.due_at
    return run.now + (timer.due_at - since)


def working_remainder(run: Run, department: str | None, since: datetime, due: datetime) -> datetime:
    calendar = run.world.calendar(department)
    return add_working_seconds(calendar, run.now, working_seconds_between(calendar, since, due))


# Incidents ----------------------------------------------------------------------------------------------


def retry(run: Run, command: c.Retry) -> Refused | None:
    """Try again what became an incident, with corrected variables."""
    incident = run.marking.incidents.get(command.incident)
    if incident is None:
        return Refused(code="no_such_incident", params={"incident": command.incident})
    token = run.marking.tokens.get(incident.token) if incident.token is not None else None
    if command.variables:
        run.set_variables(plain(command.variables), token.scope if token is not None else 0)
    run.emit(e.IncidentResolved(incident=incident.id))
    if token is not None:
        again(run, token, incident)
    return None


def again(run: Run, token: Token, incident: Incident) -> None:
    place = run.plan.places[token.node]
    if incident.phase == "enter":
        disarm(run, token.id)
        arrive(run, token, place)
    elif incident.phase == "leave":
        complete_activity(run, token, place)
    elif incident.phase == "depart":
        depart(run, token, place)
    elif place.node.ad_hoc is not None and (not place.repeats or instances.is_instance(run, token)):
        ad_hoc_sub_process.proceed(run, token, place)
    elif place.repeats:
        instances.proceed(run, token, place)
    else:
        problem = arm_all(run, token, place.boundaries)
        if problem is not None:
            run.incident(token, problem, "proceed")
