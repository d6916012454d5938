"""How hard a drawing is to read: crossings first, then bends, length and size."""

from itertools import pairwise

from shuli.core.bpmn.layout.values import Drawing

CROSSING = 12.0
BEND = 1.0
LENGTH = 0.003
HEIGHT = 0.012


def effort_to_read(drawing: Drawing) -> float:
    """Return a figure that is smaller for the better of two drawings of the same sketch."""
    bends = sum(len(route) - 2 for route in drawing.routes.values())
    length = sum(
        abs(x1 - x2) + abs(y1 - y2)
        for route in drawing.routes.values()
        for (x1, y1), (x2, y2) in pairwise(route)
    )
    return CROSSING * len(crossings(drawing)) + BEND * bends + LENGTH * length + HEIGHT * drawing.height


def crossings(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the pairs of lines that cross, a pair as often as it does."""
    level: list[tuple[str, float, float, float]] = []
    upright: list[tuple[str, float, float, float]] = []
    for key, route in drawing.routes.items():
        for (x1, y1), (x2, y2) in pairwise(route):
            if y1 == y2:
                level.append((key, y1, min(x1, x2), max(x1, x2)))
            else:
                upright.append((key, x1, min(y1, y2), max(y1, y2)))
    return [
        (one, two)
        for one, y, left, right in level
        for two, x, top, bottom in upright
        if one != two and left < x < right and top < y < bottom
    ]
