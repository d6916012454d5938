"""The terminate end event: everything else in its sub-process, or in the case, is cancelled."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.cancelling import cancel
from shuli.core.engine.elements import end_event
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def enter(run: Run, token: Token, place: Place) -> None:
    for other in [other for other in run.marking.tokens.values() if other.scope == token.scope]:
        if other.id != token.id:
            cancel(run, other.id, place.id, "terminated")
    end_event.enter(run, token, place)


TERMINATE_END_EVENT = Behaviour(enter=enter)
