"""The compensation end event: waits until what was completed is undone, the latest first, then the token ends."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements import end_event
from shuli.core.engine.elements.sub_process import is_empty
from shuli.core.engine.marking import Scope, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.undoing import begin_undoing, undo_next


def enter(run: Run, token: Token, place: Place) -> None:
    if not begin_undoing(run, token, place):
        end_event.enter(run, token, place)


def ended_inside(run: Run, token: Token, place: Place, scope: Scope) -> None:
    if is_empty(run, scope.id) and not undo_next(run, token, place, scope):
        end_event.enter(run, token, place)


COMPENSATION_END_EVENT = Behaviour(enter=enter, ended_inside=ended_inside)
