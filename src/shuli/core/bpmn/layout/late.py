"""Lines that join what stands in different grids: into a sub-process, to the middle of another line, to a pool's border.

They are led last, right-angled around everything that stands already.
"""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise

from shuli.core.bpmn.layout.captions import Obstacles, find_obstacles
from shuli.core.bpmn.layout.values import Box, Point

DISTANCE = 8.0
BEND = 40.0
# How far around both ends a way is looked for.
SURROUNDINGS = 400.0

_State = tuple[int, int, bool]  # number of x, number of y, arrived by a level step


def lead_late(source: Box, target: Box, standing: Iterable[Box]) -> tuple[Point, ...]:
    """Return a right-angled way from border to border that passes through nothing, straight if there is none."""
    near = _around(source, target)
    obstacles = [box for box in standing if box.overlaps(near) and box not in (source, target)]
    xs = _coordinates((source, target), obstacles, level=True)
    ys = _coordinates((source, target), obstacles, level=False)
    blocked = find_obstacles([*obstacles, source, target], ())
    path = _shortest(xs, ys, set(_docks(source)), set(_docks(target)), blocked)
    return _corners(path) if path else _straight(source, target)


def _around(source: Box, target: Box) -> Box:
    left, top = min(source.x, target.x) - SURROUNDINGS, min(source.y, target.y) - SURROUNDINGS
    right, bottom = max(source.right, target.right), max(source.bottom, target.bottom)
    return Box(x=left, y=top, width=right + SURROUNDINGS - left, height=bottom + SURROUNDINGS - top)


def _docks(box: Box) -> Iterator[Point]:
    x, y = box.middle
    yield from ((box.right, y), (x, box.bottom), (box.x, y), (x, box.y))


def _coordinates(ends: Iterable[Box], obstacles: Iterable[Box], *, level: bool) -> list[float]:
    found = []
    for box in (*ends, *obstacles):
        low, high = (box.x, box.right) if level else (box.y, box.bottom)
        found += [low - DISTANCE, high + DISTANCE]
    for box in ends:
        low, high = (box.x, box.right) if level else (box.y, box.bottom)
        found += [low, (low + high) / 2, high]
    return sorted(set(found))


def _shortest(
    xs: list[float], ys: list[float], starts: set[Point], goals: set[Point], blocked: Obstacles
) -> list[Point] | None:
    x_at, y_at = {x: n for n, x in enumerate(xs)}, {y: n for n, y in enumerate(ys)}
    queue: list[tuple[float, _State]] = []
    known: dict[_State, float] = {}
    came: dict[_State, _State | None] = {}
    for x, y in sorted(starts):
        for level in (True, False):
            state = (x_at[x], y_at[y], level)
            known[state], came[state] = 0.0, None
            heappush(queue, (0.0, state))
    while queue:
        cost, state = heappop(queue)
        if (xs[state[0]], ys[state[1]]) in goals:
            return _path(came, state, xs, ys)
        if cost > known[state]:
            continue
        for following, step in _steps(state, xs, ys, blocked):
            total = cost + step
            if total < known.get(following, float("inf")):
                known[following], came[following] = total, state
                heappush(queue, (total, following))
    return None


def _steps(state: _State, xs: list[float], ys: list[float], blocked: Obstacles) -> Iterator[tuple[_State, float]]:
    x, y, level = state
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        if not (0 <= x + dx < len(xs) and 0 <= y + dy < len(ys)):
            continue
        one, two = (xs[x], ys[y]), (xs[x + dx], ys[y + dy])
        if blocked.touched_by(_stretch(one, two)):
            continue
        length = abs(one[0] - two[0]) + abs(one[1] - two[1])
        is_level = dy == 0
        yield (x + dx, y + dy, is_level), length + BEND * (is_level != level)


def _stretch(one: Point, two: Point) -> Box:
    (x1, x2), (y1, y2) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    return Box(x=x1, y=y1, width=x2 - x1, height=y2 - y1)


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
