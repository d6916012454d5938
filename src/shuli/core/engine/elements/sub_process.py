"""The embedded sub-process: its token waits while others run inside, and goes on when the last of them has ended."""

from shuli.core.engine import events as e
from shuli.core.engine.activities import complete
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.cancelling import empty_scope
from shuli.core.engine.event_sub_processes import is_watching, watch
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Region, Scope, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import create
from shuli.core.engine.undoing import hand_up


def enter(run: Run, token: Token, place: Place) -> None:
    starts = place.node.starts
    if not starts:
        run.incident(token, Problem(code="no_start", params={"sub_process": place.id}))
        return
    scope = run.number()
    run.emit(e.ScopeOpened(scope=scope, node=place.id, parent=token.scope, token=token.id))
    path = (*token.path, Region(place.id, scope))
    if place.watchers:
        watch(run, scope, place.watchers, token.trail, path)
    create(run, starts[0], scope=scope, trail=token.trail, path=path)


def ended_inside(run: Run, token: Token, place: Place, scope: Scope) -> None:
    """Go on when no token is left inside."""
    if not is_empty(run, scope.id):
        return
    close(run, place, scope)
    complete(run, run.marking.tokens[token.id], place)


def is_empty(run: Run, scope: int) -> bool:
    """Say whether nothing is left in a scope but tokens that watch for an event."""
    return not any(
        token.scope == scope and not is_watching(run.plan, token) for token in run.marking.tokens.values()
    )


def close(run: Run, place: Place, scope: Scope) -> None:
    """Close a scope that is completed; what can be undone in it is undone with what is around, or by its own handler."""
    if place.watchers:
        empty_scope(run, scope.id, "ended")
    if run.marking.undoable and place.handler is None:
        hand_up(run, scope.id, scope.parent)
    run.emit(e.ScopeClosed(scope=scope.id))


SUB_PROCESS = Behaviour(enter=enter, ended_inside=ended_inside)
