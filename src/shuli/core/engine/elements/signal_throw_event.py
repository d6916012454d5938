"""The intermediate throwing signal event: a signal goes out to everybody, and the token goes on."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.signals import throw_signal
from shuli.core.engine.tokens import leave


def enter(run: Run, token: Token, place: Place) -> None:
    if throw_signal(run, token, place):
        leave(run, token, place)


SIGNAL_THROW_EVENT = Behaviour(enter=enter)
