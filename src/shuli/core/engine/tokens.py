"""How tokens come, move on and go."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from shuli.core.bpmn.graph import Flow
from shuli.core.engine import events as e
from shuli.core.engine.approvals.keeping import carried, carry, forget
from shuli.core.engine.expressions import Problem, seen
from shuli.core.engine.marking import ROOT, Detour, Region, Step, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.waiting import disarm

MOST_TOKENS = 10_000  # a case with more live tokens has a fork in a loop

Path = tuple[Region, ...]
Trail = tuple[Step, ...]


def create(
    run: Run,
    node: str,
    *,
    scope: int = ROOT,
    flow: str | None = None,
    trail: Trail = (),
    path: Path = (),
    detour: Detour | None = None,
) -> int:
    """Put a new token at a node, which it enters when its turn comes; return its number."""
    number = run.number()
    run.emit(
        e.TokenCreated(token=number, node=node, scope=scope, flow=flow, trail=trail, path=path, detour=detour)
    )
    run.arrivals.append(number)
    return number


def move(run: Run, token_id: int, flow: Flow, region: Region | None = None) -> None:
    """Send a token over a flow to the next node."""
    run.emit(e.TokenMoved(token=token_id, node=flow.target, flow=flow.id, region=region))
    run.arrivals.append(token_id)


def go_on(run: Run, token_id: int, place: Place, flow: Flow) -> None:
    """Send a token over the only flow out of a node; at a join it begins to wait at once."""
    run.emit(e.TokenMoved(token=token_id, node=flow.target, flow=flow.id, joining=place.is_before_join))
    run.arrivals.append(token_id)


def leave(run: Run, token: Token, place: Place) -> None:
    """Send the token on from a node that is done."""
    if place.assigns and not assign(run, token, place):
        return
    m = run.marking
    if m.timers or m.subscriptions:
        disarm(run, token.id)
    if place.single is None:
        depart(run, token, place)
    else:
        go_on(run, token.id, place, place.single)


def depart(run: Run, token: Token, place: Place) -> None:
    """Send the token over the flows that apply."""
    if place.single is not None:
        go_on(run, token.id, place, place.single)
        return
    flows = outgoing(run, token, place)
    if isinstance(flows, Problem):
        run.incident(token, flows, "depart")
    elif not flows:
        end(run, run.marking.tokens[token.id])
    else:
        fork(run, run.marking.tokens[token.id], place, flows)


def assign(run: Run, token: Token, place: Place) -> bool:
    """Keep what the node leaves when it completes, its variables and that it can be undone; False: it became an incident."""
    values: dict[str, Any] = {}
    for rule in place.node.duty.assign:
        value = run.value(rule.value, token.scope, values)
        if isinstance(value, Problem):
            run.incident(token, value, "leave")
            return False
        values[rule.name] = value
    if values:
        run.set_variables(values, token.scope)
    if place.handler is not None:
        run.emit(e.UndoableKept(node=place.id, scope=token.scope, order=run.number()))
    return True


def outgoing(run: Run, token: Token, place: Place) -> tuple[Flow, ...] | Problem:
    """Return the flows on which tokens leave: all without a condition, those whose condition holds, or the default."""
    taken = []
    for flow in place.flows:
        if flow.is_default:
            continue
        if flow.condition is None or place.node.kind == "parallel_gateway":
            taken.append(flow)
            continue
        holds = run.holds(flow.condition, token.scope)
        if isinstance(holds, Problem):
            return holds
        if holds:
            taken.append(flow)
    if taken or not place.flows:
        return tuple(taken)
    return default_flow(run, token, place)


def default_flow(run: Run, token: Token, place: Place) -> tuple[Flow, ...] | Problem:
    """Return the default flow, or the problem that no way out of the node applies."""
    default = tuple(flow for flow in place.flows if flow.is_default)
    if default:
        return default
    conditions = [flow.condition for flow in place.flows if flow.condition]
    context = run.context(token.scope)
    values = {name: text for source in conditions for name, text in seen(source, context).items()}
    return Problem(code="no_condition_true", params={"conditions": conditions, "values": values})


def fork(run: Run, token: Token, place: Place, flows: tuple[Flow, ...]) -> None:
    """Send one token over each flow; the first is the one that arrived."""
    if len(flows) == 1 and place.pair is None:
        move(run, token.id, flows[0])
        return
    if len(run.marking.tokens) + len(flows) > MOST_TOKENS:
        run.incident(token, Problem(code="too_many_tokens", params={"limit": MOST_TOKENS}), "depart")
        return
    firing = run.number()
    if run.marking.kept:
        fork_again(run, token, place, flows, firing)
        return
    numbers = [token.id, *[run.number() for _ in flows[1:]]]
    branches = [e.Branch(number, flow.id, flow.target) for number, flow in zip(numbers, flows, strict=True)]
    run.emit(e.TokensForked(token=token.id, fork=place.id, firing=firing, branches=tuple(branches)))
    run.arrivals.extend(numbers)


def fork_again(run: Run, token: Token, place: Place, flows: tuple[Flow, ...], firing: int) -> None:
    """Send one token over each flow; a branch that was done before and may stay done has arrived at once."""
    taken = tuple([flow.id for flow in flows])
    kept = {flow.id: found for flow in flows if (found := carried(run, token, place, flow))}
    forget(run, place)
    for index, flow in enumerate(flows):
        number, region = token.id, Region(place.id, firing, flow.id, taken)
        if index:
            number = run.number()
            run.emit(
                e.TokenCreated(
                    token=number, node=place.id, scope=token.scope, trail=token.trail, path=token.path
                )
            )
        if flow.id in kept:
            carry(run, number, place, region, kept[flow.id])
        else:
            move(run, number, flow, region)


def end(run: Run, token: Token) -> None:
    """Let the token end here; its scope ends with its last token."""
    if token.scope != ROOT and not on_side_path(run, token):
        hand_up_trail(run, token)
    run.emit(e.TokenConsumed(token=token.id))
    if token.scope != ROOT:
        run.left_scopes.append(token.scope)
    if run.marking.tokens:
        run.look_at_joins = True


def has_side(run: Run, regions: Path) -> bool:
    """Say whether a non-interrupting boundary event's path of its own is among the regions."""
    places = run.plan.places
    return any(not region.flow and places[region.node].is_side for region in regions)


