"""The event-based gateway: the token waits for all the events behind it; the first to happen decides the way."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.waiting import arm_all


def enter(run: Run, token: Token, place: Place) -> None:
    places = tuple(run.plan.places[flow.target] for flow in place.flows)
    problem = not_an_event(places) or arm_all(run, token, places)
    if problem is not None:
        run.incident(token, problem)


def not_an_event(places: tuple[Place, ...]) -> Problem | None:
    """Return the problem that one of the ways does not begin with something to wait for."""
    wrong = [place.id for place in places if place.arm is None]
    return Problem(code="no_event_behind", params={"nodes": wrong}) if wrong or not places else None


EVENT_BASED_GATEWAY = Behaviour(enter=enter)
