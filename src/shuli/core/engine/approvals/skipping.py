"""Which mandatory outputs a jump leaves out: what surely lay before the tokens that it takes away, and lies there no more."""

from collections.abc import Iterable

from shuli.core.bpmn.graph import Node
from shuli.core.engine.events import Skipped
from shuli.core.engine.marking import Marking, Token
from shuli.core.engine.plan import Plan


def skipped_by(plan: Plan, marking: Marking, left: Iterable[Token], to: str) -> tuple[Skipped, ...]:
    """Return the mandatory outputs that a jump leaves out, one for each document of each node, in the model's order."""
    still = plan.ahead(to) | {to}
    nodes: set[str] = set()
    for token in left:
        if not token.joining:
            nodes |= {name for name in surely_ahead(plan, token.node, still) if name not in still}
    return tuple(
        Skipped(node=node.id, document=output.document)
        for node in plan.graph.nodes.values()
        if is_within(plan, node, nodes, still)
        for output in node.duty.outputs
        if output.mandatory and (node.id not in marking.performers or is_open(marking, node.id))
    )


def is_open(marking: Marking, node: str) -> bool:
    return any(visit.node == node for visit in marking.visits.values())


def is_within(plan: Plan, node: Node, nodes: set[str], still: frozenset[str]) -> bool:
    """Say whether a node is among those left out, or inside a sub-process that is."""
    if node.id in nodes:
        return True
    if not node.scope or node.id in still:
        return False
    around = plan.graph.nodes[node.scope]
    starts = around.starts
    certain = not starts or all(node.id in surely_ahead(plan, start, frozenset()) for start in starts)
    return certain and is_within(plan, around, nodes, still)


def surely_ahead(plan: Plan, start: str, goals: frozenset[str]) -> set[str]:
    """Return the nodes through which every way leads from a node to one of the goals, or to an end.

    Of a parallel block, that is every branch; of a choice, no branch.
    """
    candidates = plan.ahead(start) | {start}
    return {name for name in candidates if name == start or is_certain(plan, start, name, goals)}


def is_certain(plan: Plan, start: str, name: str, goals: frozenset[str]) -> bool:
    nodes = plan.graph.nodes
    inner = [branch for branch in nodes[name].branches if branch not in nodes[start].branches]
    if inner:
        fork, flow = inner[-1]
        if nodes[fork].kind != "parallel_gateway" or not is_certain_or_here(plan, start, fork, goals):
            return False
        first = next(one.target for one in nodes[fork].outgoing if one.id == flow)
        join = frozenset({nodes[fork].pair or ""})
        return name == first or not escapes(plan, first, name, join)
    return not escapes(plan, start, name, goals)


def is_certain_or_here(plan: Plan, start: str, name: str, goals: frozenset[str]) -> bool:
    return name == start or is_certain(plan, start, name, goals)


def escapes(plan: Plan, start: str, avoided: str, goals: frozenset[str]) -> bool:
    """Say whether a token gets from a node to a goal, or to an end, without passing `avoided`."""
    seen, waiting = {avoided}, [start]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in goals or not plan.graph.nodes[name].outgoing:
            return True
        waiting += [flow.target for flow in plan.graph.nodes[name].outgoing]
    return False
