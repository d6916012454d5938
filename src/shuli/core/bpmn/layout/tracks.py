"""Which track of its channel each straight run of a line takes, so that runs lie side by side and rarely cross.

Runs that share a part of a channel get different tracks; the order of the tracks is chosen so that the legs at the
ends of one run do not cut another. It is combinatorial: lengths in pixels come later and cannot undo it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from shuli.core.bpmn.layout.grid import Grid, Side, is_channel
from shuli.core.bpmn.layout.routing import Route

ROUNDS = 4
SORTING_ROUNDS = 12

# Positions along a line of the grid are compared as (number of the crossing line, track on it).
Position = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Port:
    """An end of a run at a shape."""

    shape: str
    side: Side


@dataclass(kw_only=True, slots=True, eq=False)
class Run:
    """A straight part of a line on one line of the grid."""

    link: str
    vertical: bool
    line: int
    low: float  # numbers of the lines where it ends; a little inside of them at a shape
    high: float
    at_low: "Run | Port"  # what continues there
    at_high: "Run | Port"
    rising: bool  # the line runs it from low to high
    track: int = 0


@dataclass(kw_only=True, slots=True)
class Tracks:
    """All runs, by link in the order of the way, and by line of the grid in the order of the tracks."""

    by_link: dict[str, list[Run]] = field(default_factory=dict)
    by_line: dict[tuple[bool, int], list[Run]] = field(default_factory=dict)
    channel: dict[tuple[bool, int], bool] = field(default_factory=dict)


def lay_tracks(grid: Grid, routes: Mapping[str, Route], ends: Mapping[str, tuple[str, str]]) -> Tracks:
    """Return the runs of all routes on their tracks; `ends` gives source and target of each link."""
    tracks = Tracks()
    for key, route in routes.items():
        runs = _runs(route, *ends[key])
        tracks.by_link[key] = runs
        for run in runs:
            tracks.by_line.setdefault((run.vertical, run.line), []).append(run)
    for vertical, line in tracks.by_line:
        tracks.channel[vertical, line] = is_channel(grid, vertical=vertical, line=line)
    for _round in range(ROUNDS):
        for vertical in (True, False):
            _order_lines(tracks, vertical=vertical)
    return tracks


def _runs(route: Route, source: str, target: str) -> list[Run]:
    runs: list[Run] = []
    for (x1, y1), (x2, y2) in pairwise(route.corners):
        vertical = x1 == x2
        start, end = (y1, y2) if vertical else (x1, x2)
        start_port, end_port = Port(shape=source, side=route.leaves), Port(shape=target, side=route.enters)
        run = Run(
            link=route.link,
            vertical=vertical,
            line=x1 if vertical else y1,
            low=min(start, end),
            high=max(start, end),
            at_low=start_port if start < end else end_port,
            at_high=end_port if start < end else start_port,
            rising=start < end,
        )
        if runs:
            _join(runs[-1], run)
        runs.append(run)
    for run in runs:
        # A run begins at the border of its shape: what ends at the other border does not touch it.
        run.low += 0.25 * isinstance(run.at_low, Port)
        run.high -= 0.25 * isinstance(run.at_high, Port)
    return runs


def _join(former: Run, run: Run) -> None:
    if former.rising:
        former.at_high = run
    else:
        former.at_low = run
    if run.rising:
        run.at_low = former
    else:
        run.at_high = former


def _order_lines(tracks: Tracks, *, vertical: bool) -> None:
    for (is_vertical, line), runs in tracks.by_line.items():
        if is_vertical != vertical:
            continue
        ordered = _sorted(runs)
        channel = tracks.channel[is_vertical, line]
        tracks.by_line[is_vertical, line] = ordered
        for at, run in enumerate(ordered):
            levels = [other.track + 1 for other in ordered[:at] if touch(run, other, in_channel=channel)]
            run.track = max(levels, default=0)


def touch(one: Run, two: Run, *, in_channel: bool) -> bool:
    """Say whether two runs of one line may not have the same track."""
    if one.low > two.high or two.low > one.high:
        return False
    if in_channel:
        return True
    first, second = (one, two) if one.low < two.low else (two, one)
    if first.high > second.low:
        return True
    # They meet where both turn off: apart as long as the first turns off first.
    return _position(first, at_high=True) >= _position(second, at_high=False)


def _position(run: Run, *, at_high: bool) -> Position:
    end = run.at_high if at_high else run.at_low
    place = run.high if at_high else run.low
    return (place, end.track) if isinstance(end, Run) else (place, 0)


def _leg(run: Run, *, at_high: bool) -> int:
    """Return to which side the line goes on at an end: -1 or 1 across the run, 0 at a shape."""
    end = run.at_high if at_high else run.at_low
    if isinstance(end, Port):
        return 0
    return 1 if end.at_low is run else -1


def _sorted(runs: Iterable[Run]) -> list[Run]:
    """Return the runs in the order of their tracks with few crossings, by exchanging neighbours."""
    ordered = sorted(runs, key=_lean)
    for _round in range(SORTING_ROUNDS):
        swapped = False
        for at in range(len(ordered) - 1):
            one, two = ordered[at], ordered[at + 1]
            if _price(two, one) < _price(one, two):
                ordered[at], ordered[at + 1] = two, one
                swapped = True
        if not swapped:
            break
    return ordered


def _lean(run: Run) -> tuple[int, float]:
    return _leg(run, at_high=False) + _leg(run, at_high=True), run.high - run.low


def _price(before: Run, after: Run) -> int:
    """Count what is cut or covered when the first lies on the lower track of the two."""
    if before.low > after.high or after.low > before.high:
        return 0
    return _cuts(before, 1, after) + _cuts(after, -1, before)


def _cuts(run: Run, direction: int, other: Run) -> int:
    low, high = _position(other, at_high=False), _position(other, at_high=True)
    cuts = 0
    for at_high in (False, True):
        if _leg(run, at_high=at_high) != direction:
            continue
        place = _position(run, at_high=at_high)
        if low < place < high:
            cuts += 2
            continue
        meets_at_high = place == high
        if meets_at_high or place == low:
            # Both turn off at the same place, one to each side: they would lie on one another.
            cuts += _leg(other, at_high=meets_at_high) == -direction
    return cuts
