"""Where names are written that do not fit inside: where room was kept, or wherever else they touch nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from shuli.core.bpmn.layout.needs import AFTER_START, GAP, NamePlace
from shuli.core.bpmn.layout.values import Box, LayoutError, Link, Point, Shape, Size

# The map of what is where has squares of this size.
SQUARE = 120.0
LINE_WIDTH = 2.0


@dataclass(kw_only=True, slots=True)
class Obstacles:
    """Everything that a name must not touch, by squares of the plane."""

    squares: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def add(self, box: Box) -> None:
        for square in _squares(box):
            self.squares.setdefault(square, []).append(box)

    def touched_by(self, box: Box) -> int:
        """Count the obstacles under a box; one that covers several squares may count more than once."""
        return sum(
            1 for square in _squares(box) for other in self.squares.get(square, ()) if box.overlaps(other)
        )


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(int(box.x // SQUARE), int(box.right // SQUARE) + 1):
        for y in range(int(box.y // SQUARE), int(box.bottom // SQUARE) + 1):
            yield x, y


def find_obstacles(
    boxes: Iterable[Box], routes: Iterable[tuple[Point, ...]], borders: Iterable[Box] = ()
) -> Obstacles:
    """Return the map of shapes and lines."""
    obstacles = Obstacles()
    for box in (*boxes, *borders):
        obstacles.add(box)
    for route in routes:
        for one, two in pairwise(route):
            obstacles.add(_stroke(one, two))
    return obstacles


def _stroke(one: Point, two: Point) -> Box:
    (x1, x2), (y1, y2) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    half = LINE_WIDTH / 2
    return Box(x=x1 - half, y=y1 - half, width=x2 - x1 + LINE_WIDTH, height=y2 - y1 + LINE_WIDTH)


def place_names(
    shapes: Mapping[str, Shape],
    boxes: Mapping[str, Box],
    links: Iterable[Link],
    routes: Mapping[str, tuple[Point, ...]],
    wanted: Mapping[str, NamePlace],
    obstacles: Obstacles,
) -> tuple[dict[str, Box], int]:
    """Return the boxes of all names, and how many of them could not be kept free."""
    labels: dict[str, Box] = {}
    crowded = 0
    for shape in shapes.values():
        if shape.label is not None:
            around = _around(boxes[shape.id], shape.label, wanted.get(shape.id, "below"))
            labels[shape.id], touched = _free(around, obstacles)
            crowded += touched
    for link in links:
        if link.label is not None and link.id in routes:
            labels[link.id], touched = _free(_along(routes[link.id], link.label), obstacles)
            crowded += touched
    return labels, crowded


def name_beside(route: tuple[Point, ...], size: Size, obstacles: Obstacles) -> Box:
    """Return the place of one line's name, and remember that it is taken."""
    return _free(_along(route, size), obstacles)[0]


def _free(candidates: Iterable[Box], obstacles: Obstacles) -> tuple[Box, bool]:
    """Return the first candidate that touches nothing, else the one that touches least."""
    best, least = None, 0
    for box in candidates:
        touched = obstacles.touched_by(box)
        if best is None or touched < least:
            best, least = box, touched
        if not touched:
            break
    if best is None:
        raise LayoutError("Expected at least one place for a name but found none.")
    obstacles.add(best)
    return best, least > 0


def _around(box: Box, size: Size, wanted: NamePlace) -> list[Box]:
    x, y = box.middle
    gap = GAP + LINE_WIDTH
    left, right = x - size.width - gap, x + gap
    above, below = box.y - size.height - GAP, box.bottom + GAP
    corners = {
        "below": (x - size.width / 2, below),
        "above": (x - size.width / 2, above),
        "above_left": (left, above),
        "below_right": (right, below),
        "below_left": (left, below),
        "above_right": (right, above),
        "left_below": (box.x - size.width - GAP, below - GAP),
        "right_below": (box.right + GAP, below - GAP),
        "left_above": (box.x - size.width - GAP, above + GAP),
        "right_above": (box.right + GAP, above + GAP),
        "left": (box.x - size.width - GAP, y - size.height / 2),
        "right": (box.right + GAP, y - size.height / 2),
    }
    order = [corners[wanted], *(place for name, place in corners.items() if name != wanted)]
    return [Box(x=left, y=top, width=size.width, height=size.height) for left, top in order]


def _along(route: tuple[Point, ...], size: Size) -> Iterator[Box]:
    """Yield places beside a line: near its start first, then run by run, above and below or right and left."""
    for one, two in pairwise(route):
        yield from _beside(one, two, size, at=0.0)
    for share in (0.5, 1.0, 0.25, 0.75, 0.12, 0.38, 0.62, 0.88):
        for one, two in pairwise(route):
            yield from _beside(one, two, size, at=share)


def _beside(one: Point, two: Point, size: Size, at: float) -> Iterator[Box]:
    (x1, y1), (x2, y2) = one, two
    width, height = size.width, size.height
    if y1 == y2:
        room = max(0.0, abs(x2 - x1) - width - AFTER_START - GAP)
        left = x1 + AFTER_START + room * at if x2 > x1 else x1 - AFTER_START - width - room * at
        yield Box(x=left, y=y1 - height - GAP / 2, width=width, height=height)
        yield Box(x=left, y=y1 + GAP / 2, width=width, height=height)
        return
    room = max(0.0, abs(y2 - y1) - height - AFTER_START - GAP)
    top = y1 + AFTER_START + room * at if y2 > y1 else y1 - AFTER_START - height - room * at
    yield Box(x=x1 + GAP, y=top, width=width, height=height)
    yield Box(x=x1 - GAP - width, y=top, width=width, height=height)
