"""The cancel end event: the transaction stops, what was completed in it is undone, and its cancel event goes on."""

from shuli.core.engine.activities import trip
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.cancelling import cancel
from shuli.core.engine.catching import outward
from shuli.core.engine.elements.sub_process import is_empty
from shuli.core.engine.event_sub_processes import around
from shuli.core.engine.events import TrailMerged
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Scope, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.undoing import begin_undoing, undo_next


def enter(run: Run, token: Token, place: Place) -> None:
    if outward(run, token, "cancel", None) is None:
        run.incident(token, Problem(code="no_cancel_event", params={}))
        return
    for other in [other for other in run.marking.tokens.values() if other.scope == token.scope]:
        if other.id != token.id:
            cancel(run, other.id, place.id)
    # The branches around it are gone, and nobody goes back to a step of what is being undone.
    trail, path = around(run.marking, token.scope)
    run.emit(TrailMerged(token=token.id, trail=trail, path=path))
    token = run.marking.tokens[token.id]
    if not begin_undoing(run, token, place):
        leave_transaction(run, token)


def ended_inside(run: Run, token: Token, place: Place, scope: Scope) -> None:
    if is_empty(run, scope.id) and not undo_next(run, token, place, scope):
        leave_transaction(run, token)


def leave_transaction(run: Run, token: Token) -> None:
    found = outward(run, token, "cancel", None)
    if found is not None:
        trip(run, *found)


CANCEL_END_EVENT = Behaviour(enter=enter, ended_inside=ended_inside)
