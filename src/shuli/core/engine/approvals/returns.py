"""Sending work back across branches and sub-processes (design of the engine, "Returns and jumps").

A token's path names what encloses it, and each step of its trail the path on which it was done. What the two paths share
is untouched. What the token has entered since is cancelled. What the step stood in, and has been left since, is built
again: a fork's other branches stand at the join, for they have already arrived.
"""

from typing import Any

from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.activities import prepare
from shuli.core.engine.approvals.keeping import arriving_flow, in_branch, keep_branches
from shuli.core.engine.cancelling import cancel, close_visit
from shuli.core.engine.event_sub_processes import watch
from shuli.core.engine.expressions import compiled
from shuli.core.engine.marking import ROOT, Detour, Marking, Region, Step, Token, Visit
from shuli.core.engine.plan import Place, Plan
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import assign, create, depart
from shuli.core.engine.waiting import disarm

Path = tuple[Region, ...]


# Where to -----------------------------------------------------------------------------------------------


def targets(plan: Plan, marking: Marking, visit: Visit) -> tuple[Step, ...]:
    """Return the steps to which the node's policy lets this visit be sent back, oldest first."""
    possible = reachable_back(plan, marking, marking.tokens[visit.token])
    policy = plan.graph.nodes[visit.node].duty.returns
    return narrowed(policy, possible, marking.starter)


def narrowed(policy: str, possible: tuple[Step, ...], starter: str | None) -> tuple[Step, ...]:
    if policy == "none" or not possible:
        return ()
    if policy == "previous":
        return possible[-1:]
    if policy == "starter":
        theirs = tuple(step for step in possible if step.person == starter)
        return (theirs or possible)[:1]
    return possible


def reachable_back(plan: Plan, marking: Marking, token: Token) -> tuple[Step, ...]:
    """Return the steps that an ancestor of the token completed and that it may be sent back to, oldest first."""
    around = {token.node}
    scope = token.scope
    while scope != ROOT:
        around.add(marking.scopes[scope].node)
        scope = marking.scopes[scope].parent
    return tuple(
        step
        for step in token.trail
        if step.node in plan.places and step.node not in around and may_go_back(plan, token.path, step.path)
    )


def may_go_back(plan: Plan, here: Path, there: Path) -> bool:
    """Refuse what lies beside or ahead, and whatever lies in a region whose fork has no known join.

    Beside: in another branch of a fork around the token. Ahead: in an earlier firing of such a fork, which a loop has run
    through before; in this firing it is still to come. Nor back into a block that a complex join has closed.
    """
    if any(region.node not in plan.places for region in there):
        return False  # another version had it
    around = {region.node: region for region in here if region.flow}
    if any(region.flow and region not in here and goes_on_early(plan, region) for region in there):
        return False
    forks = [plan.places[region.node] for region in (*here, *there) if region.flow]
    if any(fork.pair is None for fork in forks):
        return False
    return all(around.get(region.node, region) == region for region in there if region.flow)


def goes_on_early(plan: Plan, region: Region) -> bool:
    """Say whether the branch's join may have gone on without it: then its block cannot be opened again."""
    join = plan.places[region.node].pair
    return join is not None and plan.places[join].node.kind == "complex_gateway"


def shared_depth(here: Path, there: Path) -> int:
    """Return how many regions both stand in."""
    depth = 0
    for mine, theirs in zip(here, there, strict=False):
        if mine != theirs:
            break
        depth += 1
    return depth


# Going back ---------------------------------------------------------------------------------------------


def send_back(
    run: Run, visit: Visit, step: Step, *, person: str, reason: str, straight: bool = False
) -> None:
    """Close the visit as returned, take away what came after the step, and put a token at the step."""
    token = run.marking.tokens[visit.token]
    depth = shared_depth(token.path, step.path)
    doomed = tokens_after(run.plan, run.marking, token, step, depth)
    detour = Detour(visit=visit.id, holder=step.person)
    back = snapshots(run, doomed, token.path, depth, step) if straight else ()
    if back:
        reads = fields_read_between(run, step.node, visit.node, token.scope)
        detour = replace(detour, back=back, sender=visit.node, depth=depth, reads=reads)
    keep_branches(run, (token, *doomed), depth)
    close_visit(run, visit.id, "returned", person=person, reason=reason)
    run.emit(e.CaseReturned(visit=visit.id, to=step.node, reason=reason))
    cancel(run, token.id, "returned", "returned")
    for one in doomed:
        cancel(run, one.id, "returned")
    rebuild(run, token, step, depth, detour)


