"""What every activity has in common: its notice, its boundary events, its instances."""

from typing import Any

from shuli.core.bpmn.graph import Notice, Performer
from shuli.core.engine import events as e
from shuli.core.engine import instances
from shuli.core.engine.cancelling import clear
from shuli.core.engine.event_sub_processes import begin, rest
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Region, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import create, leave
from shuli.core.engine.waiting import arm_all
from shuli.core.engine.world import Assignment


def arrive(run: Run, token: Token, place: Place) -> None:
    """Let a token that has reached a node enter it."""
    if place.is_plain:
        place.enter(run, token, place)
        return
    if instances.is_instance(run, token):
        place.enter(run, token, place)
        return
    problem = prepare(run, token, place)
    if problem is not None:
        run.incident(token, problem)
    elif place.repeats:
        instances.start(run, token, place)
    else:
        place.enter(run, token, place)


def prepare(run: Run, token: Token, place: Place) -> Problem | None:
    """Tell whom the notice names, and let the boundary events wait."""
    if place.node.data_in:
        problem = take_data(run, token, place)
        if problem is not None:
            return problem
    if place.node.duty.notice is not None:
        problem = inform(run, token, place, place.node.duty.notice)
        if problem is not None:
            return problem
    return arm_all(run, token, place.boundaries)


def take_data(run: Run, token: Token, place: Place) -> Problem | None:
    """Set what the node's input associations bring it."""
    values: dict[str, Any] = {}
    for rule in place.node.data_in:
        value = run.value(rule.value, token.scope, values)
        if isinstance(value, Problem):
            return value
        values[rule.name] = value
    run.set_variables(values, token.scope)
    return None


def complete(run: Run, token: Token, place: Place) -> None:
    """Go on after an activity, or one instance of it, is done."""
    if place.repeats and instances.is_instance(run, token):
        instances.done(run, token, place)
    else:
        leave(run, token, place)


def inform(run: Run, token: Token, place: Place, notice: Notice) -> Problem | None:
    """Tell people; nobody found to tell stops nothing."""
    found = [resolve(run, performer, token.scope) for performer in notice.to]
    for one in found:
        if isinstance(one, Problem):
            return one
    told = [one for one in found if isinstance(one, Assignment)]
    people = [one.holder for one in told if one.holder]
    # everybody of a list that a form holds is told, not only whoever would do the work
    people += [person for one in told if not one.pool for person in one.people]
    pools = [one.pool for one in told if one.pool and not one.holder]
    run.emit(
        e.Informed(node=place.id, people=tuple(dict.fromkeys(people)), pools=tuple(dict.fromkeys(pools)))
    )
    return None


def resolve(run: Run, performer: Performer, scope: int) -> Assignment | Problem:
    """Return whom a performer rule means now; it may be nobody."""
    value = run.value(performer.value, scope) if performer.value is not None else None
    if isinstance(value, Problem):
        return value
    return run.world.assign(performer.kind, value, run.marking, run.plan.graph)


# Events beside what runs --------------------------------------------------------------------------------


def trip(run: Run, token: Token, boundary: Place) -> None:
    """Let an event happen beside what runs: on the edge of the token's activity, or in the scope where it stands."""
    if boundary.node.kind == "start_event":
        begin(run, token.scope, boundary)
        if token.node == boundary.id:
            rest(run, token)
        return
    if boundary.node.interrupting:
        clear(run, token.id, boundary.id)
        run.emit(e.TokenMoved(token=token.id, node=boundary.id))
        run.arrivals.append(token.id)
        return
    path = (*token.path, Region(boundary.id, run.number()))
    create(run, boundary.id, scope=token.scope, path=path)
