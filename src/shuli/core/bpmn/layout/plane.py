"""One plane with lanes and its shapes, drawn: columns, rows, ways, tracks, pixels, names."""

from shuli.core.bpmn.layout.captions import find_obstacles, place_names
from shuli.core.bpmn.layout.grid import Grid, lay_grid
from shuli.core.bpmn.layout.measure import Measures, measure, way
from shuli.core.bpmn.layout.needs import find_needs
from shuli.core.bpmn.layout.ranks import rank
from shuli.core.bpmn.layout.routing import find_routes
from shuli.core.bpmn.layout.rows import arrange
from shuli.core.bpmn.layout.tracks import lay_tracks
from shuli.core.bpmn.layout.values import Box, Drawing, Sketch

# A plane whose names touch something is drawn again with wider channels.
STRETCHES = (1.0, 1.6, 2.5, 4.0, 7.0)


def draw(sketch: Sketch) -> Drawing:
    """Return the places of all shapes, lines and names of one plane.

    Lines are right-angled, pass through no shape, and cross only where the order of rows leaves no other way.
    The same sketch always gives the same drawing.
    """
    if not sketch.shapes:
        return Drawing(boxes={}, routes={}, labels={}, bands=((0.0, 0.0),) * sketch.lanes, width=0, height=0)
    ranks = rank(sketch)
    grid = lay_grid(sketch, ranks, arrange(sketch, ranks))
    ways = find_routes(grid, sketch.links)
    tracks = lay_tracks(grid, ways, {link.id: (link.source, link.target) for link in sketch.links})
    needs = find_needs(grid, ways, sketch.links)
    for stretch in STRETCHES:
        measures = measure(grid, tracks, needs, stretch)
        routes = {key: way(grid, measures, runs) for key, runs in tracks.by_link.items()}
        bands = _bands(grid, measures, sketch.lanes)
        obstacles = find_obstacles(measures.boxes.values(), routes.values(), _borders(bands, measures))
        labels, crowded = place_names(
            grid.shapes, measures.boxes, sketch.links, routes, needs.names, obstacles
        )
        if not crowded:
            break
    return Drawing(
        boxes=measures.boxes,
        routes=routes,
        labels=labels,
        bands=bands,
        width=measures.right[grid.vertical - 1],
        height=bands[-1][1],
    )


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
