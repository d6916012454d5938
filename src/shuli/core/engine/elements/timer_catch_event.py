"""The intermediate timer event: the token waits for a date, a duration or a working-time limit."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.events import TimerSet
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.timing import first_moment
from shuli.core.engine.waiting import arm_all, timer_for


def arm(run: Run, token: Token, place: Place) -> TimerSet | Problem:
    at = first_moment(run, token, place)
    return at if isinstance(at, Problem) else timer_for(run, token, place, at)


def enter(run: Run, token: Token, place: Place) -> None:
    problem = arm_all(run, token, (place,))
    if problem is not None:
        run.incident(token, problem)


TIMER_CATCH_EVENT = Behaviour(enter=enter, arm=arm)
