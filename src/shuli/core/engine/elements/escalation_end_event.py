"""The escalation end event: something is reported outward, then the token ends."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.catching import throw_escalation
from shuli.core.engine.elements import end_event
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def enter(run: Run, token: Token, place: Place) -> None:
    if throw_escalation(run, token, place):
        end_event.enter(run, token, place)


ESCALATION_END_EVENT = Behaviour(enter=enter)
