"""The receive task: the token waits for a message."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.waiting import message_for


def enter(run: Run, token: Token, place: Place) -> None:
    waiting = message_for(run, token, place)
    if isinstance(waiting, Problem):
        run.incident(token, waiting)
    else:
        run.emit(waiting)


RECEIVE_TASK = Behaviour(enter=enter, arm=message_for)
