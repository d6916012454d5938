"""Lines that join what stands in different grids: into a sub-process, to the middle of another line, to a pool's border.

They are led last, right-angled around everything that stands already.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from shuli.core.bpmn.layout.captions import Obstacles, find_obstacles
from shuli.core.bpmn.layout.values import Box, Point

DISTANCE = 8.0
BEND = 40.0
COVERED = 200.0
CUT = 25.0
LINE = 2.0
# How far around both ends a way is looked for.
SURROUNDINGS = 400.0

_State = tuple[int, int, bool]  # number of x, number of y, arrived by a level step


@dataclass(kw_only=True, slots=True)
class Standing:
    """What is drawn already: shapes and names to go around, lines to cross as seldom as possible."""

    boxes: list[Box]
    level: Obstacles = field(default_factory=Obstacles)
    upright: Obstacles = field(default_factory=Obstacles)

    def add(self, route: tuple[Point, ...]) -> None:
        for one, two in pairwise(route):
            (self.level if one[1] == two[1] else self.upright).add(_stretch(one, two, LINE))


def lead_late(source: Box, target: Box, standing: Standing) -> tuple[Point, ...]:
    """Return a right-angled way from border to border that passes through nothing, straight if there is none."""
    near = _around(source, target)
    obstacles = [box for box in standing.boxes if box.overlaps(near) and box not in (source, target)]
    xs = _coordinates((source, target), obstacles, level=True)
    ys = _coordinates((source, target), obstacles, level=False)
    blocked = find_obstacles([*obstacles, source, target], ())
    ways = _Ways(xs=xs, ys=ys, blocked=blocked, standing=standing)
    starts, goals = _docks(source), _docks(target)
    path = _shortest(ways, starts, goals)
    if path is None:
        return _straight(source, target)
    return _corners([starts[path[0]][0], *path, goals[path[-1]][0]])


def _around(source: Box, target: Box) -> Box:
    left, top = min(source.x, target.x) - SURROUNDINGS, min(source.y, target.y) - SURROUNDINGS
    right, bottom = max(source.right, target.right), max(source.bottom, target.bottom)
    return Box(x=left, y=top, width=right + SURROUNDINGS - left, height=bottom + SURROUNDINGS - top)


def _docks(box: Box) -> dict[Point, tuple[Point, bool]]:
    """Return the points before the middles of the sides, each with the middle and whether it lies level with it."""
    x, y = box.middle
    return {
        (box.right + DISTANCE, y): ((box.right, y), True),
        (x, box.bottom + DISTANCE): ((x, box.bottom), False),
        (box.x - DISTANCE, y): ((box.x, y), True),
        (x, box.y - DISTANCE): ((x, box.y), False),
    }


def _coordinates(ends: Iterable[Box], obstacles: Iterable[Box], *, level: bool) -> list[float]:
    found = []
    for box in (*ends, *obstacles):
        low, high = (box.x, box.right) if level else (box.y, box.bottom)
        found += [low - DISTANCE, high + DISTANCE]
    for box in ends:
        low, high = (box.x, box.right) if level else (box.y, box.bottom)
        found.append((low + high) / 2)
    return sorted(set(found))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ways:
    """The grid between the coordinates that matter."""

    xs: list[float]
    ys: list[float]
    blocked: Obstacles
    standing: Standing


def _shortest(
    ways: _Ways, starts: Mapping[Point, tuple[Point, bool]], goals: Mapping[Point, tuple[Point, bool]]
) -> list[Point] | None:
    xs, ys = ways.xs, ways.ys
    x_at, y_at = {x: n for n, x in enumerate(xs)}, {y: n for n, y in enumerate(ys)}
    queue: list[tuple[float, _State]] = []
    known: dict[_State, float] = {}
    came: dict[_State, _State | None] = {}
    for (x, y), (_middle, level) in starts.items():
        state = (x_at[x], y_at[y], level)
        known[state], came[state] = 0.0, None
        heappush(queue, (0.0, state))
    while queue:
        cost, state = heappop(queue)
        goal = goals.get((xs[state[0]], ys[state[1]]))
        if goal is not None and goal[1] == state[2]:
            return _path(came, state, xs, ys)
        if cost > known[state]:
            continue
        for following, step in _steps(state, ways):
            total = cost + step
            if total < known.get(following, float("inf")):
                known[following], came[following] = total, state
                heappush(queue, (total, following))
    return None


def _steps(state: _State, ways: _Ways) -> Iterator[tuple[_State, float]]:
    xs, ys = ways.xs, ways.ys
    x, y, level = state
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        if not (0 <= x + dx < len(xs) and 0 <= y + dy < len(ys)):
            continue
        one, two = (xs[x], ys[y]), (xs[x + dx], ys[y + dy])
        stretch = _stretch(one, two)
        if ways.blocked.touched_by(stretch):
            continue
        is_level = dy == 0
        yield (x + dx, y + dy, is_level), _length(one, two, ways.standing) + BEND * (is_level != level)


def _length(one: Point, two: Point, standing: Standing) -> float:
    """Return what a step costs: its length, and the lines that it cuts or covers."""
    along, across = (
        (standing.level, standing.upright) if one[1] == two[1] else (standing.upright, standing.level)
    )
    stretch = _stretch(one, two)
    covered, cut = along.touched_by(stretch) > 0, across.touched_by(stretch) > 0
    return abs(one[0] - two[0]) + abs(one[1] - two[1]) + COVERED * covered + CUT * cut


def _stretch(one: Point, two: Point, width: float = 0.0) -> Box:
    (x1, x2), (y1, y2) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    return Box(x=x1 - width / 2, y=y1 - width / 2, width=x2 - x1 + width, height=y2 - y1 + width)


def _path(came: dict[_State, _State | None], last: _State, xs: list[float], ys: list[float]) -> list[Point]:
    path: list[Point] = []
    state: _State | None = last
    while state is not None:
        path.append((xs[state[0]], ys[state[1]]))
        state = came[state]
    return path[::-1]


def _corners(path: list[Point]) -> tuple[Point, ...]:
    kept = path[:1]
    for one, (here, following) in zip(path, pairwise(path[1:]), strict=False):
        if (one[0] == here[0]) != (here[0] == following[0]):
            kept.append(here)
    return tuple((round(x, 1), round(y, 1)) for x, y in (*kept, path[-1]))


def _straight(source: Box, target: Box) -> tuple[Point, ...]:
    return source.middle, target.middle
