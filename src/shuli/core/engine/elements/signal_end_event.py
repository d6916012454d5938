"""The signal end event: a signal goes out to everybody, then the token ends."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements import end_event
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.signals import throw_signal


def enter(run: Run, token: Token, place: Place) -> None:
    if throw_signal(run, token, place):
        end_event.enter(run, token, place)


SIGNAL_END_EVENT = Behaviour(enter=enter)
