"""The complex gateway: its join goes on as soon as enough branches have arrived, and takes in those that come later.

Each firing of the fork is counted by itself, so the join is reset when the fork fires again. As a fork it sends a token over
each flow whose condition holds.
"""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.events import TokenConsumed
from shuli.core.engine.expressions import Problem
from shuli.core.engine.joins import depth_of_fork, in_region, is_enough, join
from shuli.core.engine.marking import ROOT, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import depart


def enter(run: Run, token: Token, place: Place) -> None:
    if len(place.incoming) <= 1 and not place.forks:
        depart(run, token, place)
    elif any(region.node == place.id for region in token.path):
        take_in(run, token)
    else:
        arrive(run, token, place)


def take_in(run: Run, token: Token) -> None:
    """Let a branch end that comes after the join has gone on."""
    run.emit(TokenConsumed(token=token.id, reason="joined"))
    if token.scope != ROOT:
        run.left_scopes.append(token.scope)
    run.look_at_joins = True


def arrive(run: Run, token: Token, place: Place) -> None:
    depth = depth_of_fork(token, place)
    if depth is not None:
        others = in_region(run, token.path[depth].id, depth)
        arrived = sum(one.joining and one.node == place.id for one in others if one.id != token.id) + 1
        problem = is_enough(run, token, place, arrived, len(others))
        if isinstance(problem, Problem):
            run.incident(token, problem)
            return
    join(run, token, place)


COMPLEX_GATEWAY = Behaviour(enter=enter)
