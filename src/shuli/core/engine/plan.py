"""A ProcessGraph made ready for the engine: per node what to do and where to go, looked up once.

Plans are kept per graph object; a graph is frozen, so a plan never goes stale.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shuli.core.bpmn.graph import Flow, Node, PerformerKind, ProcessGraph
from shuli.core.engine.behaviour import Arm, Behaviour, EndedInside, Enter
from shuli.core.engine.expressions import Problem, constant

if TYPE_CHECKING:
    from shuli.core.engine.marking import Token
    from shuli.core.engine.run import Run

ACTIVITIES = frozenset(
    {"user_task", "manual_task", "service_task", "script_task", "send_task", "receive_task",
     "business_rule_task", "task", "sub_process", "transaction", "ad_hoc_sub_process", "call_activity"},
)  # fmt: skip
# Tasks that people may do outside the software: human only where the model says who.
PERHAPS_HUMAN = frozenset({"manual_task", "task"})
JOINS = frozenset({"parallel_gateway", "inclusive_gateway"})
MOSTPLANS = 512


def element_key(node: Node) -> str:
    """Return the node's key in ELEMENTS: its kind, and its trigger where an event has one."""
    if node.element:
        return node.element
    trigger = node.event.trigger
    if trigger == "none" or not node.kind.endswith("_event"):
        return node.kind
    return f"{node.kind}:{trigger}"


def is_human(node: Node) -> bool:
    """Say whether the node opens a visit."""
    if node.kind == "user_task":
        return True
    return node.kind in PERHAPS_HUMAN and bool(node.duty.performer or node.duty.lead or node.duty.seats)


class Place:
    """One node with everything that the engine needs of it."""

    __slots__ = (
        "arm", "assigns", "boundaries", "ended_inside", "enter", "flows", "forks", "handler", "handlers", "has_limits", "has_one_seat", "has_policies", "id", "incoming", "is_activity",
        "is_before_join", "is_human", "is_judgement", "is_plain", "is_side", "is_undemanding", "node", "pair", "performer", "repeats", "single", "watchers", "watches",
    )  # fmt: skip

    def __init__(self, node: Node, behaviour: Behaviour) -> None:
        self.node = node
        self.id = node.id
        self.enter: Enter = behaviour.enter
        self.arm: Arm | None = behaviour.arm
        self.ended_inside: EndedInside | None = behaviour.ended_inside
        self.flows = node.outgoing
        self.incoming = frozenset(flow.id for flow in node.incoming)
        self.single: Flow | None = (
            node.outgoing[0] if len(node.outgoing) == 1 and node.outgoing[0].condition is None else None
        )
        self.is_activity = node.kind in ACTIVITIES
        self.is_human = is_human(node)
        self.is_side = node.kind == "boundary_event"
        self.repeats = self.is_activity and (node.multiple is not None or node.loop is not None)
        duty = node.duty
        self.assigns = bool(duty.assign)  # something is kept when it completes
        self.has_policies = (duty.same_person, duty.starter_performs, duty.nobody) != (
            "keep",
            "self",
            "admin",
        )
        self.has_limits = bool(duty.limits)
        self.has_one_seat = not duty.seats and duty.vote.kind in ("single", "contribute")
        self.is_judgement = duty.is_judgement
        # Nothing stands against completing it.
        self.is_undemanding = not (duty.decision or duty.seats or duty.outputs or duty.guards)
        # Whom the performer rule names without reading a variable: its kind and value.
        self.performer: tuple[PerformerKind, str | None] | None = None
        rule = duty.performer
        if rule is not None and (rule.value is None or constant(rule.value) is not None):
            self.performer = (rule.kind, constant(rule.value))
        if node.kind == "start_event" and rule is None:
            self.performer = ("starter", None)
        # Nothing to do on arrival but to enter.
        self.is_plain = not (node.duty.notice or node.boundaries or self.repeats or node.data_in)
        self.boundaries: tuple[Place, ...] = ()
        self.handler: str | None = None  # an activity: what undoes it
        self.pair: str | None = None  # a fork: its join
        self.forks: frozenset[str] = frozenset()  # a join: the forks that it closes
        self.is_before_join = False  # its only flow leads to a join
        # A scope: the starts of its event sub-processes, those that wait for something and those that something is thrown at.
        self.watchers: tuple[Place, ...] = ()
        self.handlers: tuple[Place, ...] = ()
        self.watches = False  # the start of an event sub-process

    @property
    def is_join(self) -> bool:
        return self.node.kind in JOINS and (len(self.incoming) > 1 or bool(self.forks))


def opens(node: Node) -> int:
    """Return how many more tokens leave a gateway than come in: of a pair, the fork has more."""
    return len(node.outgoing) - len(node.incoming)


