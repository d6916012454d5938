"""The ad-hoc sub-process: people start the activities in it, in any order and as often as needed, until it is complete.

A body scope counts what has been started and has ended. Each activity that a person starts has a scope of its own beside
it, with whatever follows the activity.
"""

from shuli.core.engine import events as e
from shuli.core.engine.activities import complete
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.cancelling import close_scopes
from shuli.core.engine.elements.sub_process import is_empty
from shuli.core.engine.expressions import Problem
from shuli.core.engine.instances import body_of, counts
from shuli.core.engine.marking import Region, Scope, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import create
from shuli.core.engine.undoing import hand_up


def enter(run: Run, token: Token, place: Place) -> None:
    if not place.node.starts:
        run.incident(token, Problem(code="no_start", params={"sub_process": place.id}))
        return
    run.emit(e.ScopeOpened(scope=run.number(), node=place.id, parent=token.scope, token=token.id))


def start_activity(run: Run, token: Token, place: Place, node: str) -> None:
    """Let a person start one of the activities inside."""
    body = body_of(run, token)
    scope = run.number()
    run.emit(e.ScopeOpened(scope=scope, node=place.id, parent=body.id, token=token.id))
    create(run, node, scope=scope, trail=token.trail, path=(*token.path, Region(place.id, scope)))


def ended_inside(run: Run, token: Token, place: Place, scope: Scope) -> None:
    if not is_empty(run, scope.id):
        return
    hand_up(run, scope.id, scope.parent)
    run.emit(e.ScopeClosed(scope=scope.id))
    run.emit(e.InstanceFinished(scope=scope.parent))
    proceed(run, run.marking.tokens[token.id], place)


def proceed(run: Run, token: Token, place: Place) -> None:
    """See whether the sub-process is complete now."""
    enough = is_complete(run, token, place)
    if isinstance(enough, Problem):
        run.incident(token, enough, "proceed")
    elif enough and (
        place.node.ad_hoc is None or place.node.ad_hoc.cancels_remaining or not running(run, token)
    ):
        finish(run, token, place)


def is_complete(run: Run, token: Token, place: Place) -> bool | Problem:
    """Say whether the model says that the sub-process is complete; without a condition a person says it."""
    rule, body = place.node.ad_hoc, body_of(run, token)
    if rule is None or rule.completion is None:
        return False
    return run.holds(rule.completion, token.scope, counts(body, len(running(run, token))))


def running(run: Run, token: Token) -> list[int]:
    """Return the scopes of what has been started and has not ended."""
    body = body_of(run, token)
    return [scope.id for scope in run.marking.scopes.values() if scope.parent == body.id]


def finish(run: Run, token: Token, place: Place) -> None:
    """Cancel what still runs inside, and go on."""
    body = body_of(run, token)
    if place.handler is None:
        hand_up(run, body.id, body.parent)
    close_scopes(run, token.id, "the ad-hoc sub-process is complete")
    complete(run, run.marking.tokens[token.id], place)


AD_HOC_SUB_PROCESS = Behaviour(enter=enter, ended_inside=ended_inside)
