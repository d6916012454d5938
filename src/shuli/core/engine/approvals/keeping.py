"""Branches that were done stay done when their fork runs again after a return (option `keepSiblings`).

What a branch read is kept as a digest beside its steps. When the fork fires again, a branch whose inputs are unchanged has
arrived at once, and an event says so; otherwise it is done again.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec
from msgspec.structs import replace

from shuli.core.bpmn.graph import Flow, Node
from shuli.core.engine import events as e
from shuli.core.engine.expressions import compiled
from shuli.core.engine.marking import Kept, Region, Step, Token, within
from shuli.core.engine.plan import Place, Plan
from shuli.core.engine.run import Run

READS_EVERYTHING = frozenset({"business_rule_task", "service_task", "call_activity", "send_task"})


def keep_branches(run: Run, doomed: Iterable[Token], depth: int) -> None:
    """Remember which branches of forks that are about to be left had been done, where the fork says so."""
    plan = run.plan
    if not plan.keeps_siblings:
        return
    for token in doomed:
        for branch, steps in done_branches(run, token, depth):
            if plan.places[branch[-1].node].node.duty.keep_siblings:
                flow = branch[-1].flow
                digest = digest_of(run, token, branch[-1].node, flow)
                kept = Kept(path=branch, steps=steps, digest=digest)
                if run.marking.kept.get(flow) != kept:
                    run.emit(e.BranchKept(flow=flow, kept=kept))


def done_branches(
    run: Run, token: Token, depth: int
) -> Iterator[tuple[tuple[Region, ...], tuple[Step, ...]]]:
    """Yield the branches that a token has behind it: its own where it waits at the join, those of blocks it has left."""
    if token.joining and len(token.path) > depth and token.path[-1].flow:
        yield token.path, steps_in(token, token.path[-1])
    seen = set()
    for step in token.trail:
        for at in range(depth, len(step.path)):
            region = step.path[at]
            if region.flow and region.node in run.plan.places and not in_firing(token, region):
                seen |= {(*step.path[:at], replace(region, flow=flow)) for flow in region.taken}
    for branch in sorted(seen, key=lambda path: (len(path), path[-1].flow)):
        yield branch, steps_in(token, branch[-1])


def in_firing(token: Token, region: Region) -> bool:
    return any(one.id == region.id for one in token.path)


def steps_in(token: Token, branch: Region) -> tuple[Step, ...]:
    return tuple(step for step in token.trail if in_branch(step.path, branch))


def in_branch(path: tuple[Region, ...], branch: Region) -> bool:
    return any((one.id, one.flow) == (branch.id, branch.flow) for one in path)


# What a branch reads ------------------------------------------------------------------------------------


def digest_of(run: Run, token: Token, fork: str, flow: str) -> str:
    """Return a digest of the variables that the nodes of a branch read, as they are now."""
    names = names_read(run.plan, fork, flow)
    context = run.context(token.scope)
    seen = context if names is None else {name: context.get(name) for name in names}
    values = {name: value for name, value in seen.items() if name != "outcomes"}
    return blake2b(msgspec.json.encode(values, order="deterministic"), digest_size=16).hexdigest()


def names_read(plan: Plan, fork: str, flow: str) -> set[str] | None:
    """Return the variables that the nodes of a branch read; None: every one, as far as anybody can tell."""
    names: set[str] = set()
    for node in nodes_of_branch(plan, fork, flow):
        if node.kind in READS_EVERYTHING or sees_everything(node):
            return None
        names |= {field for field, access in node.duty.rights.items() if access == "read"}
        for source in expressions_of(node):
            names |= set(compiled(source).variables)
    return names


def sees_everything(node: Node) -> bool:
    """Say whether a person's form there may show any variable."""
    duty = node.duty
    return duty.form is not None and duty.rights.get("*", "read") != "hidden"


def nodes_of_branch(plan: Plan, fork: str, flow: str) -> list[Node]:
    """Return the nodes of a branch, those inside its sub-processes too."""
    nodes = plan.graph.nodes
    found = [node for node in nodes.values() if (fork, flow) in node.branches]
    waiting = [node.id for node in found]
    while waiting:
        inside = [node for node in nodes.values() if node.scope == waiting[0]]
        found += inside
        waiting = [*waiting[1:], *(node.id for node in inside)]
    return found


def expressions_of(node: Node) -> Iterator[str]:
    duty, multiple = node.duty, node.multiple
    given = [node.script, duty.lead, node.event.condition, node.event.correlation]
    given += [one.value for one in (duty.performer, *(seat.performer for seat in duty.seats)) if one]
    given += [flow.condition for flow in node.outgoing]
    given += [guard.condition for guard in duty.guards] + [rule.value for rule in duty.assign]
    given += [multiple.collection, multiple.cardinality, multiple.completion] if multiple else []
    yield from (source for source in given if source)


# When the fork runs again -------------------------------------------------------------------------------


def carried(run: Run, token: Token, place: Place, flow: Flow) -> Kept | None:
    """Return what was kept of a branch, if it may stay done."""
    kept = run.marking.kept.get(flow.id)
    if kept is None or place.pair is None or digest_of(run, token, place.id, flow.id) != kept.digest:
        return None
    return kept


def carry(run: Run, token_id: int, place: Place, region: Region, kept: Kept) -> None:
    """Put a token that stands before a branch behind it, with what was done there."""
    token = run.marking.tokens[token_id]
    path = within(token.path, region)
    steps = tuple(replace(step, path=(*path, *step.path[len(kept.path) :])) for step in kept.steps)
    join = place.pair or ""
    arrived = arriving_flow(run.plan, join, place.id, region.flow)
    run.emit(e.BranchCarried(fork=place.id, flow=region.flow, nodes=tuple(step.node for step in kept.steps)))
    run.emit(e.TokenMoved(token=token.id, node=join, flow=arrived, region=region))
    known = {step.node for step in steps}
    trail = (*(step for step in token.trail if step.node not in known), *steps)
    run.emit(e.TrailMerged(token=token.id, trail=trail, path=path))
    run.arrivals.append(token.id)


def forget(run: Run, place: Place) -> None:
    """Drop what was kept of a fork's branches, now that it has run again."""
    flows = tuple(flow.id for flow in place.flows if flow.id in run.marking.kept)
    if flows:
        run.emit(e.BranchesForgotten(flows=flows))


def arriving_flow(plan: Plan, join: str, fork: str, flow: str) -> str | None:
    """Return the flow over which a branch arrives at its join."""
    nodes = plan.graph.nodes
    for incoming in nodes[join].incoming:
        if incoming.id == flow or (fork, flow) in nodes[incoming.source].branches:
            return incoming.id
    return None
