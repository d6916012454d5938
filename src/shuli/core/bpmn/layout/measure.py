"""From the grid to pixels: how wide columns, rows and channels are, where shapes stand, where runs lie."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from shuli.core.bpmn.layout.grid import Grid, Side, boundary_events
from shuli.core.bpmn.layout.needs import (
    BOUNDARY_RADIUS,
    GAP,
    Needs,
    boundary_offset,
)
from shuli.core.bpmn.layout.tracks import Port, Run, Tracks, touch
from shuli.core.bpmn.layout.values import Box, LayoutError, Point, Shape

TRACK = 12.0
SMALLEST_STEP = 10.0
# Room between a shape and the nearest track: an arrow head and a bit of line must be seen.
BEFORE_TRACKS = 14.0
AFTER_TRACKS = 18.0
COLUMN_CHANNEL = 36.0
ROW_CHANNEL = 26.0
LANE_MARGIN = 18.0
SMALLEST_HALF_LANE = 30.0
SMALLEST_HALF_COLUMN = 18.0


@dataclass(kw_only=True, slots=True)
class Measures:
    """Positions of the lines of the grid, of the runs beside them, and of the shapes."""

    x: dict[int, float] = field(default_factory=dict)  # middle of a column; first track of a channel
    y: dict[int, float] = field(default_factory=dict)
    left: dict[int, float] = field(default_factory=dict)  # extent of a line or channel
    right: dict[int, float] = field(default_factory=dict)
    top: dict[int, float] = field(default_factory=dict)
    bottom: dict[int, float] = field(default_factory=dict)
    offset: dict[int, float] = field(default_factory=dict)  # by id() of the run, from its line
    boxes: dict[str, Box] = field(default_factory=dict)
    track: float = TRACK  # from one track of a channel to the next

    def place(self, run: Run) -> float:
        """Return where a run lies: its x if it is vertical, else its y."""
        base = self.x[run.line] if run.vertical else self.y[run.line]
        return base + self.offset.get(id(run), 0.0)


def measure(grid: Grid, tracks: Tracks, needs: Needs, stretch: float = 1.0) -> Measures:
    """Return the positions of everything but names; `stretch` widens the channels between shapes."""
    measures = Measures(track=TRACK * stretch)
    used = _tracks_used(tracks)
    _widen_for_spans(grid, needs, used, measures.track)
    _measure_columns(grid, needs, used, measures)
    _measure_rows(grid, needs, used, measures)
    for (vertical, line), runs in tracks.by_line.items():
        if tracks.channel[vertical, line]:
            measures.offset.update((id(run), measures.track * run.track) for run in runs)
        else:
            _offsets_between_shapes(grid, measures, runs, needs.line_names)
    for shape in sorted(grid.shapes.values(), key=lambda one: one.attached_to is not None):
        measures.boxes[shape.id] = _box(grid, measures, shape)
    return measures


def way(grid: Grid, measures: Measures, runs: list[Run]) -> tuple[Point, ...]:
    """Return the corners of a line, from border to border."""
    points = [_port_point(grid, measures, runs[0], at_high=not runs[0].rising)]
    for one, two in pairwise(runs):
        upright, level = (one, two) if one.vertical else (two, one)
        points.append((measures.place(upright), measures.place(level)))
    points.append(_port_point(grid, measures, runs[-1], at_high=runs[-1].rising))
    return tuple((round(x, 1), round(y, 1)) for x, y in points)


def _tracks_used(tracks: Tracks) -> dict[tuple[bool, int], int]:
    return {
        key: 1 + max(run.track for run in runs) for key, runs in tracks.by_line.items() if tracks.channel[key]
    }


def _channel_width(needs: Needs, used: Mapping[tuple[bool, int], int], line: int, track: float) -> float:
    count = used.get((True, line), 0)
    strips = needs.strip_left.get(line, 0.0) + needs.strip_right.get(line, 0.0)
    if not count:
        return max(COLUMN_CHANNEL * track / TRACK, strips + AFTER_TRACKS)
    return strips + BEFORE_TRACKS + track * (count - 1) + AFTER_TRACKS


def _widen_for_spans(grid: Grid, needs: Needs, used: Mapping[tuple[bool, int], int], track: float) -> None:
    """Widen columns under a shape that covers several of them until it fits."""
    for shape in grid.shapes.values():
        place = grid.places.get(shape.id)
        if place is None or place.first == place.last or shape.wide:
            continue
        columns = range(place.first, place.last + 1, 2)
        halves = sum(_half(needs, line) for line in columns)
        channels = sum(
            _channel_width(needs, used, line, track) for line in range(place.first + 1, place.last, 2)
        )
        missing = shape.width - channels - 2 * halves
        for line in columns if missing > 0 else ():
            needs.half_width[line] = _half(needs, line) + missing / 2 / len(columns)


def _half(needs: Needs, line: int) -> float:
    return max(needs.half_width.get(line, 0.0), SMALLEST_HALF_COLUMN)


def _measure_columns(
    grid: Grid, needs: Needs, used: Mapping[tuple[bool, int], int], measures: Measures
) -> None:
    at = 0.0
    for line in range(grid.vertical):
        measures.left[line] = at
        if line % 2:
            measures.x[line] = at + _half(needs, line)
            at += 2 * _half(needs, line)
        else:
            width = _channel_width(needs, used, line, measures.track)
            free = needs.strip_left.get(line, 0.0) + BEFORE_TRACKS
            extra = width - free - AFTER_TRACKS - needs.strip_right.get(line, 0.0)
            extra -= measures.track * (used.get((True, line), 1) - 1)
            measures.x[line] = at + free + max(0.0, extra) / 2
            at += width
        measures.right[line] = at


def _measure_rows(grid: Grid, needs: Needs, used: Mapping[tuple[bool, int], int], measures: Measures) -> None:
    at = 0.0
    for line, kind in enumerate(grid.horizontal):
        measures.top[line] = at
        if kind.is_channel:
            room = ROW_CHANNEL if _is_inside_lane(grid, line) else LANE_MARGIN
            count = used.get((False, line), 0)
            between = measures.track * max(0, count - 1)
            height = max(room, 2 * BEFORE_TRACKS + between if count else 0.0)
            measures.y[line] = at + (height - between) / 2
            at += height
        else:
            above = max(needs.above.get(line, 0.0), SMALLEST_HALF_LANE)
            measures.y[line] = at + above
            at += above + max(needs.below.get(line, 0.0), SMALLEST_HALF_LANE)
        measures.bottom[line] = at


def _is_inside_lane(grid: Grid, line: int) -> bool:
    lines = grid.horizontal
    is_last = line + 1 == len(lines) or lines[line + 1].lane != lines[line].lane
    return not is_last and line > 0 and lines[line - 1].lane == lines[line].lane


def _box(grid: Grid, measures: Measures, shape: Shape) -> Box:
    if shape.attached_to is not None:
        host = measures.boxes[shape.attached_to]
        x = measures.x[grid.places[shape.attached_to].last] + boundary_offset(grid, shape.id)
        y = host.bottom if grid.border[shape.id] == "bottom" else host.y
        return Box(x=x - shape.width / 2, y=y - shape.height / 2, width=shape.width, height=shape.height)
    place = grid.places[shape.id]
    if place.first != place.last or shape.wide:
        left, right = measures.left[place.first], measures.right[place.last]
        return Box(
            x=left, y=measures.y[place.line] - shape.height / 2, width=right - left, height=shape.height
        )
    x, y = measures.x[place.first] - shape.width / 2, measures.y[place.line] - shape.height / 2
    return Box(x=x, y=y, width=shape.width, height=shape.height)


def _offsets_between_shapes(
    grid: Grid, measures: Measures, runs: list[Run], names: Mapping[str, float]
) -> None:
    """Spread runs that share a stretch between shapes around the middle, a straight one staying on it."""
    waiting = [run for run in runs if not _place_beside(grid, measures, run)]
    while waiting:
        group = [waiting.pop(0)]
        for run in group:
            near = [other for other in waiting if touch(run, other, in_channel=False)]
            group.extend(near)
            waiting = [other for other in waiting if other not in near]
        # Names of level lines need their height between one line and the next.
        height = max((names.get(run.link, 0.0) for run in group if not run.vertical), default=0.0)
        group.sort(key=lambda run: run.track)
        _spread(grid, measures, group, max(TRACK, height + GAP) if len(group) > 1 else TRACK)


def _place_beside(grid: Grid, measures: Measures, run: Run) -> bool:
    """Place a run that starts at a boundary event below or above that event."""
    for end in (run.at_low, run.at_high):
        if isinstance(end, Port) and grid.shapes[end.shape].attached_to is not None:
            measures.offset[id(run)] = boundary_offset(grid, end.shape)
            return True
    return False


def _spread(grid: Grid, measures: Measures, group: list[Run], apart: float) -> None:
    ranges = [_range(grid, measures, run) for run in group]
    straight = [run for run in group if isinstance(run.at_low, Port) and isinstance(run.at_high, Port)]
    middle = (group[0].track + group[-1].track) / 2
    anchors = ([float(straight[0].track)] if straight else []) + [middle]
    steps = [_widest_step(group, ranges, anchor, apart) for anchor in anchors]
    # The straight one keeps the middle unless the others come too near to it.
    chosen = next((at for at, step in enumerate(steps) if step >= SMALLEST_STEP), steps.index(max(steps)))
    anchor, step = anchors[chosen], steps[chosen]
    # Together they make way for a boundary event that stands where they would arrive.
    aside = min(
        0.0, *(high - (run.track - anchor) * step for run, (_low, high) in zip(group, ranges, strict=True))
    )
    free = max(low - (run.track - anchor) * step for run, (low, _high) in zip(group, ranges, strict=True))
    for run in group:
        measures.offset[id(run)] = (run.track - anchor) * step + max(aside, min(free, 0.0))


def _widest_step(group: list[Run], ranges: list[tuple[float, float]], anchor: float, apart: float) -> float:
    step = apart
    for run, (low, high) in zip(group, ranges, strict=True):
        levels = run.track - anchor
        if levels:
            step = min(step, (high if levels > 0 else low) / levels)
    return max(step, 1.0)


def _range(grid: Grid, measures: Measures, run: Run) -> tuple[float, float]:
    """Return between which offsets a run still meets its shapes."""
    line = run.line
    near, far = (measures.left, measures.right) if run.vertical else (measures.top, measures.bottom)
    base = measures.x[line] if run.vertical else measures.y[line]
    low, high = near[line] - base, far[line] - base
    for end in (run.at_low, run.at_high):
        if isinstance(end, Port):
            reach = _reach(grid.shapes[end.shape], end.side)
            low, high = max(low, -reach), min(high, reach)
            high = min(high, _left_of_boundary_events(grid, end))
    return low, high


def _reach(shape: Shape, side: Side) -> float:
    """Return how far from the middle of a side a line may still end."""
    length = shape.height if side in ("left", "right") else shape.width
    share = {"box": 0.5, "diamond": 0.34, "circle": 0.33}[shape.outline]
    return share * length - (10.0 if shape.outline == "box" else 0.0)


def _left_of_boundary_events(grid: Grid, port: Port) -> float:
    events = [boundary_offset(grid, key) for key in boundary_events(grid, port.shape, port.side)]
    return min(events, default=1e9) - BOUNDARY_RADIUS - 2 * GAP


def _port_point(grid: Grid, measures: Measures, run: Run, *, at_high: bool) -> Point:
    port = run.at_high if at_high else run.at_low
    if isinstance(port, Run):
        message = f"Expected the end of {run.link} at a shape but found a corner."
        raise LayoutError(message)
    shape, box = grid.shapes[port.shape], measures.boxes[port.shape]
    place = measures.place(run)
    x, y = box.middle
    if run.vertical:
        depth = _depth(shape, place - x, box.width, box.height)
        return place, y + (depth if port.side == "bottom" else -depth)
    depth = _depth(shape, place - y, box.height, box.width)
    return x + (depth if port.side == "right" else -depth), place


def _depth(shape: Shape, offset: float, across: float, along: float) -> float:
    """Return how far from its middle the outline lies, seen along a line `offset` beside the middle."""
    if shape.outline == "diamond":
        return along / 2 * (1 - min(1.0, abs(offset) / (across / 2)))
    if shape.outline == "circle":
        radius = along / 2
        return float((max(0.0, radius * radius - offset * offset)) ** 0.5)
    return along / 2