def stop_here(run: "Run", token: "Token", place: Place) -> None:
    """Stop at an element that the engine does not know; publication would have refused the model."""
    run.incident(token, Problem(code="not_supported", params={"element": element_key(place.node)}))


UNSUPPORTED = Behaviour(enter=stop_here)


class Plan:
    """One graph with its places, and what follows from its shape."""

    __slots__ = (
        "_ahead", "counts_classically", "graph", "handlers", "keeps_siblings", "places", "starts", "starts_by_hand", "watchers",
    )  # fmt: skip

    def __init__(self, graph: ProcessGraph, elements: Mapping[str, Behaviour]) -> None:
        self.graph = graph
        self.places = {
            node.id: Place(node, elements.get(element_key(node), UNSUPPORTED))
            for node in graph.nodes.values()
        }
        self.starts = tuple(one for name in graph.starts for one in self._begins_with(graph.nodes[name]))
        self.starts_by_hand = [node for node in self.starts if node.event.trigger == "none"]
        self._ahead: dict[str, frozenset[str]] = {}
        for place in self.places.values():
            if place.is_activity:
                place.boundaries = tuple(self.places[name] for name in place.node.boundaries)
                place.handler = next(filter(None, (one.node.handler for one in place.boundaries)), None)
                place.assigns = place.assigns or place.handler is not None
        self.watchers: tuple[Place, ...] = ()  # of the process itself
        self.handlers: tuple[Place, ...] = ()
        self._place_event_sub_processes()
        self._pair_forks_with_joins()
        for place in self.places.values():
            if place.single is not None:
                place.is_before_join = self.places[place.single.target].is_join
        self.keeps_siblings = any(place.node.duty.keep_siblings for place in self.places.values())
        # An inclusive join without its fork depends on what every other token can still reach.
        self.counts_classically = any(
            place.node.kind == "inclusive_gateway" and len(place.incoming) > 1 and not place.forks
            for place in self.places.values()
        )

    def _begins_with(self, node: Node) -> tuple[Node, ...]:
        """Return the events with which a case begins at a node: itself, or those behind a gateway that waits for them."""
        if node.kind != "event_based_gateway":
            return (node,)
        return tuple(self.graph.nodes[flow.target] for flow in node.outgoing)

    def _place_event_sub_processes(self) -> None:
        for place in self.places.values():
            if place.node.kind != "event_sub_process" or not place.node.starts:
                continue
            start = self.places[place.node.starts[0]]
            start.is_side = start.watches = True
            scope = self.places.get(place.node.scope, self)
            if start.arm is not None:
                scope.watchers += (start,)
            else:
                scope.handlers += (start,)

    def _pair_forks_with_joins(self) -> None:
        for place in self.places.values():
            other = self.places.get(place.node.pair or "")
            if other is None:
                continue
            fork, join = (place, other) if opens(place.node) > opens(other.node) else (other, place)
            fork.pair = join.id
            join.forks |= {fork.id}
            # What a complex join has left behind is on a path of its own.
            join.is_side = join.node.kind == "complex_gateway"

    def ahead(self, node_id: str) -> frozenset[str]:
        """Return the nodes that a token can reach from a node without leaving its scope by an end."""
        known = self._ahead.get(node_id)
        if known is None:
            known = self._ahead[node_id] = self._reach(node_id, frozenset())
        return known

    def ahead_without(self, node_id: str, avoided: str) -> frozenset[str]:
        """Return the nodes that a token can reach without passing through `avoided`, which may be the last one."""
        return self._reach(node_id, frozenset({avoided}))

    def _reach(self, start: str, avoided: frozenset[str]) -> frozenset[str]:
        found: set[str] = set()
        waiting = self._next(start)
        while waiting:
            node_id = waiting.pop()
            if node_id in found:
                continue
            found.add(node_id)
            if node_id not in avoided:
                waiting += self._next(node_id)
        return frozenset(found)

    def _next(self, node_id: str) -> list[str]:
        node = self.graph.nodes[node_id]
        following = [flow.target for flow in node.outgoing]
        following += node.boundaries
        if node.link_target:
            following.append(node.link_target)
        return following


# By the identity of the graph: hashing a whole graph at every step would cost more than the step.
PLANS: dict[int, Plan] = {}


def plan_of(graph: ProcessGraph, elements: Mapping[str, Behaviour]) -> Plan:
    """Return the graph's plan, made at its first use."""
    plan = PLANS.get(id(graph))
    if plan is not None and plan.graph is graph:
        return plan
    if len(PLANS) >= MOSTPLANS:
        PLANS.clear()
    # The plan holds the graph, so its id cannot be given to another one while the plan is kept.
    plan = PLANS[id(graph)] = Plan(graph, elements)
    return plan
