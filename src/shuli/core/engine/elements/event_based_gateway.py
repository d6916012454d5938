"""The event-based gateway: waits for the events behind it. Exclusive, the first to happen decides the way; parallel, all do.

One that instantiates begins the case: the event that came is past, and a parallel one waits for the others.
"""

from shuli.core.engine.activities import complete
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import ROOT, Region, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import Trail, create, fork
from shuli.core.engine.waiting import arm_all


def enter(run: Run, token: Token, place: Place) -> None:
    places = tuple(run.plan.places[flow.target] for flow in place.flows)
    problem = not_an_event(places)
    if problem is None and place.node.parallel:
        fork(run, token, place, place.flows)
        return
    problem = problem or arm_all(run, token, places)
    if problem is not None:
        run.incident(token, problem)


def not_an_event(places: tuple[Place, ...]) -> Problem | None:
    """Return the problem that one of the ways does not begin with something to wait for."""
    wrong = [place.id for place in places if place.arm is None]
    return Problem(code="no_event_behind", params={"nodes": wrong}) if wrong or not places else None


def begin(run: Run, place: Place, event: str, trail: Trail) -> None:
    """Begin a case with an event behind the gateway, which has just happened."""
    flows = [flow for flow in place.flows if place.node.parallel or flow.target == event]
    firing = run.number() if place.node.parallel else 0
    taken = tuple(flow.id for flow in flows)
    for flow in flows:
        path = (Region(place.id, firing, flow.id, taken),) if firing else ()
        token = create(run, flow.target, scope=ROOT, flow=flow.id, trail=trail, path=path)
        if flow.target == event:
            run.arrivals.remove(token)
            complete(run, run.marking.tokens[token], run.plan.places[event])


EVENT_BASED_GATEWAY = Behaviour(enter=enter)
