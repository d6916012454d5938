"""The embedded sub-process: its token waits while others run inside, and goes on when the last of them has ended."""

from shuli.core.engine import events as e
from shuli.core.engine.activities import complete
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.cancelling import empty_scope
from shuli.core.engine.event_sub_processes import is_watching, watch
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Region, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import create


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


def emptied(run: Run, scope_id: int) -> None:
    """Close a sub-process in which no token is left."""
    scope = run.marking.scopes.get(scope_id)
    if scope is None or any(
        token.scope == scope_id and not is_watching(run.plan, token) for token in run.marking.tokens.values()
    ):
        return
    if run.plan.places[scope.node].watchers:
        empty_scope(run, scope_id, "ended")
    run.emit(e.ScopeClosed(scope=scope_id))
    complete(run, run.marking.tokens[scope.token], run.plan.places[scope.node])


SUB_PROCESS = Behaviour(enter=enter)
