"""The cross-functional chart (跨职能流程图): departments are columns, phases are rows, the flow runs downwards.

It is the usual drawing turned over: drawn with every size turned, then x and y change places.
"""

from collections.abc import Mapping
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.document import BpmnDocument, flow_nodes, sequence_flows
from shuli.core.bpmn.elements import Diagram, Lane, Participant, Process, SubProcess
from shuli.core.bpmn.elements import Shape as ShapeOfDiagram
from shuli.core.bpmn.extension import Extension
from shuli.core.bpmn.graph import Phase
from shuli.core.bpmn.layout.composing import Picture
from shuli.core.bpmn.layout.contents import LeafLane, gather, leaf_lanes
from shuli.core.bpmn.layout.interchange import diagram_of, finished
from shuli.core.bpmn.layout.plane import draw
from shuli.core.bpmn.layout.values import Box, Shape, Size, Sketch
from shuli.core.text import Text

HEADER = 30.0
ROW_NAME = 30.0
# Above the first node of all.
FIRST = 30.0
# How far above the first node of a phase its border may lie, the best first.
BORDERS = (18.0, 10.0, 26.0, 6.0)
CLEAR = 4.0  # between a border and a line that runs along it


class Phased(Struct, frozen=True, kw_only=True):
    """A phase and where its row lies."""

    name: Text
    box: Box


class Chart(Struct, frozen=True, kw_only=True):
    """A document with its diagram in columns, and the rows of its phases."""

    document: BpmnDocument
    rows: tuple[Phased, ...]


def lay_out_in_columns(document: BpmnDocument) -> Chart:
    """Return the main process drawn with departments as columns and its phases as rows.

    Sub-processes hide their inside. A node without a phase stands in that of the node before it.
    """
    process = document.process()
    if process is None or not process.flow_elements:
        return Chart(document=document, rows=())
    phases = _phases(process)
    stages = _stages(process, [phase.key for phase in phases])
    lanes = leaf_lanes(process)
    contents = gather(process, _closed_sizes(process))
    shapes = tuple(_turned(shape, stages.get(shape.id)) for shape in contents.shapes)
    links = tuple(replace(link, label=_turned_size(link.label)) for link in contents.links)
    drawing = draw(Sketch(shapes=shapes, links=links, jumps=contents.jumps, lanes=len(lanes)))
    picture = Picture(
        boxes={key: _over(box) for key, box in drawing.boxes.items()},
        routes={key: tuple((y, x) for x, y in route) for key, route in drawing.routes.items()},
        labels={key: _over(box) for key, box in drawing.labels.items()},
        width=drawing.height,
        height=drawing.width,
    )
    picture.loose += contents.loose
    _frame(picture, document, process, lanes, drawing.bands)
    picture = finished(picture)
    return Chart(document=_drawn(document, process, picture), rows=_rows(picture, phases, stages))


def _phases(process: Process) -> tuple[Phase, ...]:
    found = Extension(process).fields("process").get("phases", ())
    return tuple(found)


def _stages(process: Process, keys: list[str]) -> dict[str, int]:
    """Return the place of each node's phase in their order; what has none takes it from what leads to it."""
    number = {key: place for place, key in enumerate(keys)}
    if not number:
        return {}
    nodes = [node.id for node in flow_nodes(process, deep=False)]
    said = {
        node.id: Extension(node).mark("inPhase").get("key", "") for node in flow_nodes(process, deep=False)
    }
    stages = {node: number[key] for node, key in said.items() if key in number}
    flows = [(flow.source, flow.target) for flow in sequence_flows(process)]
    for _round in nodes:
        missing = [node for node in nodes if node not in stages]
        found = {
            node: max(stages[source] for source, target in flows if target == node and source in stages)
            for node in missing
            if any(target == node and source in stages for source, target in flows)
        }
        if not found:
            break
        stages |= found
    return {node: stages.get(node, 0) for node in nodes}


