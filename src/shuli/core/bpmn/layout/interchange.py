"""Draw a whole document: its pictures written as BPMN diagrams, colours and ids of former diagrams kept."""

from collections.abc import Iterator

from msgspec.structs import replace

from shuli.core.bpmn.document import BpmnDocument, flow_elements, shapes_of
from shuli.core.bpmn.elements import (
    Bounds,
    Diagram,
    Edge,
    Gateway,
    Group,
    Label,
    Participant,
    Plane,
    Point,
    Shape,
    SubProcess,
)
from shuli.core.bpmn.elements import Lane as LaneElement
from shuli.core.bpmn.layout.composing import (
    Picture,
    compose_collaboration,
    compose_process,
    lead_loose,
    taking_part,
)
from shuli.core.bpmn.layout.values import Box

# Where a diagram begins, as bpmn.io's modeller places a new one.
ORIGIN = (160.0, 80.0)
GROUP_MARGIN = 12.0


def lay_out(document: BpmnDocument) -> BpmnDocument:
    """Return the document with a new diagram for everything that it holds.

    Departments are lanes from top to bottom, the flow runs from left to right, lines are right-angled. Sub-processes
    that a former diagram showed closed stay closed and get a diagram of their own.
    """
    closed = _closed(document)
    pictures = [(element, finished(picture)) for element, picture in _pictures(document, closed)]
    former = {diagram.plane.element: diagram for diagram in document.diagrams if diagram.plane}
    diagrams = tuple(
        diagram_of(document, element, picture, closed, former.get(element)) for element, picture in pictures
    )
    definitions = replace(document.definitions, diagrams=diagrams)
    return BpmnDocument(definitions=definitions, lines=document.lines)


def _pictures(document: BpmnDocument, closed: frozenset[str]) -> Iterator[tuple[str, Picture]]:
    """Yield what gets a diagram: the pools together, processes without a pool, closed sub-processes."""
    shown: set[str] = set()
    for collaboration in document.collaborations:
        if collaboration.participants:
            shown.update(participant.process for participant in collaboration.participants)
            shown.update(process.id for process in taking_part(document, collaboration))
            yield collaboration.id, compose_collaboration(document, collaboration, closed)
    for process in document.processes:
        if process.id not in shown and process.flow_elements:
            yield process.id, compose_process(process, closed)
        for element in flow_elements(process):
            if isinstance(element, SubProcess) and element.id in closed and element.flow_elements:
                yield element.id, compose_process(element, closed)


def _closed(document: BpmnDocument) -> frozenset[str]:
    """Return the sub-processes that hide their inside: as the former diagram said, else those without any."""
    opened = {
        key: shape.is_expanded is True
        for diagram in document.diagrams
        for key, shape in shapes_of(diagram).items()
    }
    return frozenset(
        element.id
        for process in document.processes
        for element in flow_elements(process)
        if isinstance(element, SubProcess) and not opened.get(element.id, bool(element.flow_elements))
    )


def finished(picture: Picture) -> Picture:
    """Return the picture with its last lines, moved to where diagrams begin."""
    lead_loose(picture)
    boxes = [*picture.frames.values(), *picture.boxes.values(), *picture.labels.values()]
    left, top = min((box.x for box in boxes), default=0.0), min((box.y for box in boxes), default=0.0)
    moved = Picture(width=picture.width, height=picture.height)
    moved.take(picture, ORIGIN[0] - left, ORIGIN[1] - top)
    return moved


def diagram_of(
    document: BpmnDocument, element: str, picture: Picture, closed: frozenset[str], former: Diagram | None
) -> Diagram:
    """Return a picture as the diagram of an element, with the ids and colours that a former one gave."""
    known = _Former(document)
    shapes = [known.shape(key, box, picture) for key, box in picture.frames.items()]
    shapes += [_opened(known.shape(key, box, picture), key, closed) for key, box in picture.boxes.items()]
    shapes += _groups(document, known, picture)
    edges = [known.edge(key, picture) for key in picture.routes]
    diagram = former or Diagram(id=known.free_id(f"{element}_diagram"))
    plane = (former.plane if former else None) or Plane(id=known.free_id(f"{element}_plane"), element=element)
    return replace(diagram, plane=replace(plane, items=(*shapes, *edges)))


