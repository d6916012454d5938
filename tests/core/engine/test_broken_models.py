"""Models that are wrong: whatever is wrong with them, a case ends, waits visibly or has an incident."""

import random

import pytest
from msgspec.structs import replace

from core.engine.play import restarted
from core.engine.random_models import Players, graph_of_shapes, random_shapes
from shuli.core.engine import Accepted, check_invariants
from shuli.core.engine.building import graph_of

MODEL_BREAKS = ("branches",)  # what the mistake itself breaks
MOST = 120


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
    kind = rng.choice(("exclusive_gateway", "parallel_gateway", "inclusive_gateway", "event_based_gateway"))
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


MISTAKES = (
    without_a_flow, flow_elsewhere, flow_elsewhere, other_gateway, other_condition, without_pairs, end_in_the_middle,
)  # fmt: skip


def mutated(seed):
    rng = random.Random(seed)
    graph = graph_of_shapes(random_shapes(seed))
    nodes = list(graph.nodes.values())
    flows = list({flow.id: flow for node in nodes for flow in node.outgoing}.values())
    for _ in range(rng.randint(1, 2)):
        nodes, flows = rng.choice(MISTAKES)(rng, nodes, flows)
    return graph_of(nodes, flows)


@pytest.mark.parametrize("first", range(0, 200, 25))
def test_no_mistake_raises_or_hangs_in_silence(first):
    for seed in range(first, first + 25):
        graph = mutated(seed)

        def watch(command, answer, before, graph=graph, seed=seed):
            if not isinstance(answer, Accepted):
                return before
            after = restarted(answer.marking)
            broken = [one for one in check_invariants(graph, after) if not one.startswith(MODEL_BREAKS)]
            assert broken == [], f"seed {seed} after {command}"
            return after

        Players(graph, seed, watch).play(MOST, must_end=False)