def on_side_path(run: Run, token: Token) -> bool:
    """Say whether the token is, within its scope, on a path that a non-interrupting boundary event started."""
    for region in reversed(token.path):
        if not region.flow:
            return run.plan.places[region.node].is_side
    return False


def hand_up_trail(run: Run, token: Token) -> None:
    """Let the token that waits at the sub-process know what was completed inside."""
    scope = run.marking.scopes[token.scope]
    if not run.plan.places[scope.node].is_activity:
        return
    outer = run.marking.tokens[scope.token]
    if run.plan.places[scope.node].node.ad_hoc is not None:
        remember(run, outer, token)
        return
    trail = merged([outer.trail, token.trail])
    if trail != outer.trail:
        run.emit(e.TrailMerged(token=outer.id, trail=trail, path=outer.path))


def remember(run: Run, outer: Token, token: Token) -> None:
    """Let an activity's own token know that people worked inside: as one step, for it is redone as a whole."""
    new = [step for step in token.trail if step not in outer.trail]
    if new:
        last = max(new, key=lambda step: step.visit)
        step = Step(outer.node, last.visit, last.person, outer.path)
        run.emit(e.TrailMerged(token=outer.id, trail=merged([outer.trail, (step,)]), path=outer.path))


def merged(trails: Sequence[Trail]) -> Trail:
    """Return several trails as one: each node once, with its latest visit, oldest first."""
    latest: dict[str, Step] = {}
    for trail in trails:
        for step in trail:
            known = latest.get(step.node)
            if known is None or known.visit < step.visit:
                latest[step.node] = step
    return tuple(sorted(latest.values(), key=visit_of))


visit_of = attrgetter("visit")