def return_from_call(run: Run, token: Token, to: str, reason: str) -> bool:
    """Send the work back from where a called case was waited for; False where it cannot go there."""
    possible = reachable_back(run.plan, run.marking, token)
    allowed = narrowed(run.plan.places[token.node].node.duty.returns, possible, run.marking.starter)
    step = next((one for one in reversed(allowed) if to in ("", one.node)), None)
    if step is None:
        return False
    depth = shared_depth(token.path, step.path)
    doomed = tokens_after(run.plan, run.marking, token, step, depth)
    keep_branches(run, (token, *doomed), depth)
    run.emit(e.CaseReturned(visit=0, to=step.node, reason=reason))
    for one in (token, *doomed):
        cancel(run, one.id, "returned", "returned")
    rebuild(run, token, step, depth, Detour(holder=step.person))
    return True


def tokens_after(plan: Plan, marking: Marking, token: Token, step: Step, depth: int) -> list[Token]:
    """Return the tokens that came after the step, outermost first: those within the shared regions.

    A side path goes on by itself where it did not: where it began earlier, or beside.
    """
    shared = token.path[:depth]
    reopened = [region.id for region in step.path[depth:] if not region.flow]
    since = min([step.visit, *reopened])
    inside = [one for one in marking.tokens.values() if one.path[:depth] == shared]
    later = [one for one in inside if not goes_on_by_itself(plan, one, step, depth, since)]
    return sorted(later, key=lambda one: len(one.path))


def goes_on_by_itself(plan: Plan, token: Token, step: Step, depth: int, since: int) -> bool:
    """Say whether a token is on a side path that began before `since`, or in another branch than the step."""
    places = plan.places
    # An event sub-process of a scope that goes on has nothing to do with what is done again in it.
    if len(token.path) > depth and places[token.path[depth].node].watches:
        return True
    sides = [one for one in token.path[depth:] if not one.flow and places[one.node].is_side]
    return bool(sides) and (sides[0].id < since or are_siblings(token.path, step.path))


def rebuild(run: Run, token: Token, step: Step, depth: int, detour: Detour) -> None:
    """Put a token at the step, and around it whatever it stood in that has been left since."""
    path = token.path[:depth]
    scope = scope_of(run, path)
    trail = ancestors(token.trail, step)
    for region in step.path[depth:]:
        if region.flow:
            arrive_others(run, token, region, path, scope)
            path = (*path, region)
        else:
            scope = reopen(run, region, path, scope, tuple(one for one in trail if one.visit < region.id))
            path = (*path, region)
    create(run, step.node, scope=scope, trail=trail, path=path, detour=detour)


def scope_of(run: Run, path: Path) -> int:
    """Return the innermost scope that a path names: a region that is no branch and no side path."""
    places = run.plan.places
    for region in reversed(path):
        if not region.flow and not places[region.node].is_side:
            return region.id
    return ROOT


