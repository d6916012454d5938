"""One plane with lanes and its shapes, drawn: columns, rows, ways, tracks, pixels, names."""

from collections.abc import Iterator
from itertools import islice, product

from msgspec import Struct

from shuli.core.bpmn.layout.captions import find_obstacles, place_names
from shuli.core.bpmn.layout.grid import Grid, lay_grid, on_other_border
from shuli.core.bpmn.layout.measure import Measures, measure, way
from shuli.core.bpmn.layout.needs import find_needs
from shuli.core.bpmn.layout.quality import crossings, effort_to_read
from shuli.core.bpmn.layout.ranks import Ranks, rank
from shuli.core.bpmn.layout.routing import (
    DEAR_CROSSING,
    USUAL_CROSSING,
    Route,
    find_routes,
    lead_again,
)
from shuli.core.bpmn.layout.rows import Cell, arrange
from shuli.core.bpmn.layout.searching import USUAL, Taste
from shuli.core.bpmn.layout.tracks import lay_tracks
from shuli.core.bpmn.layout.values import Box, Drawing, Link, Sketch

# A plane whose names touch something is drawn again with wider channels.
STRETCHES = (1.0, 1.6, 2.5, 4.0, 7.0)

# Attempts at a diagram of up to forty lines; a larger one gets fewer, a very large one is drawn once.
TASTES = (
    USUAL,
    Taste(other_lane=0.3, coming_back=3.0),
    Taste(higher_row=0.05),
    Taste(other_lane=0.3, coming_back=3.0, higher_row=0.05),
    Taste(other_lane=0.1, coming_back=4.0),
    Taste(other_lane=0.9, coming_back=1.0),
)
# What it may cost a line to cut another one.
CROSSINGS = (USUAL_CROSSING, DEAR_CROSSING)
MOST_LINES_DRAWN = 480
MOST_LINES_STRETCHED = 150


