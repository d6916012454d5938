"""The error end event: the boundary event that catches the error goes on; uncaught, the case fails."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.cancelling import cancel_everything
from shuli.core.engine.catching import throw_error
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def enter(run: Run, token: Token, place: Place) -> None:
    name = place.node.event.name
    if throw_error(run, token, name):
        return
    run.ending = "failed"
    run.ending_reason = name or place.id
    cancel_everything(run, place.id)


ERROR_END_EVENT = Behaviour(enter=enter)
