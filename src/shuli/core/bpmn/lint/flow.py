"""Rules about how the flow goes: from a start, to an end, through forks that have their joins."""

from collections.abc import Iterator, Mapping

from shuli.core.bpmn.compile.shape import Shape, begins
from shuli.core.bpmn.elements import FlowNode, SequenceFlow
from shuli.core.bpmn.extension import name_of
from shuli.core.bpmn.graph import Node
from shuli.core.bpmn.lint.subject import HUMAN, Subject, named
from shuli.core.text import Text

# Nodes at which a token waits for a person, a clock or the outside.
WAITING = HUMAN | {"receive_task", "event_based_gateway", "intermediate_catch_event", "call_activity"}
DECIDING = frozenset({"exclusive_gateway", "inclusive_gateway", "complex_gateway"})


def has_start_and_end(subject: Subject) -> None:
    """Ask both of the process itself; BPMN lets a sub-process do without."""
    nodes = subject.shapes[""].nodes.values()
    if not any(begins(node) for node in nodes):
        subject.add("no_start", subject.process.id, name=subject.process_name)
    if not any(node.kind == "end_event" for node in nodes):
        subject.add("no_end", subject.process.id, name=subject.process_name)


def is_reachable(subject: Subject) -> None:
    for shape in subject.shapes.values():
        there = shape.reach(shape.roots, sides=True)
        for name in shape.nodes:
            if name not in there and name not in subject.apart:
                subject.add("unreachable", name, name=subject.name(name))


def can_end(subject: Subject) -> None:
    for shape in subject.shapes.values():
        good = _leading_to_an_end(shape)
        stuck = {name: None for name in shape.nodes if name not in good and name not in subject.apart}
        # one finding for each group that hangs together
        while stuck:
            first = next(iter(stuck))
            subject.add("no_way_to_end", first, name=subject.name(first))
            waiting = [first]
            while waiting:
                name = waiting.pop()
                if name in stuck:
                    del stuck[name]
                    waiting += _neighbours(shape, name)


def _neighbours(shape: Shape, name: str) -> list[str]:
    return [way.target for way in shape.ways[name]] + [flow.source for flow in shape.nodes[name].incoming]


def _leading_to_an_end(shape: Shape) -> set[str]:
    good = {name for name in shape.nodes if shape.is_end(name) or shape.is_abort(name)}
    before: dict[str, list[str]] = {}
    for name, ways in shape.ways.items():
        for way in ways:
            before.setdefault(way.target, []).append(name)
    waiting = list(good)
    while waiting:
        new = [name for name in before.get(waiting.pop(), ()) if name not in good]
        good.update(new)
        waiting += new
    return good


def flows_stay_inside(subject: Subject) -> None:
    for container in subject.containers:
        inside = {element.id for element in container.flow_elements}
        for flow in container.flow_elements:
            if not isinstance(flow, SequenceFlow):
                continue
            ends = [subject.document.elements.get(end) for end in (flow.source, flow.target)]
            outside = [end for end in ends if isinstance(end, FlowNode) and end.id not in inside]
            if outside:
                subject.add("flow_crosses", flow.id, name=named(name_of(flow), flow.id))


def forks_pair_with_joins(subject: Subject) -> None:
    for structure in subject.structures.values():
        for trouble in structure.troubles:
            params = {
                key: tuple(map(subject.name, value)) if isinstance(value, tuple) else subject.name(value)
                for key, value in trouble.params.items()
            }
            subject.add(trouble.code, trouble.element, **params)


def choices_are_complete(subject: Subject) -> None:
    for name, node in subject.graph.nodes.items():
        if len(node.outgoing) < 2:
            continue
        if node.kind in DECIDING:
            _conditions_are_there(subject, node)
        open_ends = [flow for flow in node.outgoing if not flow.condition and not flow.is_default]
        has_default = any(flow.is_default for flow in node.outgoing)
        if node.kind not in ("parallel_gateway", "event_based_gateway") and not open_ends and not has_default:
            subject.add("default_missing", name, name=subject.name(name))


def _conditions_are_there(subject: Subject, node: Node) -> None:
    for flow in node.outgoing:
        element = subject.document.elements.get(flow.id)
        # a condition that is there but cannot be understood has been told already
        is_written = (
            isinstance(element, SequenceFlow) and element.condition and element.condition.text.strip()
        )
        if not (flow.condition or flow.is_default or is_written):
            way = flow.name if flow.name != Text() else subject.name(flow.target)
            subject.add("condition_missing", flow.id, gateway=subject.name(node.id), name=way)


def loops_wait_for_somebody(subject: Subject) -> None:
    for shape in subject.shapes.values():
        for loop in _automatic_loops(subject, shape):
            subject.add("loop_automatic", loop[0], names=tuple(dict.fromkeys(map(subject.name, loop))))
    for name, node in subject.graph.nodes.items():
        if node.loop is not None and node.loop.maximum is None and not _waits(subject, node):
            subject.add("loop_automatic", name, names=(subject.name(name),))


def _automatic_loops(subject: Subject, shape: Shape) -> Iterator[list[str]]:
    """Yield the groups of nodes that lead back to one another while none of them waits, in the order of the file."""
    automatic = {name for name, node in shape.nodes.items() if not _waits(subject, node)}
    ahead = {name: [way.target for way in shape.ways[name] if way.target in automatic] for name in automatic}
    groups = _groups(sorted(automatic), ahead)
    order = {name: index for index, name in enumerate(shape.nodes)}
    for group in groups:
        if len(group) > 1 or group[0] in ahead[group[0]]:
            yield sorted(group, key=lambda name: order[name])


def _groups(names: list[str], ahead: Mapping[str, list[str]]) -> list[list[str]]:
    """Return the strongly connected components.

    Two walks, Kosaraju's way: in the order in which the first walk leaves the nodes, the second goes backwards.
    """
    behind: dict[str, list[str]] = {name: [] for name in names}
    for name, targets in ahead.items():
        for target in targets:
            behind[target].append(name)
    left = [name for start in _walks(names, ahead) for name in start]
    return list(_walks(left[::-1], behind))


def _walks(names: list[str], ahead: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Yield what each walk from a node that is new finds, in the order in which the walk leaves the nodes."""
    seen: set[str] = set()
    for start in names:
        if start in seen:
            continue
        seen.add(start)
        left: list[str] = []
        stack = [(start, iter(ahead[start]))]
        while stack:
            name, targets = stack[-1]
            target = next((one for one in targets if one not in seen), None)
            if target is None:
                left.append(name)
                stack.pop()
            else:
                seen.add(target)
                stack.append((target, iter(ahead[target])))
        yield left


def _waits(subject: Subject, node: Node) -> bool:
    if node.ad_hoc is not None:
        return True  # for a person to start something
    if node.kind in WAITING or node.duty.performer or node.duty.lead:
        return True
    inner = subject.shapes.get(node.id)
    return inner is not None and any(_waits(subject, one) for one in inner.nodes.values())


RULES = (
    has_start_and_end,
    is_reachable,
    can_end,
    flows_stay_inside,
    forks_pair_with_joins,
    choices_are_complete,
    loops_wait_for_somebody,
)
