"""How much room names need, decided from the topology before anything has a length.

A shape's name goes below it, above it where a line leaves below, else beside that line. A line's name goes to where
the line leaves its source. What is asked for here is what `measure` keeps free of other lines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from shuli.core.bpmn.layout.grid import Grid, Side, boundary_events, carrier_of
from shuli.core.bpmn.layout.routing import Route
from shuli.core.bpmn.layout.values import Link, Shape

GAP = 4.0
# A line's name begins so far from its source: the mark of a default flow stands before it.
AFTER_START = 12.0
BOUNDARY_RADIUS = 18.0
# Boundary events stand so far from the corner of their activity and from one another.
BOUNDARY_INSET = 22.0
BOUNDARY_STEP = 44.0
# Below a wide sub-process they stand in its last column, which is made at least twice this wide.
HALF_OF_LAST_COLUMN = 50.0

NamePlace = Literal["below", "above", "below_left", "below_right", "above_left"]


@dataclass(kw_only=True, slots=True)
class Needs:
    """Room to keep, by line of the grid; from the middle for odd lines, at the sides of channels for even ones."""

    half_width: dict[int, float] = field(default_factory=dict)
    above: dict[int, float] = field(default_factory=dict)
    below: dict[int, float] = field(default_factory=dict)
    strip_left: dict[int, float] = field(default_factory=dict)
    strip_right: dict[int, float] = field(default_factory=dict)
    names: dict[str, NamePlace] = field(default_factory=dict)  # where shapes' names go
    line_names: dict[str, float] = field(default_factory=dict)  # how high the name of a line is


def grow(room: dict[int, float], line: int, size: float) -> None:
    """Keep at least `size` at a line."""
    room[line] = max(room.get(line, 0.0), size)


def find_needs(grid: Grid, routes: Mapping[str, Route], links: Iterable[Link]) -> Needs:
    """Return the room that shapes and names ask for."""
    needs = Needs()
    links = list(links)
    used = _used_sides(grid, routes, links)
    for shape in grid.shapes.values():
        if shape.attached_to is None:
            _room_for_shape(grid, needs, shape)
            _room_for_name(grid, needs, shape, used)
        else:
            _room_for_boundary(grid, needs, shape)
    for link in links:
        if link.label is not None and link.id in routes:
            _room_for_line_name(grid, needs, link, routes[link.id])
    return needs


def boundary_offset(grid: Grid, key: str) -> float:
    """Return how far right of the middle of its column a boundary event stands."""
    host = carrier_of(grid, key)
    mates = boundary_events(grid, host, grid.border[key])
    half = _half_of_host(grid, host)
    step = min(BOUNDARY_STEP, 2 * (half - BOUNDARY_INSET) / max(1, len(mates) - 1))
    return half - BOUNDARY_INSET - step * mates.index(key)


def _half_of_host(grid: Grid, host: str) -> float:
    """Return half the width on which boundary events stand: of the last column where there are several."""
    place = grid.places[host]
    return grid.shapes[host].width / 2 if place.first == place.last else HALF_OF_LAST_COLUMN


def _used_sides(grid: Grid, routes: Mapping[str, Route], links: Iterable[Link]) -> set[tuple[str, Side]]:
    used: set[tuple[str, Side]] = set()
    for link in links:
        route = routes.get(link.id)
        if route is not None:
            used.add((carrier_of(grid, link.source), route.leaves))
            used.add((carrier_of(grid, link.target), route.enters))
    for key, side in grid.border.items():
        used.add((carrier_of(grid, key), side))
    return used


def _room_for_shape(grid: Grid, needs: Needs, shape: Shape) -> None:
    place = grid.places[shape.id]
    grow(needs.above, place.line, shape.height / 2)
    grow(needs.below, place.line, shape.height / 2)
    if place.first == place.last and not shape.wide:
        grow(needs.half_width, place.first, shape.width / 2)


def _room_for_name(grid: Grid, needs: Needs, shape: Shape, used: set[tuple[str, Side]]) -> None:
    if shape.label is None:
        return
    place = grid.places[shape.id]
    reach = shape.height / 2 + 2 * GAP + shape.label.height
    is_open_below, is_open_above = (shape.id, "bottom") not in used, (shape.id, "top") not in used
    if is_open_below or is_open_above:
        needs.names[shape.id] = "below" if is_open_below else "above"
        grow(needs.half_width, place.first, shape.label.width / 2 + GAP)
        grow(needs.below if is_open_below else needs.above, place.line, reach)
        return
    needs.names[shape.id] = "above_left"
    grow(needs.half_width, place.first, shape.label.width + 2 * GAP)
    grow(needs.above, place.line, reach)


def _room_for_boundary(grid: Grid, needs: Needs, shape: Shape) -> None:
    place = grid.places[carrier_of(grid, shape.id)]
    host = grid.shapes[carrier_of(grid, shape.id)]
    side = grid.border[shape.id]
    label = shape.label
    reach = host.height / 2 + max(BOUNDARY_RADIUS + GAP, (label.height + 2 * GAP) if label else 0)
    grow(needs.below if side == "bottom" else needs.above, place.line, reach)
    half = _half_of_host(grid, host.id)
    grow(needs.half_width, place.last, half)
    if label is not None:
        # The name stands right of the line that leaves the event, or left of the event if that is free.
        offset = boundary_offset(grid, shape.id)
        room_left = offset - BOUNDARY_RADIUS - GAP + half
        if label.width > room_left:
            grow(needs.half_width, place.last, label.width + BOUNDARY_RADIUS + 2 * GAP - offset)


def _room_for_line_name(grid: Grid, needs: Needs, link: Link, route: Route) -> None:
    if link.label is None:
        return
    source = grid.shapes[link.source]
    place = grid.places[carrier_of(grid, link.source)]
    width, height = link.label.width, link.label.height
    needs.line_names[link.id] = height
    if route.leaves in ("right", "left"):
        line = place.last + 1 if route.leaves == "right" else place.first - 1
        slack = max(0.0, needs.half_width.get(place.last, 0.0) - source.width / 2)
        strips = needs.strip_left if route.leaves == "right" else needs.strip_right
        grow(strips, line, max(0.0, width + AFTER_START + GAP - slack))
        grow(needs.above, place.line, height + 2 * GAP)
        grow(needs.below, place.line, height + 2 * GAP)
        return
    reach = source.height / 2 + height + AFTER_START + GAP
    grow(needs.below if route.leaves == "bottom" else needs.above, place.line, reach)
    x = route.corners[0][0]
    grow(needs.half_width, x, width + 2 * GAP)
