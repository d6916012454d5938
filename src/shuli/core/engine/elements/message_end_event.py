"""The message end event: a message goes out, then the token ends."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements import end_event
from shuli.core.engine.marking import Token
from shuli.core.engine.messages import throw_message
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def enter(run: Run, token: Token, place: Place) -> None:
    if throw_message(run, token, place):
        end_event.enter(run, token, place)


MESSAGE_END_EVENT = Behaviour(enter=enter)