def _opened(shape: Shape, key: str, closed: frozenset[str]) -> Shape:
    return replace(shape, is_expanded=False) if key in closed else shape


class _Former:
    """What former diagrams said of an element besides its place: ids, colours, extensions."""

    def __init__(self, document: BpmnDocument) -> None:
        self.document = document
        self.taken = set(document.elements)
        self.items = {
            item.element: item
            for diagram in reversed(document.diagrams)
            for item in (diagram.plane.items if diagram.plane else ())
        }

    def free_id(self, wanted: str) -> str:
        key, number = wanted, 2
        while key in self.taken:
            key, number = f"{wanted}_{number}", number + 1
        self.taken.add(key)
        return key

    def shape(self, key: str, box: Box, picture: Picture) -> Shape:
        """Return the shape of an element at its new place."""
        item = self.items.get(key)
        shape = item if isinstance(item, Shape) else Shape(id=self.free_id(f"{key}_di"), element=key)
        label = picture.labels.get(key)
        element = self.document.elements.get(key)
        return replace(
            shape,
            bounds=_bounds(box),
            label=_label(shape.label, label),
            is_horizontal=True if isinstance(element, Participant | LaneElement) else None,
            is_expanded=True if isinstance(element, SubProcess) else None,
            is_marker_visible=True if _shows_marker(element) else None,
        )

    def edge(self, key: str, picture: Picture) -> Edge:
        """Return the line of a flow or association on its new way."""
        item = self.items.get(key)
        edge = item if isinstance(item, Edge) else Edge(id=self.free_id(f"{key}_di"), element=key)
        waypoints = tuple(Point(x=x, y=y) for x, y in picture.routes[key])
        label = _label(edge.label, picture.labels.get(key))
        return replace(edge, waypoints=waypoints, label=label, source="", target="")


def _shows_marker(element: object) -> bool:
    return isinstance(element, Gateway) and element.kind == "exclusive_gateway"


def _bounds(box: Box) -> Bounds:
    return Bounds(
        x=round(box.x, 1), y=round(box.y, 1), width=round(box.width, 1), height=round(box.height, 1)
    )


def _label(former: Label | None, box: Box | None) -> Label | None:
    return None if box is None else replace(former or Label(), bounds=_bounds(box))


def _groups(document: BpmnDocument, known: _Former, picture: Picture) -> list[Shape]:
    """Draw the groups of a former diagram around what they were around."""
    groups = []
    for key, item in known.items.items():
        if (
            not isinstance(item, Shape)
            or not isinstance(document.elements.get(key), Group)
            or not item.bounds
        ):
            continue
        members = [
            picture.boxes[other]
            for other, shape in known.items.items()
            if isinstance(shape, Shape) and other in picture.boxes and _is_inside(shape.bounds, item.bounds)
        ]
        if members:
            groups.append(replace(item, bounds=_bounds(_hull(members)), label=None))
    return groups


def _is_inside(bounds: Bounds | None, outer: Bounds) -> bool:
    if bounds is None:
        return False
    x, y = bounds.x + bounds.width / 2, bounds.y + bounds.height / 2
    return outer.x < x < outer.x + outer.width and outer.y < y < outer.y + outer.height


def _hull(boxes: list[Box]) -> Box:
    left, top = min(box.x for box in boxes) - GROUP_MARGIN, min(box.y for box in boxes) - GROUP_MARGIN
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(x=left, y=top, width=right + GROUP_MARGIN - left, height=bottom + GROUP_MARGIN - top)
