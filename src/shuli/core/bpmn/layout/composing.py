"""A picture of a process, with its sub-processes inside it, or of several pools with the messages between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shuli.core.bpmn.document import BpmnDocument, flow_elements
from shuli.core.bpmn.elements import Collaboration, Participant, Process, SubProcess
from shuli.core.bpmn.layout.captions import find_obstacles, name_beside
from shuli.core.bpmn.layout.contents import Container, Contents, LeafLane, gather, leaf_lanes
from shuli.core.bpmn.layout.late import Standing, lead_late
from shuli.core.bpmn.layout.lettering import LINE_NAME_WIDTH, name_size
from shuli.core.bpmn.layout.naming import names_of
from shuli.core.bpmn.layout.plane import draw
from shuli.core.bpmn.layout.values import Box, Drawing, Jump, Link, Point, Shape, Size, Sketch

HEADER = 30.0  # the strip of a pool or lane with its name
TITLE = 22.0  # room for the name of an open sub-process
SMALLEST_SUB_PROCESS = Size(width=140, height=100)
HIDDEN_POOL_HEIGHT = 60.0
BETWEEN_POOLS = 36.0


@dataclass(kw_only=True, slots=True)
class Picture:
    """Where everything stands, by the ids of the model."""

    boxes: dict[str, Box] = field(default_factory=dict)
    routes: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    frames: dict[str, Box] = field(default_factory=dict)  # pools and lanes
    loose: list[Link] = field(default_factory=list)
    width: float = 0
    height: float = 0

    def take(self, other: "Picture", dx: float, dy: float) -> None:
        """Put another picture into this one."""
        self.boxes.update({key: box.moved(dx, dy) for key, box in other.boxes.items()})
        self.labels.update({key: box.moved(dx, dy) for key, box in other.labels.items()})
        self.frames.update({key: box.moved(dx, dy) for key, box in other.frames.items()})
        for key, route in other.routes.items():
            self.routes[key] = tuple((x + dx, y + dy) for x, y in route)
        self.loose += other.loose


def compose_process(container: Container, closed: frozenset[str]) -> Picture:
    """Return the picture of a process or sub-process; `closed` names sub-processes that hide their inside."""
    inner = _inner_pictures(container, closed)
    contents = gather(container, _sizes(inner))
    lanes = leaf_lanes(container)
    drawing = draw(
        Sketch(shapes=contents.shapes, links=contents.links, jumps=contents.jumps, lanes=len(lanes))
    )
    picture = _picture_of(drawing, inner)
    picture.loose += contents.loose
    _frame_lanes(picture, lanes, drawing.bands, x=0.0)
    return picture


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pool:
    """A band of the picture: a participant, or a process that takes part without being named one."""

    participant: Participant | None
    process: Process | None
    lanes: tuple[LeafLane, ...]
    first: int  # its first lane among all lanes of the picture


def taking_part(document: BpmnDocument, collaboration: Collaboration) -> list[Process]:
    """Return the processes that messages lead to although no pool of the collaboration shows them."""
    shown = {participant.process for participant in collaboration.participants}
    ends = {end for flow in collaboration.message_flows for end in (flow.source, flow.target)}
    others = (process for process in document.processes if process.id not in shown)
    return [process for process in others if any(element.id in ends for element in flow_elements(process))]


def compose_collaboration(
    document: BpmnDocument, collaboration: Collaboration, closed: frozenset[str]
) -> Picture:
    """Return the picture of all pools, one below the other, their columns in step."""
    shapes: list[Shape] = []
    links: list[Link] = []
    jumps: list[Jump] = []
    loose: list[Link] = []
    inner: dict[str, Picture] = {}
    pools = _pools(document, collaboration)
    for pool in pools:
        contents = _pool_contents(pool, closed, inner)
        shapes += contents.shapes
        links += contents.links
        jumps += contents.jumps
        loose += contents.loose
    links_between = _message_links(collaboration)
    known = {shape.id for shape in shapes}
    links += [link for link in links_between if link.source in known and link.target in known]
    loose += [link for link in links_between if not (link.source in known and link.target in known)]
    lanes = pools[-1].first + len(pools[-1].lanes)
    drawing = draw(Sketch(shapes=tuple(shapes), links=tuple(links), jumps=tuple(jumps), lanes=lanes))
    drawing = _apart(drawing, [pool.first for pool in pools])
    picture = _picture_of(drawing, inner)
    picture.loose += loose
    for pool in pools:
        bands = drawing.bands[pool.first : pool.first + len(pool.lanes)]
        _frame_lanes(picture, pool.lanes, bands, x=0.0)
        if pool.participant is not None:
            _frame_pool(picture, pool.participant, pool.lanes, bands)
    return picture


def _pools(document: BpmnDocument, collaboration: Collaboration) -> list[_Pool]:
    members: list[tuple[Participant | None, Process | None]] = [
        (participant, document.process(participant.process) if participant.process else None)
        for participant in collaboration.participants
    ]
    members += [(None, process) for process in taking_part(document, collaboration)]
    pools: list[_Pool] = []
    first = 0
    for participant, process in members:
        lanes = leaf_lanes(process) if process is not None else (LeafLane(lane=None),)
        pools.append(_Pool(participant=participant, process=process, lanes=lanes, first=first))
        first += len(lanes)
    return pools


def _pool_contents(pool: _Pool, closed: frozenset[str], inner: dict[str, Picture]) -> Contents:
    if pool.process is not None and (pool.process.flow_elements or pool.participant is None):
        pictures = _inner_pictures(pool.process, closed)
        inner.update(pictures)
        return gather(pool.process, _sizes(pictures), first_lane=pool.first)
    key = pool.participant.id if pool.participant is not None else ""
    hidden = Shape(id=key, width=0, height=HIDDEN_POOL_HEIGHT, lane=pool.first, wide=True)
    return Contents(shapes=(hidden,), links=(), jumps=(), loose=())


def _message_links(collaboration: Collaboration) -> list[Link]:
    return [
        Link(
            id=flow.id,
            source=flow.source,
            target=flow.target,
            kind="message",
            label=name_size(names_of(flow), LINE_NAME_WIDTH),
        )
        for flow in collaboration.message_flows
    ]


def _inner_pictures(container: Container, closed: frozenset[str]) -> dict[str, Picture]:
    return {
        element.id: compose_process(element, closed)
        for element in container.flow_elements
        if isinstance(element, SubProcess) and element.id not in closed
    }


def _sizes(inner: Mapping[str, Picture]) -> dict[str, Size]:
    smallest = SMALLEST_SUB_PROCESS
    return {
        key: Size(
            width=max(smallest.width, picture.width),
            height=max(smallest.height, picture.height + TITLE),
        )
        for key, picture in inner.items()
    }


def _picture_of(drawing: Drawing, inner: Mapping[str, Picture]) -> Picture:
    picture = Picture(
        boxes=dict(drawing.boxes),
        routes=dict(drawing.routes),
        labels=dict(drawing.labels),
        width=drawing.width,
        height=drawing.height,
    )
    for key, content in inner.items():
        box = picture.boxes[key]
        picture.take(content, box.x + (box.width - content.width) / 2, box.y + TITLE)
    return picture


def _frame_lanes(
    picture: Picture, lanes: tuple[LeafLane, ...], bands: tuple[tuple[float, float], ...], x: float
) -> None:
    """Draw the lanes to the left of the first column; an outer lane covers its inner ones."""
    depth = max((len(leaf.around) + 1 for leaf in lanes if leaf.lane is not None), default=0)
    for leaf, (top, bottom) in zip(lanes, bands, strict=True):
        if leaf.lane is None:
            continue
        for level, lane in enumerate((*leaf.around, leaf.lane)):
            left = x - HEADER * (depth - level)
            box = Box(x=left, y=top, width=x + picture.width - left, height=bottom - top)
            known = picture.frames.get(lane.id)
            if known is not None:
                box = Box(x=left, y=known.y, width=box.width, height=bottom - known.y)
            picture.frames[lane.id] = box


def _frame_pool(
    picture: Picture,
    participant: Participant,
    lanes: tuple[LeafLane, ...],
    bands: tuple[tuple[float, float], ...],
) -> None:
    depth = max((len(leaf.around) + 1 for leaf in lanes if leaf.lane is not None), default=0)
    left = -HEADER * (depth + 1)
    top, bottom = bands[0][0], bands[-1][1]
    hidden = picture.boxes.pop(participant.id, None)
    if hidden is not None:
        top, bottom = hidden.y, hidden.bottom
    picture.frames[participant.id] = Box(x=left, y=top, width=picture.width - left, height=bottom - top)


def _apart(drawing: Drawing, first_lanes: Iterable[int]) -> Drawing:
    """Return the drawing with room between its pools."""
    borders = [drawing.bands[lane][0] for lane in first_lanes][1:]

    def lower(y: float) -> float:
        return BETWEEN_POOLS * sum(1 for border in borders if y >= border)

    return Drawing(
        boxes={key: box.moved(0, lower(box.y)) for key, box in drawing.boxes.items()},
        routes={key: tuple((x, y + lower(y)) for x, y in route) for key, route in drawing.routes.items()},
        labels={key: box.moved(0, lower(box.y)) for key, box in drawing.labels.items()},
        bands=tuple((top + lower(top), bottom + lower(top)) for top, bottom in drawing.bands),
        width=drawing.width,
        height=drawing.height + BETWEEN_POOLS * len(borders),
    )


def lead_loose(picture: Picture) -> None:
    """Draw the links that join shapes of different grids, as far as both ends are in the picture."""
    standing = Standing(boxes=[*_leaves(picture), *picture.labels.values()])
    for route in picture.routes.values():
        standing.add(route)
    for link in picture.loose:
        source, target = _end(picture, link.source), _end(picture, link.target)
        if source is not None and target is not None:
            source = _at_border(picture, link.source, source, target)
            target = _at_border(picture, link.target, target, source)
            picture.routes[link.id] = lead_late(source, target, standing)
            standing.add(picture.routes[link.id])
    obstacles = find_obstacles(standing.boxes, picture.routes.values())
    for link in picture.loose:
        if link.label is not None and link.id in picture.routes:
            picture.labels[link.id] = name_beside(picture.routes[link.id], link.label, obstacles)


def _leaves(picture: Picture) -> list[Box]:
    """Return the boxes that nothing stands in."""
    boxes = list(picture.boxes.values())
    return [box for box in boxes if not any(_holds(box, other) for other in boxes)]


def _holds(box: Box, other: Box) -> bool:
    inside = box.x < other.x and box.y < other.y and box.right > other.right and box.bottom > other.bottom
    return inside and box is not other


def _end(picture: Picture, key: str) -> Box | None:
    """Return what a link leads to: a shape, a pool, or the middle of a line."""
    box = picture.boxes.get(key) or picture.frames.get(key)
    route = picture.routes.get(key)
    if box is not None or route is None:
        return box
    at = len(route) // 2
    (x1, y1), (x2, y2) = route[at - 1], route[at]
    return Box(x=(x1 + x2) / 2, y=(y1 + y2) / 2, width=0, height=0)


def _at_border(picture: Picture, key: str, frame: Box, other: Box) -> Box:
    """Return the point of a pool's border that is nearest to the other end; any other shape as it is."""
    if key not in picture.frames:
        return frame
    x = min(max(other.middle[0], frame.x), frame.right)
    y = frame.y if other.middle[1] < frame.middle[1] else frame.bottom
    return Box(x=x, y=y, width=0, height=0)
