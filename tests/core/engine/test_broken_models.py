"""Models that are wrong: whatever is wrong with them, a case ends, waits visibly or has an incident."""

import random

import pytest
from msgspec.structs import replace

from core.engine.play import restarted
from core.engine.random_models import Players, graph_of_shapes, random_shapes
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine import Accepted, check_invariants
from shuli.core.engine.building import graph_of

MODEL_BREAKS = ("branches",)  # what the mistake itself breaks
MOST = 120
GATEWAYS = (
    "exclusive_gateway", "parallel_gateway", "inclusive_gateway", "event_based_gateway", "complex_gateway",
)  # fmt: skip
TRIGGERS = (
    "none", "message", "timer", "signal", "error", "escalation", "compensation", "conditional", "cancel", "terminate",
)  # fmt: skip


def without_a_flow(rng, nodes, flows):
    return nodes, [flow for flow in flows if flow is not rng.choice(flows)]


def flow_elsewhere(rng, nodes, flows):
    at = rng.randrange(len(flows))
    scope = {node.id: node.scope for node in nodes}
    beside = [
        node.id for node in nodes if node.scope == scope[flows[at].source] and node.kind != "boundary_event"
    ]
    return nodes, [*flows[:at], replace(flows[at], target=rng.choice(beside)), *flows[at + 1 :]]


def other_gateway(rng, nodes, flows):
    at = rng.choice([number for number, node in enumerate(nodes) if node.kind.endswith("gateway")] or [0])
    kind = rng.choice(
        (
            "exclusive_gateway",
            "parallel_gateway",
            "inclusive_gateway",
            "event_based_gateway",
            "complex_gateway",
        )
    )
    return [replace(node, kind=kind, element="") if n == at else node for n, node in enumerate(nodes)], flows


def other_condition(rng, nodes, flows):
    at = rng.randrange(len(flows))
    condition = rng.choice(("missing > 1", "v1 +", "null", "true", "1", '"x"', None))
    return nodes, [*flows[:at], replace(flows[at], condition=condition, is_default=False), *flows[at + 1 :]]


def without_pairs(_rng, nodes, flows):
    return [replace(node, pair=None) for node in nodes], flows


def end_in_the_middle(rng, nodes, flows):
    at = rng.randrange(len(nodes))
    kind = rng.choice(("end_event", "complex_gateway", "service_task", "business_rule_task"))
    return [replace(node, kind=kind, element="") if n == at else node for n, node in enumerate(nodes)], flows


def other_event(rng, nodes, flows):
    at = rng.choice([number for number, node in enumerate(nodes) if node.kind.endswith("event")])
    event = EventRule(trigger=rng.choice(TRIGGERS), name=rng.choice(("x", None)), condition="v1 > 3")
    changed = replace(nodes[at], event=event, element="", interrupting=rng.random() < 0.5)
    return [changed if number == at else node for number, node in enumerate(nodes)], flows


def other_part(rng, nodes, flows):
    kinds = ("sub_process", "event_sub_process", "transaction")
    parts = [number for number, node in enumerate(nodes) if node.kind in kinds]
    at = rng.choice(parts or [0])
    kind = rng.choice(kinds) if parts else nodes[at].kind
    return [replace(node, kind=kind, element="") if n == at else node for n, node in enumerate(nodes)], flows


def without_handlers(_rng, nodes, flows):
    return [replace(node, handler=None) for node in nodes], flows


MISTAKES = (
    other_event, other_event, other_part, without_handlers, without_a_flow, flow_elsewhere, flow_elsewhere, other_gateway, other_condition, without_pairs, end_in_the_middle,
)  # fmt: skip


def mutated(seed):
    rng = random.Random(seed)
    graph = graph_of_shapes(random_shapes(seed))
    nodes = list(graph.nodes.values())
    flows = list({flow.id: flow for node in nodes for flow in node.outgoing}.values())
    for _ in range(rng.randint(1, 2)):
        nodes, flows = rng.choice(MISTAKES)(rng, nodes, flows)
    return graph_of(nodes, flows)


def play_broken(seeds):
    """Play a broken model for each seed: nothing raises, and whatever does not move waits visibly."""
    for seed in seeds:
        graph = mutated(seed)

        def watch(command, answer, before, graph=graph, seed=seed):
            if not isinstance(answer, Accepted):
                return before
            after = restarted(answer.marking)
            broken = [one for one in check_invariants(graph, after) if not one.startswith(MODEL_BREAKS)]
            assert broken == [], f"seed {seed} after {command}"
            return after

        Players(graph, seed, watch).play(MOST, must_end=False)


@pytest.mark.parametrize("first", range(0, 200, 25))
def test_no_mistake_raises_or_hangs_in_silence(first):
    play_broken(range(first, first + 25))


@pytest.mark.nightly
def test_nor_does_any_of_two_thousand():
    play_broken(range(200, 2200))