def ancestors(trail: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    """Return what the token at the step had behind it, when it first came there."""
    return tuple(one for one in trail if one.visit < step.visit and not are_siblings(one.path, step.path))


def are_siblings(one: Path, other: Path) -> bool:
    """Say whether two paths part in two branches of one firing of a fork."""
    for mine, theirs in zip(one, other, strict=False):
        if (mine.node, mine.id, mine.flow) != (theirs.node, theirs.id, theirs.flow):
            return mine.node == theirs.node and mine.id == theirs.id
    return False


def arrive_others(run: Run, token: Token, region: Region, path: Path, scope: int) -> None:
    """Let the other branches of a fork that had joined stand at the join."""
    join = run.plan.places[region.node].pair
    if join is None:
        return
    before = tuple(one for one in token.trail if one.visit < region.id)
    for flow in region.taken:
        if flow == region.flow:
            continue
        branch = replace(region, flow=flow)
        theirs = tuple(one for one in token.trail if in_branch(one.path, branch))
        arrived_by = arriving_flow(run.plan, join, region.node, flow)
        create(run, join, scope=scope, flow=arrived_by, trail=(*before, *theirs), path=(*path, branch))


def reopen(run: Run, region: Region, path: Path, scope: int, trail: tuple[Step, ...]) -> int:
    """Open a sub-process again that had ended, without starting it: the token comes where the work is."""
    number = run.number()
    run.emit(e.TokenCreated(token=number, node=region.node, scope=scope, trail=trail, path=path))
    token = run.marking.tokens[number]
    place = run.plan.places[region.node]
    problem = prepare(run, token, place)
    run.emit(e.ScopeOpened(scope=region.id, node=region.node, parent=scope, token=number))
    if problem is not None:
        run.incident(token, problem, "proceed")
    if place.watchers:
        watch(run, region.id, place.watchers, trail, (*path, region))
    return region.id


def return_automatically(run: Run, visit: Visit, policy: str, person: str) -> bool:
    """Send a rejected visit back by its node's policy; False where there is nowhere to send it.

    Whoever rejects says nothing of the way back, so it comes straight back only where the node says so.
    """
    duty = run.plan.places[visit.node].node.duty
    possible = reachable_back(run.plan, run.marking, run.marking.tokens[visit.token])
    found = narrowed(policy, possible, run.marking.starter)
    if not found:
        return False
    straight = duty.resubmit == "straight"
    send_back(run, visit, found[0], person=person, reason="rejected", straight=straight)
    return True


# Straight back ------------------------------------------------------------------------------------------


def snapshots(run: Run, doomed: list[Token], path: Path, depth: int, step: Step) -> tuple[Token, ...]:
    """Return the tokens to which a straight resubmission comes back; empty where only walking is possible.

    A called or running sub-process cannot be put back in the middle, so work in one walks.
    """
    m = run.marking
    scope = scope_of(run, path[:depth])
    holders = {one.token for one in m.scopes.values()} | {one.token for one in m.children.values()}
    if scope != scope_of(run, step.path) or any(one.scope != scope or one.id in holders for one in doomed):
        return ()
    return tuple(replace(one, detour=detour_home(m, one)) for one in doomed)


def detour_home(marking: Marking, token: Token) -> Detour | None:
    """Return what lets the new visit of a token that comes back go to whoever had the old one."""
    for visit in marking.visits.values():
        if visit.token == token.id:
            return Detour(
                holder=next((seat.holder for seat in visit.seats.values() if seat.role == "lead"), None)
            )
    return None


def resubmit(run: Run, token: Token, place: Place, detour: Detour) -> None:
    """Bring the work straight back to who sent it; it walks where a gateway in between may now decide otherwise."""
    if place.assigns and not assign(run, token, place):
        return
    disarm(run, token.id)
    if fields_read_between(run, place.id, detour.sender, token.scope) != detour.reads:
        depart(run, token, place)
        return
    step = token.trail[-1]
    shared = token.path[: detour.depth]
    for one in [one for one in run.marking.tokens.values() if one.path[: detour.depth] == shared]:
        if not goes_on_by_itself(run.plan, one, step, detour.depth, step.visit):
            cancel(run, one.id, "resubmitted")
    for one in detour.back:
        trail = tuple(step if old.node == step.node else old for old in one.trail)
        create(run, one.node, scope=one.scope, flow=one.flow, trail=trail, path=one.path, detour=one.detour)


def fields_read_between(run: Run, start: str, end: str, scope: int) -> dict[str, Any]:
    """Return the variables that gateways on the way from one node to another read, with their values."""
    plan = run.plan
    names = {
        name
        for node_id in plan.ahead(start)
        if end in plan.ahead(node_id)
        for flow in plan.graph.nodes[node_id].outgoing
        if flow.condition
        for name in compiled(flow.condition).variables
    }
    context = run.context(scope)
    return {name: context.get(name) for name in sorted(names)}
