"""What every drawing must hold, told as a list of what is broken; and how to read a drawing from a diagram."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from shuli.core.bpmn import BpmnDocument
from shuli.core.bpmn.document import edges_of, shapes_of
from shuli.core.bpmn.elements import Event, Lane, Participant, SubProcess
from shuli.core.bpmn.layout import Box, Drawing, Sketch

HAIR = 0.05


def broken_rules(sketch: Sketch, drawing: Drawing) -> list[tuple[str, ...]]:
    """Name every rule that a drawing breaks, and by which shapes and lines."""
    return [
        *shapes_that_overlap(sketch, drawing),
        *shapes_outside_their_lane(sketch, drawing),
        *lines_that_slant(drawing),
        *lines_through_shapes(sketch, drawing),
        *lines_on_one_another(drawing),
        *names_that_touch(drawing),
    ]


def shapes_that_overlap(sketch, drawing) -> Iterator[tuple[str, ...]]:
    hosts = {(shape.id, shape.attached_to) for shape in sketch.shapes}
    for (one, box), (two, other) in combinations(drawing.boxes.items(), 2):
        if box.overlaps(other) and (one, two) not in hosts and (two, one) not in hosts:
            yield "overlap", one, two


def shapes_outside_their_lane(sketch, drawing) -> Iterator[tuple[str, ...]]:
    for shape in sketch.shapes:
        top, bottom = drawing.bands[shape.lane]
        box = drawing.boxes[shape.id]
        if box.y < top - HAIR or box.bottom > bottom + HAIR:
            yield "outside its lane", shape.id


def stretches(drawing) -> Iterator[tuple[str, Box]]:
    for key, route in drawing.routes.items():
        for (x1, y1), (x2, y2) in pairwise(route):
            left, top = min(x1, x2) - HAIR, min(y1, y2) - HAIR
            yield key, Box(x=left, y=top, width=abs(x1 - x2) + 2 * HAIR, height=abs(y1 - y2) + 2 * HAIR)


def lines_that_slant(drawing) -> Iterator[tuple[str, ...]]:
    for key, route in drawing.routes.items():
        if any(x1 != x2 and y1 != y2 for (x1, y1), (x2, y2) in pairwise(route)):
            yield "slants", key


def lines_through_shapes(sketch, drawing) -> Iterator[tuple[str, ...]]:
    hosts = {shape.id: shape.attached_to for shape in sketch.shapes}
    ends = {link.id: {link.source, link.target} for link in sketch.links}
    for key, stretch in stretches(drawing):
        own = ends[key] | {hosts[end] for end in ends[key]}
        for shape, box in drawing.boxes.items():
            if shape not in own and box.overlaps(stretch):
                yield "passes through", key, shape


def lines_on_one_another(drawing) -> Iterator[tuple[str, ...]]:
    for (one, box), (two, other) in combinations(stretches(drawing), 2):
        if one == two or not box.overlaps(other):
            continue
        across = min(box.right, other.right) - max(box.x, other.x)
        down = min(box.bottom, other.bottom) - max(box.y, other.y)
        if max(across, down) > 1:
            yield "lie on one another", one, two


def names_that_touch(drawing) -> Iterator[tuple[str, ...]]:
    for key, label in drawing.labels.items():
        for shape, box in drawing.boxes.items():
            if label.overlaps(box):
                yield "name over shape", key, shape
        for line, stretch in stretches(drawing):
            if label.overlaps(stretch):
                yield "name over line", key, line
    for (one, label), (two, other) in combinations(drawing.labels.items(), 2):
        if label.overlaps(other):
            yield "names overlap", one, two


def drawing_of(document: BpmnDocument, number: int = 0) -> Drawing:
    """Read a diagram back: everything but pools, lanes and open sub-processes, which other shapes stand in."""
    diagram = document.diagrams[number]
    kept = {
        key: shape
        for key, shape in shapes_of(diagram).items()
        if not isinstance(document.elements[key], Participant | Lane)
        and not (isinstance(document.elements[key], SubProcess) and shape.is_expanded)
    }
    lines = edges_of(diagram)
    named = [*kept.items(), *lines.items()]
    return Drawing(
        boxes={key: box_of(shape.bounds) for key, shape in kept.items()},
        routes={key: tuple((p.x, p.y) for p in edge.waypoints) for key, edge in lines.items()},
        labels={key: box_of(one.label.bounds) for key, one in named if one.label and one.label.bounds},
        bands=(),
        width=0,
        height=0,
    )


def box_of(bounds) -> Box:
    return Box(x=bounds.x, y=bounds.y, width=bounds.width, height=bounds.height)


def hosts_in(document: BpmnDocument) -> dict[str, str]:
    return {
        key: element.attached_to
        for key, element in document.elements.items()
        if isinstance(element, Event) and element.attached_to
    }
