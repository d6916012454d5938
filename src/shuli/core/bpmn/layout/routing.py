"""Which way a line takes along the grid: the cheapest by length, bends, crossings and sides of shapes.

One line after the other by A*, then every line once more with all others in place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from shuli.core.bpmn.layout.grid import (
    OPPOSITE,
    STEPS,
    Grid,
    Place,
    Side,
    Vertex,
    boundary_events,
    carrier_of,
    exits,
    is_channel,
)
from shuli.core.bpmn.layout.values import LayoutError, Link

# Costs, in units of half a column.
HALF_ROW = 0.7
USUAL_CROSSING = 5.0
DEAR_CROSSING = 10.0
BEND = 2.0
BESIDE_IN_CHANNEL = 0.2
BESIDE_BETWEEN_SHAPES = 2.0
# A line reads better in a channel than through places where a shape might stand.
BETWEEN_SHAPES = 0.3
SAME_SIDE_IN_AND_OUT = 6.0
SAME_SIDE_OUT = 4.0
SAME_SIDE_IN = 1.8
BESIDE_BOUNDARY_EVENT = 0.8
CROWDED_BORDER = 12.0

# What leaving or entering a shape by a side costs, by outline: right, bottom or top, left.
LEAVING = {"box": (0.0, 2.4, 6.0), "diamond": (0.0, 0.8, 4.0), "circle": (0.0, 2.0, 5.0)}
ENTERING = {"box": (5.0, 1.8, 0.0), "diamond": (3.0, 0.8, 0.0), "circle": (4.0, 1.5, 0.0)}
BACKWARD_LEAVING = (2.0, 0.2, 3.0)
BACKWARD_ENTERING = (3.0, 0.2, 1.6)
BESIDE = (1.5, 0.0, 1.5)
MESSAGE = (5.0, 0.0, 5.0)

ROUNDS = 2
# The second round costs as much as the first; very large diagrams go without it.
MOST_LINKS_FOR_SECOND_ROUND = 150
HASTE = 1.8


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """The corners of a line on the grid, with both ends, and the sides of the shapes that it uses."""

    link: str
    corners: tuple[Vertex, ...]
    leaves: Side
    enters: Side  # the side of the target at which it arrives


@dataclass(kw_only=True, slots=True)
class _Traffic:
    """What the lines so far occupy."""

    along: Counter[tuple[Vertex, bool]] = field(default_factory=Counter)  # straight through a crossing
    steps: Counter[tuple[Vertex, Vertex]] = field(default_factory=Counter)
    out: Counter[tuple[str, Side]] = field(default_factory=Counter)
    into: Counter[tuple[str, Side]] = field(default_factory=Counter)

    def count(self, link: Link, route: Route, change: int) -> None:
        self.out[link.source, route.leaves] += change
        self.into[link.target, route.enters] += change
        path = list(walk(route.corners))
        for at, vertex in enumerate(path[1:-1], start=1):
            before, after = path[at - 1], path[at + 1]
            if before[0] == after[0] or before[1] == after[1]:
                self.along[vertex, before[1] == after[1]] += change
        for one, two in pairwise(path):
            self.steps[min(one, two), max(one, two)] += change


def find_routes(grid: Grid, links: Iterable[Link], crossing: float = USUAL_CROSSING) -> dict[str, Route]:
    """Return the way of every link; `crossing` is what it costs to cut another line."""
    ordered = sorted(links, key=lambda link: _urgency(grid, link))
    traffic = _Traffic()
    routes: dict[str, Route] = {}
    is_large = len(ordered) > MOST_LINKS_FOR_SECOND_ROUND
    rounds, haste = (1, HASTE) if is_large else (ROUNDS, 1.0)
    for _round in range(rounds):
        for link in ordered:
            if link.id in routes:
                if len(routes[link.id].corners) == 2:
                    # Nothing is better than straight: the others go around it.
                    continue
                traffic.count(link, routes[link.id], -1)
            routes[link.id] = _Search(
                grid=grid, traffic=traffic, link=link, crossing=crossing, haste=haste
            ).best()
            traffic.count(link, routes[link.id], 1)
    return routes


def lead_again(
    grid: Grid, links: Mapping[str, Link], routes: Mapping[str, Route], again: tuple[str, ...]
) -> dict[str, Route]:
    """Return the routes after leading some links anew, in this order, with the others where they are."""
    traffic = _Traffic()
    changed = {key: route for key, route in routes.items() if key not in again}
    for key, route in changed.items():
        traffic.count(links[key], route, 1)
    for key in again:
        search = _Search(grid=grid, traffic=traffic, link=links[key], crossing=DEAR_CROSSING)
        changed[key] = search.best()
        traffic.count(links[key], changed[key], 1)
    # In the order of the links, so that the same routes give the same drawing.
    return {key: changed[key] for key in routes}


def walk(corners: tuple[Vertex, ...]) -> Iterator[Vertex]:
    """Yield every crossing of grid lines on the way."""
    yield corners[0]
    for (x1, y1), (x2, y2) in pairwise(corners):
        dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
        for step in range(1, max(abs(x2 - x1), abs(y2 - y1)) + 1):
            yield x1 + dx * step, y1 + dy * step


def _urgency(grid: Grid, link: Link) -> tuple[bool, bool, bool, int]:
    """Sort straight and short lines first: they keep the best way, loops and notes go around them."""
    source, target = grid.places[carrier_of(grid, link.source)], grid.places[carrier_of(grid, link.target)]
    across, down = abs(target.first - source.last), abs(target.line - source.line)
    return link.kind != "flow", link.id in grid.backward, not _sees(grid, source, target), across + down


def _sees(grid: Grid, source: Place, target: Place) -> bool:
    """Say whether a straight line can join two places with nothing between them."""
    if source.line == target.line:
        low, high = sorted((source, target), key=lambda place: place.first)
        between = [(x, source.line) for x in range(low.last + 1, high.first)]
    elif source.first == target.first and source.last == target.last:
        top, bottom = sorted((source.line, target.line))
        between = [(source.first, y) for y in range(top + 1, bottom)]
    else:
        return False
    return not any(vertex in grid.owner for vertex in between)


@dataclass(kw_only=True, slots=True)
class _Search:
    """One A* run for one link."""

    grid: Grid
    traffic: _Traffic
    link: Link
    crossing: float
    haste: float = 1.0  # above 1 the search is quicker and may miss the cheapest way
    goals: dict[tuple[Vertex, Side], float] = field(default_factory=dict)
    box: tuple[int, int, int, int] = (0, 0, 0, 0)

    def best(self) -> Route:
        """Return the cheapest way; one always exists along the channels."""
        self._set_goals()
        queue: list[tuple[float, int, Vertex, Side]] = []
        known: dict[tuple[Vertex, Side], float] = {}
        came: dict[tuple[Vertex, Side], tuple[Vertex, Side] | None] = {}
        for number, (vertex, side) in enumerate(exits(self.grid, self.link.source)):
            cost = self._leaving(side)
            if vertex in self.grid.owner:
                continue
            known[vertex, side], came[vertex, side] = cost, None
            heappush(queue, (cost + self._rest(vertex), number, vertex, side))
        number = len(queue) + len(STEPS)
        while queue:
            _estimate, _number, vertex, side = heappop(queue)
            state = (vertex, side)
            if vertex in self.grid.owner:
                return self._route(came, state)
            for following, heading, cost in self._steps(state, known[state]):
                if cost < known.get((following, heading), float("inf")):
                    known[following, heading], came[following, heading] = cost, state
                    number += 1
                    heappush(queue, (cost + self._rest(following), number, following, heading))
        raise LayoutError(f"Expected a way for {self.link.id} along the channels but found none.")

    def _set_goals(self) -> None:
        place = self.grid.places[carrier_of(self.grid, self.link.target)]
        self.box = (place.first, place.last, place.line, place.line)
        for vertex, side in exits(self.grid, self.link.target):
            self.goals[vertex, OPPOSITE[side]] = self._entering(side)

    def _rest(self, vertex: Vertex) -> float:
        """Return a lower bound of what is left to go."""
        left, right, top, bottom = self.box
        across = max(left - vertex[0], vertex[0] - right, 0)
        return self.haste * (across + HALF_ROW * max(top - vertex[1], vertex[1] - bottom, 0))

    def _steps(self, state: tuple[Vertex, Side], so_far: float) -> Iterator[tuple[Vertex, Side, float]]:
        (x, y), side = state
        for heading, (dx, dy) in STEPS.items():
            if heading == OPPOSITE[side]:
                continue
            following = (x + dx, y + dy)
            inside = 0 <= following[0] < self.grid.vertical and 0 <= following[1] < len(self.grid.horizontal)
            if not inside:
                continue
            cost = so_far + self._turning(state[0], side, heading)
            goal = self.goals.get((state[0], heading))
            if goal is not None and self._may_enter(state[0], following, side, heading):
                yield following, heading, cost + goal + self._moving(state[0], following)
            if following not in self.grid.owner:
                yield following, heading, cost + self._moving(state[0], following)

    def _may_enter(self, vertex: Vertex, following: Vertex, side: Side, heading: Side) -> bool:
        """Say whether the target lies in this direction, and is not missed by a line beside its middle."""
        if self.grid.owner.get(following) != carrier_of(self.grid, self.link.target):
            return False
        is_beside = self.grid.shapes[self.link.source].attached_to is not None and side == heading
        is_straight = (
            is_beside and vertex[0] == self.grid.places[carrier_of(self.grid, self.link.source)].last
        )
        return not is_straight or self.grid.shapes[self.link.target].outline == "box"

    def _turning(self, vertex: Vertex, side: Side, heading: Side) -> float:
        if side != heading:
            return BEND
        across = heading in ("right", "left")
        return self.crossing * self.traffic.along[vertex, not across]

    def _moving(self, here: Vertex, following: Vertex) -> float:
        vertical = here[0] == following[0]
        line = here[0] if vertical else here[1]
        beside = self.traffic.steps[min(here, following), max(here, following)]
        in_channel = is_channel(self.grid, vertical=vertical, line=line)
        length = HALF_ROW if vertical else 1.0
        if in_channel:
            return length + BESIDE_IN_CHANNEL * beside
        return length + BETWEEN_SHAPES + BESIDE_BETWEEN_SHAPES * beside

    def _leaving(self, side: Side) -> float:
        shape = self.grid.shapes[self.link.source]
        if shape.attached_to is not None:
            return 0.0
        cost = _by_side(self._prices(LEAVING[shape.outline], BACKWARD_LEAVING), side)
        others = self.traffic.out[shape.id, side]
        # The third line on a side costs more than the second: their names need room.
        cost += SAME_SIDE_OUT * others * (others + 1) / 2
        cost += self._beside_events(shape.id, side)
        return cost + SAME_SIDE_IN_AND_OUT * self.traffic.into[shape.id, side]

    def _entering(self, side: Side) -> float:
        shape = self.grid.shapes[self.link.target]
        cost = _by_side(self._prices(ENTERING[shape.outline], BACKWARD_ENTERING), side)
        cost += SAME_SIDE_IN * self.traffic.into[shape.id, side]
        cost += self._beside_events(shape.id, side)
        return cost + SAME_SIDE_IN_AND_OUT * self.traffic.out[shape.id, side]

    def _beside_events(self, shape: str, side: Side) -> float:
        """Beside one boundary event there is room for a line in the middle, beside more there is none."""
        events = len(boundary_events(self.grid, shape, side))
        return BESIDE_BOUNDARY_EVENT * events if events < 2 else CROWDED_BORDER

    def _prices(
        self, usual: tuple[float, float, float], backward: tuple[float, float, float]
    ) -> tuple[float, float, float]:
        if self.link.kind == "association":
            return BESIDE
        if self.link.kind == "message":
            return MESSAGE
        return backward if self.link.id in self.grid.backward else usual

    def _route(
        self,
        came: Mapping[tuple[Vertex, Side], tuple[Vertex, Side] | None],
        last: tuple[Vertex, Side],
    ) -> Route:
        path = [last]
        while (former := came[path[-1]]) is not None:
            path.append(former)
        path.reverse()
        (x, y), leaves = path[0]
        dx, dy = STEPS[leaves]
        corners = [(x - dx, y - dy)]
        for (vertex, side), (_following, heading) in pairwise(path):
            if side != heading:
                corners.append(vertex)
        corners.append(last[0])
        return Route(link=self.link.id, corners=tuple(corners), leaves=leaves, enters=OPPOSITE[last[1]])


def _by_side(prices: tuple[float, float, float], side: Side) -> float:
    right, upright, left = prices
    return {"right": right, "left": left}.get(side, upright)
