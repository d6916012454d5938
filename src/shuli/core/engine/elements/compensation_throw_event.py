"""The intermediate throwing compensation event: waits until what was completed is undone, the latest first, and goes on."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.sub_process import is_empty
from shuli.core.engine.marking import Scope, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import leave
from shuli.core.engine.undoing import begin_undoing, undo_next


def enter(run: Run, token: Token, place: Place) -> None:
    if not begin_undoing(run, token, place):
        leave(run, token, place)


def ended_inside(run: Run, token: Token, place: Place, scope: Scope) -> None:
    if is_empty(run, scope.id) and not undo_next(run, token, place, scope):
        leave(run, token, place)


COMPENSATION_THROW_EVENT = Behaviour(enter=enter, ended_inside=ended_inside)
