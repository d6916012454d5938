"""The shape of one scope: where tokens can go, without regard to what the nodes do."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from shuli.core.bpmn.graph import Node

ROOT = ""
JOINS = frozenset({"parallel_gateway", "inclusive_gateway", "complex_gateway"})
CHOICES = frozenset({"exclusive_gateway", "event_based_gateway"})
# Ends that take every other token of the scope with them.
ABORTING = frozenset({"terminate", "error", "cancel"})


class Way(Struct, frozen=True, kw_only=True):
    """One way on from a node: over a flow, through a boundary event, to the other end of a connector."""

    source: str
    target: str
    flow: str = ""
    is_side: bool = False  # a non-interrupting boundary event: a path beside the main one


def is_for_compensation(node: Node) -> bool:
    """Say whether only compensation comes here: a boundary compensation event, or the activity that it names."""
    return node.is_handler or (node.kind, node.event.trigger) == ("boundary_event", "compensation")


def begins(node: Node) -> bool:
    """Say whether its scope begins at the node: a start event, or what waits for an event that begins a case."""
    return node.kind == "start_event" or (node.instantiates and not node.incoming)


class Shape:
    """The nodes of one scope and the ways between them."""

    def __init__(self, nodes: Mapping[str, Node], scope: str) -> None:
        self.nodes = {name: node for name, node in nodes.items() if node.scope == scope}
        self.ways = {name: tuple(self._ways(node)) for name, node in self.nodes.items()}
        self.roots = self._roots()

    def _ways(self, node: Node) -> Iterable[Way]:
        for flow in node.outgoing:
            if flow.target in self.nodes:
                yield Way(source=node.id, target=flow.target, flow=flow.id)
        if node.link_target in self.nodes:
            yield Way(source=node.id, target=node.link_target or "", flow=f"{node.id}:link")
        for name in node.boundaries:
            if not is_for_compensation(self.nodes[name]):
                yield Way(source=node.id, target=name, is_side=not self.nodes[name].interrupting)

    def _roots(self) -> tuple[str, ...]:
        """Return where tokens appear: the start events, or without any the nodes to which nothing leads."""
        starts = tuple(name for name, node in self.nodes.items() if begins(node))
        led_to = {way.target for ways in self.ways.values() for way in ways}
        others = (
            name
            for name, node in self.nodes.items()
            if name not in led_to and node.kind != "event_sub_process" and not is_for_compensation(node)
        )
        return starts or tuple(others)

    def reach(self, starts: Iterable[str], *, without: str = ROOT, sides: bool = False) -> frozenset[str]:
        """Return the nodes that a token at `starts` can come to, not going through `without`."""
        found: set[str] = set()
        waiting = [name for name in starts if name != without]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            waiting += [
                way.target for way in self.ways[name] if way.target != without and (sides or not way.is_side)
            ]
        return frozenset(found)

    def is_fork(self, name: str) -> bool:
        node = self.nodes[name]
        return len(node.outgoing) > 1 and (node.kind not in CHOICES or node.parallel)

    def is_conditional(self, name: str) -> bool:
        """Say whether a fork may take only some of its branches."""
        node = self.nodes[name]
        return (
            node.kind != "parallel_gateway"
            and not node.parallel
            and any(flow.condition or flow.is_default for flow in node.outgoing)
        )

    def is_join(self, name: str) -> bool:
        node = self.nodes[name]
        return len(node.incoming) > 1 and node.kind in JOINS

    def is_abort(self, name: str) -> bool:
        node = self.nodes[name]
        return node.kind == "end_event" and node.event.trigger in ABORTING

    def is_end(self, name: str) -> bool:
        """Say whether a token ends here while others go on."""
        return not any(not way.is_side for way in self.ways[name]) and not self.is_abort(name)


def dominators(shape: Shape, roots: Iterable[str], inside: frozenset[str]) -> dict[str, str]:
    """Return the nearest node that lies on every path to a node; ROOT where there is none.

    Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
    """
    order = _reverse_postorder(shape, roots, inside)
    rank = {name: index for index, name in enumerate([ROOT, *order])}
    before: dict[str, list[str]] = {name: [] for name in order}
    for name in roots:
        before[name].append(ROOT)
    for name in order:
        for way in shape.ways[name]:
            if way.target in before and not way.is_side:
                before[way.target].append(name)
    nearest: dict[str, str] = {ROOT: ROOT}
    changed = True
    while changed:
        changed = False
        for name in order:
            known = [source for source in before[name] if source in nearest]
            found = known[0]
            for source in known[1:]:
                found = _common(found, source, nearest, rank)
            if nearest.get(name) != found:
                nearest[name] = found
                changed = True
    return nearest


def _common(one: str, other: str, nearest: Mapping[str, str], rank: Mapping[str, int]) -> str:
    while one != other:
        while rank[one] > rank[other]:
            one = nearest[one]
        while rank[other] > rank[one]:
            other = nearest[other]
    return one


def _reverse_postorder(shape: Shape, roots: Iterable[str], inside: frozenset[str]) -> list[str]:
    order: list[str] = []
    seen: set[str] = set()
    for root in roots:
        stack = [(root, iter(shape.ways[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            name, ways = stack[-1]
            way = next(
                (one for one in ways if not one.is_side and one.target in inside and one.target not in seen),
                None,
            )
            if way is None:
                order.append(name)
                stack.pop()
            else:
                seen.add(way.target)
                stack.append((way.target, iter(shape.ways[way.target])))
    return order[::-1]
