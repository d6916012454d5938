"""Parallel and inclusive joins.

A join that closes a known fork waits for exactly the branches that this firing of the fork has taken: for the tokens
whose path names the firing. A join without such a fork counts as BPMN does: a parallel one by its incoming flows, an
inclusive one by whether any token can still reach it.
"""

from shuli.core.engine import events as e
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Region, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import depart, has_side, merged


def join(run: Run, token: Token, place: Place) -> None:
    """Let a token arrive at a join; the last one to arrive goes on for all."""
    if not token.joining:
        run.emit(e.TokenJoining(token=token.id))
        token = run.marking.tokens[token.id]
    group = complete_group(run, token, place)
    if group:
        fire(run, token, group, place)
    else:
        run.look_at_joins = True


def complete_group(run: Run, token: Token, place: Place) -> list[Token]:
    """Return the tokens that the join unites now; empty while it waits for more."""
    depth = depth_of_fork(token, place)
    if depth is None:
        return classic_group(run, token, place)
    region = token.path[depth]
    live = in_region(run, region, depth)
    if any(not (one.joining and one.node == place.id) for one in live):
        return []
    # A branch that ended inside its block never arrives; an inclusive join does not wait for it.
    if place.node.kind == "parallel_gateway" and len(live) < len(region.taken):
        return []
    return live


def depth_of_fork(token: Token, place: Place) -> int | None:
    """Return where in the token's path the innermost branch stands that this join closes."""
    for depth in range(len(token.path) - 1, -1, -1):
        region = token.path[depth]
        if region.flow and region.node in place.forks:
            return depth
    return None


def in_region(run: Run, region: Region, depth: int) -> list[Token]:
    """Return the tokens in all branches of one firing of a fork, but not those on side paths, which end by themselves."""
    found = []
    for token in run.marking.tokens.values():
        path = token.path
        if len(path) <= depth or path[depth].id != region.id:
            continue
        if len(path) == depth + 1 or not has_side(run, path[depth + 1 :]):
            found.append(token)
    return found


def fire(run: Run, token: Token, group: list[Token], place: Place) -> None:
    """Unite the group in one token, which leaves the join."""
    for other in group:
        if other.id != token.id:
            run.emit(e.TokenConsumed(token=other.id, reason="joined"))
    depth = depth_of_fork(token, place)
    path = token.path[:depth] if depth is not None else common_path(group)
    run.emit(e.TrailMerged(token=token.id, trail=merged(one.trail for one in group), path=path))
    depart(run, run.marking.tokens[token.id], place)


def common_path(group: list[Token]) -> tuple[Region, ...]:
    """Return the regions in which all of the group stand."""
    first = group[0].path
    depth = min(len(token.path) for token in group)
    for at in range(depth):
        if any((token.path[at].id, token.path[at].flow) != (first[at].id, first[at].flow) for token in group):
            return first[:at]
    return first[:depth]


# Without a known fork -----------------------------------------------------------------------------------


def classic_group(run: Run, token: Token, place: Place) -> list[Token]:
    waiting = [one for one in run.marking.tokens.values() if one.joining and is_beside(one, token)]
    by_flow = {one.flow: one for one in reversed(waiting)}
    if place.incoming <= by_flow.keys():
        return list(by_flow.values())
    if place.node.kind == "parallel_gateway" or some_token_can_come(run, token, place, set(by_flow)):
        return []
    return list(by_flow.values())


def is_beside(one: Token, other: Token) -> bool:
    return one.node == other.node and one.scope == other.scope


def some_token_can_come(run: Run, token: Token, place: Place, arrived: set[str | None]) -> bool:
    """Say whether a token of this scope can still reach the join over a flow on which none has arrived."""
    plan = run.plan
    sources = {flow.source for flow in place.node.incoming if flow.id not in arrived}
    for other in run.marking.tokens.values():
        if other.scope != token.scope or (other.node == place.id and other.joining):
            continue
        reach = plan.ahead_without(other.node, place.id) | {other.node}
        if sources & reach:
            return True
    return False


# When nothing else moves --------------------------------------------------------------------------------


def recheck(run: Run) -> None:
    """Fire the joins that the end of another token has completed; stop where a join can never fire."""
    for token in [token for token in run.marking.tokens.values() if token.joining]:
        if token.id not in run.marking.tokens:
            continue
        place = run.plan.places[token.node]
        group = complete_group(run, token, place)
        if group:
            fire(run, token, group, place)
            return
        if is_stuck(run, token, place) and not has_incident(run, token):
            problem = Problem(code="join_never_completes", params={"join": place.id})
            run.incident(token, problem)


def is_stuck(run: Run, token: Token, place: Place) -> bool:
    """Say whether nothing is left that could still arrive at the join."""
    depth = depth_of_fork(token, place)
    if depth is not None:
        return all(one.joining and one.node == place.id for one in in_region(run, token.path[depth], depth))
    holders = {scope.token for scope in run.marking.scopes.values()}
    return all(one.joining or one.id in holders for one in run.marking.tokens.values())


def has_incident(run: Run, token: Token) -> bool:
    """Say whether this join has been reported, for this token or one beside it."""
    tokens = run.marking.tokens
    return any(
        incident.token in tokens and is_beside(tokens[incident.token], token)
        for incident in run.marking.incidents.values()
        if incident.token is not None
    )
