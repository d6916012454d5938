"""The grid that lines are led along: columns and rows of shapes, with a channel on every side of each.

Lines of the grid alternate: even numbers are channels between shapes, odd numbers run through the middles of shapes.
Every lane has a channel above its first and below its last row, so two channels meet where lanes touch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from shuli.core.bpmn.layout.ranks import Ranks
from shuli.core.bpmn.layout.rows import Cell
from shuli.core.bpmn.layout.values import Shape, Sketch

Side = Literal["right", "bottom", "left", "top"]
Vertex = tuple[int, int]  # number of the vertical line, number of the horizontal line

STEPS: Mapping[Side, Vertex] = {"right": (1, 0), "bottom": (0, 1), "left": (-1, 0), "top": (0, -1)}
OPPOSITE: Mapping[Side, Side] = {"right": "left", "left": "right", "top": "bottom", "bottom": "top"}


@dataclass(frozen=True, kw_only=True, slots=True)
class HorizontalLine:
    lane: int
    is_channel: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a shape stands: its horizontal line and the vertical lines that it covers."""

    line: int
    first: int
    last: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    shapes: Mapping[str, Shape]
    places: Mapping[str, Place]
    owner: Mapping[Vertex, str]  # the shape that covers a crossing of lines
    vertical: int  # how many vertical lines
    horizontal: tuple[HorizontalLine, ...]
    backward: frozenset[str]
    border: Mapping[str, Side]  # of each boundary event: on which border of its activity it sits


def lay_grid(sketch: Sketch, ranks: Ranks, cells: Mapping[str, Cell]) -> Grid:
    """Return the grid for shapes whose columns and rows are known."""
    heights = [1] * sketch.lanes
    for shape in sketch.shapes:
        if shape.attached_to is None:
            heights[shape.lane] = max(heights[shape.lane], cells[shape.id][1] + 1)
    horizontal: list[HorizontalLine] = []
    first: list[int] = []
    for lane, height in enumerate(heights):
        first.append(len(horizontal) + 1)
        horizontal += [
            HorizontalLine(lane=lane, is_channel=number % 2 == 0) for number in range(2 * height + 1)
        ]
    columns = max(at + ranks.span[key] for key, (at, _row) in cells.items())
    places = {
        shape.id: Place(
            line=first[shape.lane] + 2 * cells[shape.id][1],
            first=2 * cells[shape.id][0] + 1,
            last=2 * (columns if shape.wide else cells[shape.id][0] + ranks.span[shape.id]) - 1,
        )
        for shape in sketch.shapes
        if shape.attached_to is None
    }
    owner = {
        (x, place.line): key for key, place in places.items() for x in range(place.first, place.last + 1)
    }
    return Grid(
        shapes={shape.id: shape for shape in sketch.shapes},
        places=places,
        owner=owner,
        vertical=2 * columns + 1,
        horizontal=tuple(horizontal),
        backward=ranks.backward,
        border=_borders(sketch, places),
    )


def _borders(sketch: Sketch, places: Mapping[str, Place]) -> dict[str, Side]:
    """Let boundary events look to where their line leads, below where they have none; from right to left."""
    shapes = {shape.id: shape for shape in sketch.shapes}
    aims: dict[str, int] = {}
    for link in sketch.links:
        for key, other in ((link.source, link.target), (link.target, link.source)):
            if shapes[key].attached_to is not None:
                aims.setdefault(key, places[shapes[other].attached_to or other].line)
    border: dict[str, Side] = {}
    hosts = {shape.id: shape.attached_to for shape in sketch.shapes if shape.attached_to is not None}
    # Lines that lead far down start left of those that turn off before: so they do not cross.
    for key in sorted(hosts, key=lambda one: abs(aims.get(one, 0) - places[hosts[one]].line)):
        line = places[hosts[key]].line
        border[key] = "top" if aims.get(key, line) < line else "bottom"
    return border


def on_other_border(grid: Grid, event: str) -> Grid:
    """Return the grid with a boundary event on the opposite border of its activity."""
    other: Side = "bottom" if grid.border[event] == "top" else "top"
    return replace(grid, border={**grid.border, event: other})


def carrier_of(grid: Grid, key: str) -> str:
    """Return the shape that holds the place of this one."""
    host = grid.shapes[key].attached_to
    return key if host is None else host


def boundary_events(grid: Grid, key: str, side: Side) -> list[str]:
    """Return the boundary events on one side of an activity, from right to left."""
    return [one for one, border in grid.border.items() if border == side and carrier_of(grid, one) == key]


def is_channel(grid: Grid, *, vertical: bool, line: int) -> bool:
    """Say whether a line of the grid runs between shapes."""
    return line % 2 == 0 if vertical else grid.horizontal[line].is_channel


def exits(grid: Grid, key: str) -> list[tuple[Vertex, Side]]:
    """Return the crossings of lines next to the shape, and on which side of it each lies."""
    place = grid.places[carrier_of(grid, key)]
    border = grid.border.get(key)
    if border is not None:
        return [((place.last, place.line + STEPS[border][1]), border)]
    found: list[tuple[Vertex, Side]] = []
    if place.last + 1 < grid.vertical:
        found.append(((place.last + 1, place.line), "right"))
    for x in range(place.first, place.last + 1, 2):
        found.append(((x, place.line + 1), "bottom"))
        found.append(((x, place.line - 1), "top"))
    if place.first:
        found.append(((place.first - 1, place.line), "left"))
    return found
