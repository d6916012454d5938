"""Move a token to another node (跳转), or bring a closed case back to one (唤醒): always into a marking that the model has.

Backwards, to a node that the token has behind it, a jump is a return. Elsewhere the enclosures that the target stands in
are opened around it: a fork's other branches have arrived at the join.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.approvals.keeping import arriving_flow
from shuli.core.engine.approvals.returns import (
    arrive_others,
    may_go_back,
    rebuild,
    reopen,
    scope_of,
    shared_depth,
    tokens_after,
)
from shuli.core.engine.approvals.routes import Enclosure, Route, route_to
from shuli.core.engine.approvals.skipping import skipped_by
from shuli.core.engine.cancelling import cancel
from shuli.core.engine.event_sub_processes import watch
from shuli.core.engine.marking import ROOT, Detour, Region, Step, Token
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import create, merged
from shuli.core.engine.world import Refused

Path = tuple[Region, ...]


def jump(run: Run, token: Token, to: str, reason: str) -> Refused | None:
    """Move a token to a node."""
    step = step_back(run, token, to)
    if step is not None:
        go_back(run, token, step, reason)
        return None
    route = route_to(run.plan, token, to)
    if isinstance(route, Refused):
        return route
    left = tokens_left(run, token, route)
    report(run, token, to, reason, left, closes_branch=route.kind == "sibling")
    arrive_at(run, token, to, route, left)
    return None


def step_back(run: Run, token: Token, to: str) -> Step | None:
    """Return the step by which the token has the node behind it."""
    step = next((one for one in token.trail if one.node == to), None)
    if step is None or to not in run.plan.places or to == token.node:
        return None
    if not may_go_back(run.plan, token.path, step.path):
        return None
    return None if is_on_side_path(run, step.path[shared_depth(token.path, step.path) :]) else step


def is_on_side_path(run: Run, path: Path) -> bool:
    """Say whether a path runs beside the main one, where a boundary event began it: it ends by itself."""
    return any(not region.flow and run.plan.places[region.node].is_side for region in path)


def go_back(run: Run, token: Token, step: Step, reason: str) -> None:
    depth = shared_depth(token.path, step.path)
    doomed = tokens_after(run.plan, run.marking, token, step, depth)
    report(run, token, step.node, reason, [token, *doomed])
    for one in (token, *doomed):
        cancel(run, one.id, "jumped")
    rebuild(run, token, step, depth, Detour(holder=step.person))


def report(
    run: Run, token: Token, to: str, reason: str, left: Iterable[Token], *, closes_branch: bool = False
) -> None:
    visit = next((visit.id for visit in run.marking.visits.values() if visit.token == token.id), None)
    run.emit(
        e.Jumped(
            token=token.id,
            node=token.node,
            to=to,
            reason=reason,
            visit=visit,
            skipped=skipped_by(run.plan, run.marking, left, to),
            closes_branch=closes_branch,
        )
    )


def tokens_left(run: Run, token: Token, route: Route) -> list[Token]:
    """Return the tokens that cannot stay: this one, and those of the block or sub-process that it leaves."""
    tokens, depth = run.marking.tokens.values(), route.shared
    if route.kind == "join":
        return [one for one in tokens if one.path[:depth] == token.path[:depth]]
    rest = token.path[depth:]
    if not rest:
        return [token]
    region, shared = rest[0], token.path[:depth]
    if not region.flow:
        return [one for one in tokens if one.path == shared and one.node == region.node]
    flows = {region.flow, route.entering[0][2]} if route.kind == "sibling" else set(region.taken)
    block = [one for one in tokens if len(one.path) > depth and one.path[:depth] == shared]
    return [one for one in block if one.path[depth].id == region.id and one.path[depth].flow in flows]


def arrive_at(run: Run, token: Token, to: str, route: Route, left: list[Token]) -> None:
    """Take the tokens away and put one at the target, with what it stands in around it."""
    path, trail = token.path[: route.shared], merged([one.trail for one in left])
    scope = scope_of(run, path)
    for one in sorted(left, key=lambda one: len(one.path)):
        cancel(run, one.id, "skipped" if route.kind == "sibling" else "jumped")
    if route.kind == "join":
        region = path[-1]
        flow = arriving_flow(run.plan, to, region.node, region.flow)
        create(run, to, scope=scope, flow=flow, trail=trail, path=path)
        return
    entering = route.entering
    if route.kind == "sibling":
        close_branch(run, token, route.shared, scope)
        path = (*path, replace(token.path[route.shared], flow=entering[0][2]))
        entering = entering[1:]
    enter(run, to, entering, path=path, trail=trail, scope=scope)


def close_branch(run: Run, token: Token, depth: int, scope: int) -> None:
    """Let the branch that a jump has left arrive at its join, as skipped."""
    region = token.path[depth]
    join = run.plan.places[region.node].pair or ""
    flow = arriving_flow(run.plan, join, region.node, region.flow)
    create(run, join, scope=scope, flow=flow, trail=token.trail, path=token.path[: depth + 1])


def enter(
    run: Run,
    to: str,
    entering: tuple[Enclosure, ...],
    *,
    path: Path,
    trail: tuple[Step, ...],
    scope: int,
) -> None:
    """Open the enclosures of a node, outermost first, and put a token there."""
    for kind, name, flow in entering:
        if kind == "branch":
            region = Region(name, run.number(), flow, taken_at(run, name, flow))
            arrive_others(run, Token(id=0, node=name, trail=trail), region, path, scope)
        else:
            region = Region(name, run.number())
            scope = reopen(run, region, path, scope, trail)
        path = (*path, region)
    holder = next((step.person for step in trail if step.node == to), None)
    behind = trail_before(run, to, trail)
    create(run, to, scope=scope, trail=behind, path=path, detour=Detour(holder=holder) if holder else None)


def taken_at(run: Run, fork: str, flow: str) -> tuple[str, ...]:
    """Return the branches of a block that begins in the middle: all of a parallel fork, the one of any other."""
    place = run.plan.places[fork]
    return tuple(one.id for one in place.flows) if place.node.kind == "parallel_gateway" else (flow,)


def trail_before(run: Run, to: str, trail: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return what lies behind a node: nothing that is only still to come from there."""
    ahead = run.plan.ahead(to)
    return tuple(
        step
        for step in trail
        if step.node != to and (step.node not in ahead or to in run.plan.ahead(step.node))
    )


# A closed case ------------------------------------------------------------------------------------------


def reopen_case(run: Run, to: str, reason: str) -> Refused | None:
    """Bring a closed case back to a node as a new round; its trail is what the tokens that ended had behind them."""
    former, plan = run.marking.status, run.plan
    known = [step for step in run.marking.ended if {one.node for one in step.path} <= plan.places.keys()]
    trail = tuple(step for step in known if not is_on_side_path(run, step.path))
    token = Token(id=0, node="", trail=trail)
    step = step_back(run, token, to)
    route = None if step is not None else route_to(run.plan, token, to)
    if isinstance(route, Refused):
        return route
    run.emit(e.CaseReopened(to=to, reason=reason, former=former, at=run.now))
    if run.plan.watchers:
        watch(run, ROOT, run.plan.watchers)
    if step is not None:
        rebuild(run, token, step, 0, Detour(holder=step.person))
    elif route is not None:
        enter(run, to, route.entering, path=(), trail=trail, scope=0)
    return None
