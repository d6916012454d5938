"""The send task: people are told by its notice, another process by its message; a service may do the sending."""

from shuli.core.engine import services
from shuli.core.engine.activities import complete
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.marking import Token
from shuli.core.engine.messages import throw_message
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def enter(run: Run, token: Token, place: Place) -> None:
    if place.node.service is not None:
        services.enter(run, token, place)
    elif place.node.event.name is None or throw_message(run, token, place):
        complete(run, token, place)


SEND_TASK = Behaviour(enter=enter)
