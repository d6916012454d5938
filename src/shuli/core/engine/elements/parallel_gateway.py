"""The parallel gateway: waits for all that come in, then sends a token over every flow."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.joins import join
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import depart


def enter(run: Run, token: Token, place: Place) -> None:
    if len(place.incoming) > 1 or place.forks:
        join(run, token, place)
    else:
        depart(run, token, place)


PARALLEL_GATEWAY = Behaviour(enter=enter)