def draw(sketch: Sketch) -> Drawing:
    """Return the places of all shapes, lines and names of one plane.

    Lines are right-angled, pass through no shape, and cross only where no better arrangement was found.
    The same sketch always gives the same drawing.
    """
    if not sketch.shapes:
        return Drawing(boxes={}, routes={}, labels={}, bands=((0.0, 0.0),) * sketch.lanes, width=0, height=0)
    ranks = rank(sketch)
    attempts = max(1, MOST_LINES_DRAWN // max(1, len(sketch.links)))
    arrangements = [arrange(sketch, ranks, taste) for taste in TASTES[:attempts]]
    different = {tuple(sorted(cells.items())): cells for cells in arrangements}
    ways = product(CROSSINGS, different.values())
    drawn = [_attempt(sketch, ranks, cells, crossing) for crossing, cells in islice(ways, attempts)]
    best = _untangled(sketch, min(drawn, key=_effort), tries=attempts)
    best = _made_way(sketch, best, tries=2 * attempts)
    return _on_other_borders(sketch, best, tries=attempts).drawing


class _Attempt(Struct, frozen=True, kw_only=True):
    grid: Grid
    routes: dict[str, Route]
    drawing: Drawing
    crowded: int  # names that touch something


def _effort(attempt: _Attempt) -> tuple[int, float]:
    return attempt.crowded, effort_to_read(attempt.drawing)


def _attempt(sketch: Sketch, ranks: Ranks, cells: dict[str, Cell], crossing: float) -> _Attempt:
    grid = lay_grid(sketch, ranks, cells)
    return _drawn(sketch, grid, find_routes(grid, sketch.links, crossing))


def _untangled(sketch: Sketch, best: _Attempt, tries: int) -> _Attempt:
    """Lead lines that cross anew, two at a time in both orders, as long as that helps and at most so many times."""
    links = {link.id: link for link in sketch.links}
    while True:
        better = best
        for pair in dict.fromkeys(crossings(best.drawing)):
            for again in (pair, pair[::-1]):
                if not tries:
                    return min(best, better, key=_effort)
                tries -= 1
                routes = lead_again(best.grid, links, best.routes, again)
                better = min(better, _drawn(sketch, best.grid, routes), key=_effort)
        if better is best:
            return best
        best = better


def _on_other_borders(sketch: Sketch, best: _Attempt, tries: int) -> _Attempt:
    """Put the boundary events whose lines still cross, one at a time, on the other border of their activity."""
    starts = {link.id: link.source for link in sketch.links}
    crossing = dict.fromkeys(starts[key] for pair in crossings(best.drawing) for key in pair)
    for event in [key for key in crossing if key in best.grid.border]:
        grid = on_other_border(best.grid, event)
        drawn = _drawn(sketch, grid, find_routes(grid, sketch.links, DEAR_CROSSING))
        turned = _made_way(sketch, _untangled(sketch, drawn, tries), 2 * tries)
        best = min(best, turned, key=_effort)
    return best


def _made_way(sketch: Sketch, best: _Attempt, tries: int) -> _Attempt:
    """Let a third line at the same shapes make way for two that still cross, as long as that helps."""
    links = {link.id: link for link in sketch.links}
    left = tries
    while left > 0:
        groups = list(islice(_groups_of_three(links, best), left))
        left -= len(groups)
        routes = (lead_again(best.grid, links, best.routes, again) for again in groups)
        better = min((_drawn(sketch, best.grid, one) for one in routes), key=_effort, default=best)
        if _effort(better) >= _effort(best):
            return best
        best = better
    return best


def _groups_of_three(links: dict[str, Link], attempt: _Attempt) -> Iterator[tuple[str, str, str]]:
    """Yield the pairs that cross, in both orders, each with a third line that cuts one of them or shares a shape."""
    pairs = tuple(dict.fromkeys(crossings(attempt.drawing)))
    for pair in pairs:
        ends = {end for key in pair for end in (links[key].source, links[key].target)}
        cut = {key for other in pairs if set(other) & set(pair) for key in other}
        for third in links.values():
            if third.id not in pair and (third.id in cut or ends & {third.source, third.target}):
                yield (*pair, third.id)
                yield (*pair[::-1], third.id)


def _drawn(sketch: Sketch, grid: Grid, ways: dict[str, Route]) -> _Attempt:
    """Return the drawing of lines on the grid, with channels as wide as their names need."""
    tracks = lay_tracks(grid, ways, {link.id: (link.source, link.target) for link in sketch.links})
    needs = find_needs(grid, ways, sketch.links)
    for stretch in STRETCHES if len(sketch.links) <= MOST_LINES_STRETCHED else STRETCHES[:1]:
        measures = measure(grid, tracks, needs, stretch)
        routes = {key: way(grid, measures, runs) for key, runs in tracks.by_link.items()}
        bands = _bands(grid, measures, sketch.lanes)
        obstacles = find_obstacles(measures.boxes.values(), routes.values(), _borders(bands, measures))
        labels, crowded = place_names(
            grid.shapes, measures.boxes, sketch.links, routes, needs.names, obstacles
        )
        if not crowded:
            break
    drawing = Drawing(
        boxes=measures.boxes,
        routes=routes,
        labels=labels,
        bands=bands,
        width=measures.right[grid.vertical - 1],
        height=bands[-1][1],
    )
    return _Attempt(grid=grid, routes=ways, drawing=drawing, crowded=crowded)


def _bands(grid: Grid, measures: Measures, lanes: int) -> tuple[tuple[float, float], ...]:
    tops, bottoms = [0.0] * lanes, [0.0] * lanes
    for line, kind in reversed(list(enumerate(grid.horizontal))):
        tops[kind.lane] = measures.top[line]
    for line, kind in enumerate(grid.horizontal):
        bottoms[kind.lane] = measures.bottom[line]
    return tuple(zip(tops, bottoms, strict=True))


def _borders(bands: tuple[tuple[float, float], ...], measures: Measures) -> list[Box]:
    width = max(measures.right.values())
    return [Box(x=0, y=bottom - 1, width=width, height=2) for _top, bottom in bands[:-1]]
