"""Where a jump leads, by the block structure that the model draws: what it leaves, what it enters, or why it cannot be.

An enclosure is a branch of a fork, a sub-process, or the path that a non-interrupting boundary event starts. A token's
path names those around it; the same can be read off the diagram for any node.
"""

from msgspec import Struct

from shuli.core.bpmn.graph import Node
from shuli.core.engine.marking import Region, Token
from shuli.core.engine.plan import Place, Plan
from shuli.core.engine.world import Refused

Enclosure = tuple[
    str, str, str
]  # branch, scope or side; the fork, sub-process or boundary event; the branch's flow
JOINS = frozenset({"parallel_gateway", "inclusive_gateway", "complex_gateway"})
NOT_ENTERED = frozenset({"start_event", "boundary_event", "event_sub_process"})


class Route(Struct, frozen=True, kw_only=True):
    """How a token gets from where it stands to a node."""

    shared: int  # so many regions of its path stay
    entering: tuple[Enclosure, ...]
    kind: str  # plain; sibling: into another branch of a fork around it; join: to the join of such a fork


def route_to(plan: Plan, token: Token, to: str) -> Route | Refused:
    """Return how a token gets to a node, or why the model could not have put it there."""
    place = plan.places.get(to)
    if place is None:
        return Refused(code="no_such_node", params={"node": to})
    if to == token.node:
        return impossible(to, "same_place")
    if place.node.kind in NOT_ENTERED:
        return impossible(to, "event")
    here = enclosures_of(plan, token.path)
    if is_join(place):
        return route_to_join(here, place)
    there = enclosures_around(plan, place.node)
    problem = what_stands_against(plan, token, here, there)
    if problem:
        return impossible(to, problem)
    shared = common(here, there)
    beside = is_beside(here, there, shared)
    return Route(shared=shared, entering=there[shared:], kind="sibling" if beside else "plain")


def impossible(to: str, reason: str) -> Refused:
    return Refused(code="jump_not_possible", params={"to": to, "reason": reason})


def is_join(place: Place) -> bool:
    return bool(place.forks) or (place.node.kind in JOINS and len(place.incoming) > 1)


def route_to_join(here: tuple[Enclosure, ...], place: Place) -> Route | Refused:
    """A branch may be closed by going to its own join; into another block's join nothing can come.

    Not from a block within the branch either: what else runs in that block would be left without its fork.
    """
    if here and here[-1][0] == "branch" and here[-1][1] in place.forks:
        return Route(shared=len(here), entering=(), kind="join")
    return impossible(place.id, "join")


def what_stands_against(
    plan: Plan, token: Token, here: tuple[Enclosure, ...], there: tuple[Enclosure, ...]
) -> str:
    """Return why the model could not have put the token there; "" where it could."""
    shared = common(here, there)
    left, entered = here[shared:], there[shared:]
    forks = [plan.places[name] for kind, name, _ in (*here, *there) if kind == "branch"]
    if any(fork.pair is None for fork in forks):
        return "unpaired"
    if any(kind == "side" for kind, _, _ in (*left, *entered)):
        return "side_path"
    scopes = [plan.places[name] for kind, name, _ in entered if kind == "scope"]
    if any(scope.repeats or scope.node.kind in NOT_ENTERED for scope in scopes):
        return "many"
    if is_beside(here, there, shared) and entered[0][2] not in token.path[shared].taken:
        return "branch_not_taken"
    return ""


def common(here: tuple[Enclosure, ...], there: tuple[Enclosure, ...]) -> int:
    """Return how many enclosures two places share, from the outside."""
    depth = 0
    for mine, theirs in zip(here, there, strict=False):
        if mine != theirs:
            break
        depth += 1
    return depth


def is_beside(here: tuple[Enclosure, ...], there: tuple[Enclosure, ...], shared: int) -> bool:
    """Say whether two places part in two branches of one fork."""
    if len(here) <= shared or len(there) <= shared:
        return False
    return here[shared][0] == "branch" and here[shared][:2] == there[shared][:2]


# What is around -----------------------------------------------------------------------------------------


def enclosures_of(plan: Plan, path: tuple[Region, ...]) -> tuple[Enclosure, ...]:
    """Return what a token's path says is around it."""
    return tuple(enclosure_of(plan, region) for region in path)


def enclosure_of(plan: Plan, region: Region) -> Enclosure:
    if region.flow:
        return ("branch", region.node, region.flow)
    return ("side" if plan.places[region.node].is_side else "scope", region.node, "")


def enclosures_around(plan: Plan, node: Node) -> tuple[Enclosure, ...]:
    """Return what the diagram draws around a node, outermost first."""
    nodes = plan.graph.nodes
    side = side_of(plan, node)
    around: tuple[Enclosure, ...] = ()
    if side is not None:
        activity = nodes[nodes[side].attached_to or ""]
        around = (*enclosures_around(plan, activity), ("side", side, ""))
    elif node.scope:
        inside: Enclosure = ("scope", node.scope, "")
        # An instance of a repeated sub-process stands within the scope of its number.
        own = (inside, inside) if plan.places[node.scope].repeats else (inside,)
        around = (*enclosures_around(plan, nodes[node.scope]), *own)
    return (*around, *(("branch", fork, flow) for fork, flow in node.branches))


def side_of(plan: Plan, node: Node) -> str | None:
    """Return the non-interrupting boundary event on whose path a node stands."""
    peers = [one for one in plan.graph.nodes.values() if one.scope == node.scope]
    sides = [one.id for one in peers if one.kind == "boundary_event" and not one.interrupting]
    if not sides or node.id in reached(plan, [one.id for one in peers if is_root(one)], sides):
        return None
    return next((side for side in sides if node.id in reached(plan, [side], sides)), None)


def is_root(node: Node) -> bool:
    return not node.incoming and node.kind not in ("boundary_event", "intermediate_catch_event")


def reached(plan: Plan, starts: list[str], sides: list[str]) -> set[str]:
    """Return the nodes that a token can come to without a non-interrupting boundary event on the way."""
    nodes, found, waiting = plan.graph.nodes, set(), list(starts)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        node = nodes[name]
        following = [flow.target for flow in node.outgoing] + [
            one for one in node.boundaries if one not in sides
        ]
        waiting += following
        if node.link_target is not None and node.link_target in nodes:
            waiting.append(node.link_target)
    return found
