"""The intermediate throwing escalation event: something is reported outward, and the token goes on."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.catching import throw_escalation
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import leave


def enter(run: Run, token: Token, place: Place) -> None:
    if throw_escalation(run, token, place):
        leave(run, token, place)


ESCALATION_THROW_EVENT = Behaviour(enter=enter)
