"""The exclusive gateway: the first flow whose condition holds, else the default one."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import default_flow, end, move


def enter(run: Run, token: Token, place: Place) -> None:
    for flow in place.flows:
        if flow.is_default:
            continue
        holds = flow.condition is None or run.holds(flow.condition, token.scope)
        if isinstance(holds, Problem):
            run.incident(token, holds)
            return
        if holds:
            move(run, token.id, flow)
            return
    take_default(run, token, place)


def take_default(run: Run, token: Token, place: Place) -> None:
    if not place.flows:
        end(run, token)
        return
    default = default_flow(run, token, place)
    if isinstance(default, Problem):
        run.incident(token, default)
    else:
        move(run, token.id, default[0])


EXCLUSIVE_GATEWAY = Behaviour(enter=enter)
