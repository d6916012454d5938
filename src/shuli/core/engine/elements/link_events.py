"""Link events: the throwing one sends the token to the catching one, an off-page connector."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.events import TokenMoved
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import leave


def throw(run: Run, token: Token, place: Place) -> None:
    target = place.node.link_target
    if target not in run.plan.places:
        params = {"link": place.node.event.name or place.id}
        run.incident(token, Problem(code="link_without_target", params=params))
        return
    run.emit(TokenMoved(token=token.id, node=target))
    run.arrivals.append(token.id)


LINK_THROW_EVENT = Behaviour(enter=throw)
LINK_CATCH_EVENT = Behaviour(enter=leave)
