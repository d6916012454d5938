"""Run a case until every token waits."""

from shuli.core.engine import events as e
from shuli.core.engine.activities import arrive
from shuli.core.engine.cancelling import cancel_everything
from shuli.core.engine.event_sub_processes import is_watching
from shuli.core.engine.expressions import Problem
from shuli.core.engine.happenings import look_at_conditions
from shuli.core.engine.joins import recheck
from shuli.core.engine.run import Run

LIVE = ("running", "suspended")
STEP_LIMIT = 10_000  # nodes that one command may pass through before somebody has to look at the model


def settle(run: Run, limit: int = STEP_LIMIT) -> None:
    """Let every token that has arrived enter its node, until all wait or none is left."""
    m = run.marking
    move_on(run, limit)
    while run.look_at_joins or run.variables_changed:
        before = len(run.events)
        if run.look_at_joins:
            recheck(run)
        if run.variables_changed:
            look_at_conditions(run)
        if len(run.events) == before:
            break
        move_on(run, limit)
    if (not m.tokens or (run.plan.watchers and is_over(run))) and m.status in LIVE:
        finish(run)


def move_on(run: Run, limit: int) -> None:
    """Let every token that has arrived enter its node, and every sub-process that is empty end."""
    arrivals, places, tokens = run.arrivals, run.plan.places, run.marking.tokens
    while True:
        while run.left_scopes:
            ended_inside(run, run.left_scopes.pop())
        if not arrivals:
            return
        if run.steps >= limit:
            stop(run, limit)
            return
        run.steps += 1
        token = tokens.get(arrivals.popleft())
        if token is not None:
            place = places[token.node]
            if place.is_plain:
                place.enter(run, token, place)
            else:
                arrive(run, token, place)


def is_over(run: Run) -> bool:
    """Say whether nothing is left but tokens that watch for an event sub-process to begin."""
    return all(is_watching(run.plan, token) for token in run.marking.tokens.values())


def ended_inside(run: Run, scope_id: int) -> None:
    """Tell the element whose scope it is that a token in it has ended."""
    scope = run.marking.scopes.get(scope_id)
    if scope is None:
        return
    place = run.plan.places[scope.node]
    if place.ended_inside is not None:
        place.ended_inside(run, run.marking.tokens[scope.token], place, scope)


def stop(run: Run, limit: int) -> None:
    """Turn a loop that never waits into an incident on each token that was still moving."""
    for number in dict.fromkeys(run.arrivals):
        token = run.marking.tokens.get(number)
        if token is not None:
            params = {"limit": limit, "node": token.node}
            run.incident(token, Problem(code="step_limit", params=params))
    run.arrivals.clear()


def finish(run: Run) -> None:
    """End the case: its last token has gone."""
    if run.marking.incidents or run.marking.tokens:
        cancel_everything(run, "ended")
    run.emit(e.CaseEnded(status=run.ending, reason=run.ending_reason, at=run.now, trail=run.ending_trail))
