"""What a marking must look like by the model's static block structure, worked out apart from the engine."""

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Marking

FORKS = ("parallel_gateway", "inclusive_gateway")


def unsound(graph: ProcessGraph, marking: Marking) -> list[str]:
    """Return what is wrong with where the tokens stand: each in the branches that the diagram draws around its node."""
    return [
        f"token {token.id} at {token.node} stands in {found} but the diagram says {drawn}"
        for token in marking.tokens.values()
        if (drawn := drawn_around(graph, token)) != (found := standing_in(graph, token))
    ]


def drawn_around(graph, token):
    node = graph.nodes[token.node]
    late = {
        graph.nodes[one.node].pair for one in token.path if graph.nodes[one.node].kind == "complex_gateway"
    }
    if token.joining:
        fork = next(one for one in graph.nodes.values() if one.pair == node.id)
        drawn = (*(name for name, _ in node.branches), fork.id)
    else:
        drawn = tuple(name for name, _ in node.branches)
    # What a complex join has left behind is on a path of its own, out of the block.
    left = [at for at, name in enumerate(drawn) if name in late]
    return drawn[left[-1] + 1 :] if left else drawn


def standing_in(graph, token):
    """Return the forks around a token within its scope and its side path."""
    path = token.path
    if path and not path[-1].flow and path[-1].node == token.node:
        path = path[:-1]  # an instance of the activity itself
    found = []
    for region in path:
        if region.flow:
            found.append(region.node)
        else:
            found = []
    return tuple(found)