def _closed_sizes(process: Process) -> Mapping[str, Size]:
    inner = (element for element in process.flow_elements if isinstance(element, SubProcess))
    return {element.id: Size(width=100, height=80) for element in inner}


def _turned(shape: Shape, stage: int | None) -> Shape:
    return replace(
        shape, width=shape.height, height=shape.width, label=_turned_size(shape.label), stage=stage
    )


def _turned_size(size: Size | None) -> Size | None:
    return None if size is None else Size(width=size.height, height=size.width)


def _over(box: Box) -> Box:
    return Box(x=box.y, y=box.x, width=box.height, height=box.width)


def _frame(
    picture: Picture,
    document: BpmnDocument,
    process: Process,
    lanes: tuple[LeafLane, ...],
    bands: tuple[tuple[float, float], ...],
) -> None:
    """Put the columns around what stands in them, and the pool around all of them."""
    for leaf, (left, right) in zip(lanes, bands, strict=True):
        if leaf.lane is not None:
            picture.frames[leaf.lane.id] = Box(
                x=left, y=-HEADER, width=right - left, height=picture.height + HEADER
            )
    pool = document.participants.get(process.id)
    if pool is not None:
        top = 2 * HEADER if picture.frames else HEADER
        left, right = bands[0][0], bands[-1][1]
        picture.frames = {
            pool.id: Box(x=left, y=-top, width=right - left, height=picture.height + top),
            **picture.frames,
        }


def _drawn(document: BpmnDocument, process: Process, picture: Picture) -> BpmnDocument:
    pool = document.participants.get(process.id)
    inside = next((c.id for c in document.collaborations if pool in c.participants), process.id)
    closed = frozenset(element.id for element in process.flow_elements if isinstance(element, SubProcess))
    diagram = _upright(document, diagram_of(document, inside, picture, closed, None))
    return BpmnDocument(definitions=replace(document.definitions, diagrams=(diagram,)), lines=document.lines)


def _upright(document: BpmnDocument, diagram: Diagram) -> Diagram:
    if diagram.plane is None:
        return diagram
    items = tuple(
        replace(item, is_horizontal=False)
        if isinstance(item, ShapeOfDiagram)
        and isinstance(document.elements.get(item.element), Participant | Lane)
        else item
        for item in diagram.plane.items
    )
    return replace(diagram, plane=replace(diagram.plane, items=items))


def _rows(picture: Picture, phases: tuple[Phase, ...], stages: Mapping[str, int]) -> tuple[Phased, ...]:
    """Return the rows of the phases that hold something, from the first node of each to the first of the next."""
    tops: list[tuple[Phase, float]] = []
    for place, phase in enumerate(phases):
        boxes = [box for key, box in picture.boxes.items() if stages.get(key) == place]
        if boxes:
            tops.append((phase, min(box.y for box in boxes)))
    if not tops:
        return ()
    frames = list(picture.frames.values()) or list(picture.boxes.values())
    left, right = min(box.x for box in frames) - ROW_NAME, max(box.right for box in frames)
    bottom = max(box.bottom for box in (*frames, *picture.boxes.values()))
    first = min((box.y for box in picture.boxes.values()), default=0) - FIRST
    edges = [first, *(_border(picture, top) for _phase, top in tops[1:]), bottom]
    return tuple(
        Phased(
            name=phase.name,
            box=Box(x=left, y=edges[at], width=right - left, height=edges[at + 1] - edges[at]),
        )
        for at, (phase, _top) in enumerate(tops)
    )


def _border(picture: Picture, top: float) -> float:
    """Return where the border above a node lies: on no line that runs along it."""
    level = [
        first[1]
        for route in picture.routes.values()
        for first, second in pairwise(route)
        if first[1] == second[1]
    ]
    free = (top - gap for gap in BORDERS if all(abs(y - top + gap) > CLEAR for y in level))
    return next(free, top - BORDERS[0])
