"""The event-based gateway: the token waits for all the events behind it; the first to happen decides the way."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.waiting import arm_all


def enter(run: Run, token: Token, place: Place) -> None:
    places = tuple(run.plan.places[flow.target] for flow in place.flows)
    problem = arm_all(run, token, places)
    if problem is not None:
        run.incident(token, problem)


EVENT_BASED_GATEWAY = Behaviour(enter=enter)
