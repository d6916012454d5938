"""The engine's one entrance: what a command does to a case, as events; nothing is written anywhere."""

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import commands as c
from shuli.core.engine.approvals import returns
from shuli.core.engine.approvals.taking_back import TakeBackTarget, target_of
from shuli.core.engine.elements import ELEMENTS
from shuli.core.engine.events import CommandHeld
from shuli.core.engine.marking import Marking, Step
from shuli.core.engine.plan import element_key, plan_of
from shuli.core.engine.run import Run
from shuli.core.engine.settling import settle
from shuli.core.engine.verbs import HELD_WHILE_SUSPENDED, VERBS, WHILE_SUSPENDED
from shuli.core.engine.world import Accepted, Refused, World

CLOSED = frozenset({"approved", "rejected", "withdrawn", "terminated", "failed", "returned"})


def decide(graph: ProcessGraph, marking: Marking, command: c.Command, world: World) -> Accepted | Refused:
    """Return what the command leads to, run until every token waits; or why it is refused.

    The marking that is given in stays as it is. The graph must hold only elements of ELEMENTS (see `unsupported`).
    """
    if marking.status != "running" or type(command) in (c.Start, c.Reopen):
        refusal = refuse_by_status(marking, command)
        if refusal is not None:
            return refusal
    run = Run(plan_of(graph, ELEMENTS), marking, world, command.actor)
    if marking.status == "suspended" and isinstance(command, c.FromOutside):
        run.emit(CommandHeld(command=command))
        return Accepted(events=tuple(run.events), marking=run.marking)
    refusal = VERBS[type(command)](run, command)
    if refusal is not None:
        return refusal
    settle(run)
    return Accepted(events=tuple(run.events), marking=run.marking)


def refuse_by_status(marking: Marking, command: c.Command) -> Refused | None:
    """Return why a case in this status cannot be asked for this."""
    kind, status = type(command), marking.status
    if kind is c.Reopen:
        return None if status in CLOSED else Refused(code="case_not_closed", params={"status": status})
    if kind is c.Start:
        return None if status == "draft" else Refused(code="already_started")
    if status == "suspended" and (kind in WHILE_SUSPENDED or kind in HELD_WHILE_SUSPENDED):
        return None
    if status == "running":
        return None
    return Refused(code="case_not_running", params={"status": status})


def returnable(graph: ProcessGraph, marking: Marking, seat: int) -> tuple[Step, ...]:
    """Return the steps to which a seat's holder may send the work back, oldest first; empty where to none."""
    plan = plan_of(graph, ELEMENTS)
    for visit in marking.visits.values():
        found = visit.seats.get(seat)
        if found is not None and found.open and found.decision is None and found.role != "contribute":
            return returns.targets(plan, marking, visit)
    return ()


def take_back_target(graph: ProcessGraph, marking: Marking, visit: int) -> TakeBackTarget | Refused:
    """Return what taking the decision of a closed visit back would cancel, or why it cannot be taken back."""
    return target_of(plan_of(graph, ELEMENTS), marking, visit)


def returnable_from_call(graph: ProcessGraph, marking: Marking, child: int) -> tuple[Step, ...]:
    """Return the steps to which a called case may send the work back in the case that called it, oldest first."""
    called = marking.children.get(child)
    if called is None:
        return ()
    plan, token = plan_of(graph, ELEMENTS), marking.tokens[called.token]
    possible = returns.reachable_back(plan, marking, token)
    return returns.narrowed(plan.places[token.node].node.duty.returns, possible, marking.starter)


def unsupported(graph: ProcessGraph) -> tuple[str, ...]:
    """Return the nodes that the engine cannot run; a graph with any is refused at publication."""
    return tuple(node.id for node in graph.nodes.values() if element_key(node) not in ELEMENTS)
