"""What of a document is to be drawn: its nodes, notes and data as shapes, everything that joins them as links."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from shuli.core.bpmn.elements import (
    Activity,
    Artifact,
    Association,
    DataAssociation,
    DataObjectReference,
    DataStoreReference,
    Element,
    Event,
    FlowElement,
    FlowNode,
    Gateway,
    Lane,
    LaneSet,
    Process,
    SequenceFlow,
    SubProcess,
    TextAnnotation,
)
from shuli.core.bpmn.layout.lettering import LINE_NAME_WIDTH, name_size, note_size, task_size
from shuli.core.bpmn.layout.naming import names_of
from shuli.core.bpmn.layout.values import Jump, Link, Outline, Shape, Size

EVENT = Size(width=36, height=36)
GATEWAY = Size(width=50, height=50)
DATA_OBJECT = Size(width=36, height=50)
DATA_STORE = Size(width=50, height=50)

Container = Process | SubProcess


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """The shapes and links of one process or sub-process, its lanes counted from `lane`."""

    shapes: tuple[Shape, ...]
    links: tuple[Link, ...]
    jumps: tuple[Jump, ...]
    loose: tuple[Link, ...]  # links that do not join two of these shapes


@dataclass(frozen=True, kw_only=True, slots=True)
class LeafLane:
    """A lane that holds nodes itself, and the lanes around it, outermost first."""

    lane: Lane | None
    around: tuple[Lane, ...] = ()


def leaf_lanes(container: Container) -> tuple[LeafLane, ...]:
    """Return the lanes from top to bottom; one that is none where there are no lanes."""
    first = container.lane_sets[:1] if isinstance(container, Process) else ()
    leaves = [leaf for lane_set in first for leaf in _leaves(lane_set, ())]
    return tuple(leaves) or (LeafLane(lane=None),)


def _leaves(lane_set: LaneSet, around: tuple[Lane, ...]) -> Iterator[LeafLane]:
    for lane in lane_set.lanes:
        if lane.inner is not None and lane.inner.lanes:
            yield from _leaves(lane.inner, (*around, lane))
        else:
            yield LeafLane(lane=lane, around=around)


def gather(
    container: Container,
    inner: Mapping[str, Size],
    artifacts: Iterable[Artifact] = (),
    first_lane: int = 0,
) -> Contents:
    """Return what a process or sub-process holds; `inner` has the sizes of the sub-processes that are drawn open."""
    lanes = _lane_of_nodes(container, first_lane)
    nodes = [element for element in container.flow_elements if isinstance(element, FlowNode)]
    shapes = [_node_shape(node, lanes.get(node.id, first_lane), inner) for node in nodes]
    links = [*_flow_links(container.flow_elements), *_data_links(container.flow_elements)]
    artifacts = (*container.artifacts, *artifacts)
    links += _association_links(artifacts)
    lane_of = {shape.id: shape.lane for shape in shapes}
    for element in (*container.flow_elements, *artifacts):
        size = _beside_size(element)
        if size is not None:
            host = _host(element.id, links, lane_of)
            shapes.append(_beside(element, size, host, lane_of.get(host or "", first_lane)))
    shapes = [_with_host(shape, links, lane_of) for shape in shapes]
    known = {shape.id for shape in shapes}
    return Contents(
        shapes=tuple(shapes),
        links=tuple(link for link in links if link.source in known and link.target in known),
        jumps=tuple(_jumps(nodes)),
        loose=tuple(link for link in links if not (link.source in known and link.target in known)),
    )


def _jumps(nodes: Iterable[FlowNode]) -> Iterator[Jump]:
    """Yield every throwing link event with the one that catches it."""
    links = [
        (node, definition.name)
        for node in nodes
        if isinstance(node, Event)
        for definition in node.definitions
        if definition.trigger == "link"
    ]
    caught = {name: node.id for node, name in links if node.kind == "intermediate_catch_event"}
    for node, name in links:
        if node.kind == "intermediate_throw_event" and name in caught:
            yield Jump(source=node.id, target=caught[name])


def _lane_of_nodes(container: Container, first_lane: int) -> dict[str, int]:
    """Return the lane of every node; a node that no lane names goes where its neighbours are."""
    lanes = {
        node: first_lane + number
        for number, leaf in enumerate(leaf_lanes(container))
        if leaf.lane is not None
        for lane in (*leaf.around[-1:], leaf.lane)
        for node in lane.nodes
    }
    for element in container.flow_elements:
        if isinstance(element, Event) and element.attached_to in lanes:
            lanes[element.id] = lanes[element.attached_to]
    for flow in (one for one in container.flow_elements if isinstance(one, SequenceFlow)):
        if flow.source in lanes:
            lanes.setdefault(flow.target, lanes[flow.source])
        elif flow.target in lanes:
            lanes[flow.source] = lanes[flow.target]
    return lanes


def _node_shape(node: FlowNode, lane: int, inner: Mapping[str, Size]) -> Shape:
    names = names_of(node)
    if isinstance(node, Gateway):
        return _shape(node.id, GATEWAY, lane, "diamond", label=name_size(names))
    if isinstance(node, Event):
        host = node.attached_to or None
        return _shape(node.id, EVENT, lane, "circle", label=name_size(names), attached_to=host)
    return _shape(node.id, inner.get(node.id) or task_size(names), lane)


def _shape(
    key: str,
    size: Size,
    lane: int,
    outline: Outline = "box",
    *,
    label: Size | None = None,
    attached_to: str | None = None,
) -> Shape:
    return Shape(
        id=key,
        width=size.width,
        height=size.height,
        lane=lane,
        outline=outline,
        label=label,
        attached_to=attached_to,
    )


def _flow_links(elements: Iterable[FlowElement]) -> Iterator[Link]:
    for flow in elements:
        if isinstance(flow, SequenceFlow):
            label = name_size(names_of(flow), LINE_NAME_WIDTH)
            yield Link(id=flow.id, source=flow.source, target=flow.target, label=label)


def _data_links(elements: Iterable[FlowElement]) -> Iterator[Link]:
    for element in elements:
        if isinstance(element, Activity | Event):
            for association in element.data_associations:
                yield from _data_link(element.id, association)


def _data_link(node: str, association: DataAssociation) -> Iterator[Link]:
    # Without an id of its own nothing in a diagram can name it.
    if association.id and association.kind == "input" and association.sources:
        yield Link(id=association.id, source=association.sources[0], target=node, kind="association")
    if association.id and association.kind == "output" and association.target:
        yield Link(id=association.id, source=node, target=association.target, kind="association")


def _association_links(artifacts: Iterable[Artifact]) -> Iterator[Link]:
    for one in artifacts:
        if isinstance(one, Association):
            yield Link(id=one.id, source=one.source, target=one.target, kind="association")


def _with_host(shape: Shape, links: Iterable[Link], lane_of: Mapping[str, int]) -> Shape:
    """Let an activity that only a dotted line leads to (what compensates another) stand beside the other end."""
    mine = [link for link in links if shape.id in (link.source, link.target)]
    is_reached = shape.beside or shape.attached_to or any(link.kind != "association" for link in mine)
    if is_reached or not mine or shape.id not in lane_of:
        return shape
    nodes = [link for link in mine if link.source in lane_of and link.target in lane_of]
    return replace(shape, beside=_host(shape.id, nodes, lane_of)) if nodes else shape


def _beside_size(element: Element) -> Size | None:
    if isinstance(element, TextAnnotation):
        return note_size(element.text)
    if isinstance(element, DataObjectReference):
        return DATA_OBJECT
    return DATA_STORE if isinstance(element, DataStoreReference) else None


def _host(key: str, links: Iterable[Link], lane_of: Mapping[str, int]) -> str | None:
    """Return the node that a note or data object stands beside: the first that it is joined with."""
    for link in links:
        other = link.target if link.source == key else link.source if link.target == key else None
        if other in lane_of:
            return other
    return None


def _beside(element: Element, size: Size, host: str | None, lane: int) -> Shape:
    label = None if isinstance(element, TextAnnotation) else name_size(names_of(element))
    return Shape(id=element.id, width=size.width, height=size.height, lane=lane, label=label, beside=host)
