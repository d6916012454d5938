"""Parallel and inclusive joins.

A join that closes a known fork waits for exactly the branches that this firing of the fork has taken: for the tokens
whose path names the firing. A join without such a fork counts as BPMN does: a parallel one by its incoming flows, an
inclusive one by whether any token can still reach it.
"""

from shuli.core.engine import events as e
from shuli.core.engine.cancelling import resolve_incidents
from shuli.core.engine.event_sub_processes import is_watching
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Region, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import depart, has_side, merged


def join(run: Run, token: Token, place: Place) -> None:
    """Let a token arrive at a join; the last one to arrive goes on for all."""
    depth = depth_of_fork(token, place)
    group = group_of(run, token, place, depth)
    if group:
        fire(run, token, group, place, depth)
        return
    if not token.joining:
        run.emit(e.TokenJoining(token=token.id))
    if depth is None or group is not None:
        run.look_at_joins = True


def group_of(run: Run, token: Token, place: Place, depth: int | None) -> list[Token] | None:
    """Return the tokens that the join unites now; None while it waits, empty where it can wait for nothing more."""
    if place.node.kind == "complex_gateway":
        return [] if depth is None else enough_group(run, token, place, depth)
    return classic_group(run, token, place) if depth is None else block_group(run, token, place, depth)


def block_group(run: Run, token: Token, place: Place, depth: int) -> list[Token] | None:
    """Return the tokens that the join unites, this one among them; None while others are still on their way.

    Empty: nobody else is on the way, but a branch is missing, because it ended inside its block. An inclusive join does
    not wait for it; a parallel one never completes.
    """
    region = token.path[depth]
    group = in_region(run, region.id, depth)
    for one in group:
        if not (one.joining and one.node == place.id) and one.id != token.id:
            # Whoever waits at another join may be waiting for this one: see whether anything is left that moves.
            if one.joining or run.marking.scopes:
                run.look_at_joins = True
            return None
    if len(group) < len(region.taken) and place.node.kind == "parallel_gateway":
        return []
    return group


def enough_group(run: Run, token: Token, place: Place, depth: int) -> list[Token] | None:
    """Return the tokens that have arrived at a complex join, when its condition says that they are enough."""
    group = in_region(run, token.path[depth].id, depth)
    arrived = [one for one in group if one.id == token.id or (one.joining and one.node == place.id)]
    if is_enough(run, token, place, len(arrived), len(group)) is True:
        return arrived
    return [] if len(arrived) == len(group) else None


def is_enough(run: Run, token: Token, place: Place, arrived: int, expected: int) -> bool | Problem:
    """Say whether so many arrivals activate a complex join; without a condition it waits for all."""
    source = place.node.activation
    return (
        arrived == expected
        if source is None
        else run.holds(source, token.scope, {"activationCount": arrived})
    )


def leave_behind(run: Run, group: list[Token], place: Place, depth: int) -> None:
    """Set the branches apart that a complex join does not wait for."""
    firing = group[0].path[depth].id
    gone = {one.path[depth].flow for one in group}
    late = dict.fromkeys(one.path[depth].flow for one in in_region(run, firing, depth))
    regions = tuple((flow, run.number()) for flow in late if flow not in gone)
    if regions:
        run.emit(e.BranchesLeftBehind(firing=firing, join=place.id, regions=regions))


def depth_of_fork(token: Token, place: Place) -> int | None:
    """Return where in the token's path the innermost branch stands that this join closes."""
    depth = len(token.path)
    for region in reversed(token.path):
        depth -= 1
        if region.flow and region.node in place.forks:
            return depth
    return None


def in_region(run: Run, firing: int, depth: int) -> list[Token]:
    """Return the tokens in all branches of one firing of a fork, but not those on side paths, which end by themselves."""
    inside = depth + 1
    found = []
    for token in run.marking.tokens.values():
        path = token.path
        deep = len(path)
        if deep > depth and path[depth].id == firing and (deep == inside or not has_side(run, path[inside:])):
            found.append(token)
    return found


def fire(run: Run, token: Token, group: list[Token], place: Place, depth: int | None) -> None:
    """Unite the group in one token, which leaves the join."""
    if run.marking.incidents:
        for one in group:
            # That it seemed to wait for ever has been reported, and has turned out wrong.
            resolve_incidents(run, one.id)
    if depth is not None and place.node.kind == "complex_gateway":
        leave_behind(run, group, place, depth)
    path = common_path(group) if depth is None else token.path[:depth]
    others = tuple([one.id for one in group if one.id != token.id])
    trail = merged([one.trail for one in group])
    run.emit(e.TokensJoined(token=token.id, others=others, trail=trail, path=path))
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


def classic_group(run: Run, token: Token, place: Place) -> list[Token] | None:
    """Return one waiting token for each incoming flow, as far as the join needs them; None while it waits for more."""
    beside = [one for one in run.marking.tokens.values() if is_beside(one, token)]
    by_flow = {one.flow: one for one in reversed(beside) if one.joining or one.id == token.id}
    if place.incoming <= by_flow.keys():
        return list(by_flow.values())
    if place.node.kind == "parallel_gateway" or some_token_can_come(run, token, place, set(by_flow)):
        return None
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
    """Fire a join that the end of another token has completed; stop where a join can never fire."""
    run.look_at_joins = run.plan.counts_classically
    for token in [token for token in run.marking.tokens.values() if token.joining]:
        place = run.plan.places[token.node]
        depth = depth_of_fork(token, place)
        group = group_of(run, token, place, depth)
        if group:
            run.look_at_joins = True
            fire(run, token, group, place, depth)
            return
        is_stuck = all_wait_at_joins(run) if group is None else True
        if is_stuck and not has_incident(run, token):
            run.incident(token, Problem(code="join_never_completes", params={"join": place.id}))


def all_wait_at_joins(run: Run) -> bool:
    """Say whether no token of the case is left that could arrive anywhere."""
    places = run.plan.places
    # What lies in an ad-hoc sub-process a person may start at any time.
    scopes = [scope for scope in run.marking.scopes.values() if places[scope.node].node.ad_hoc is None]
    holders = {scope.token for scope in scopes}
    tokens = run.marking.tokens.values()
    return all(token.joining or token.id in holders or is_watching(run.plan, token) for token in tokens)


def has_incident(run: Run, token: Token) -> bool:
    """Say whether this join has been reported, for this token or one beside it."""
    tokens = run.marking.tokens
    return any(
        incident.token in tokens and is_beside(tokens[incident.token], token)
        for incident in run.marking.incidents.values()
        if incident.token is not None
    )
