"""The intermediate throwing message event: a message goes out and the token goes on."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.marking import Token
from shuli.core.engine.messages import throw_message
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import leave


def enter(run: Run, token: Token, place: Place) -> None:
    if throw_message(run, token, place):
        leave(run, token, place)


MESSAGE_THROW_EVENT = Behaviour(enter=enter)
