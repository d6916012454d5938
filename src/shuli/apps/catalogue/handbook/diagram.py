"""The diagram on paper: as large as can be read, on several pages where one is too narrow."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.handbook.cutting import VIEW, Piece, composed, view
from shuli.apps.documents.paper import Picture
from shuli.core.bpmn import draw_svg
from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.elements import Activity, Event, Gateway, Lane, Shape

# A letter of 14 units is at least 5.5 points high on a page of 257 mm that lies on its side.
WIDEST = 257 / (5.5 * 0.3528 / 14)
REACH = 60.0  # units around a cut in which a better place for it is looked for
NAME_STRIP = 30.0  # where a lane has its name


def diagram_blocks(version_id: int) -> tuple[Picture, ...]:
    """Return a version's diagrams, each in as many pictures as it needs to be read."""
    document = queries.document(version_id)
    count = max(1, len(document.diagrams))
    return tuple(block for index in range(count) for block in _pictures(document, index))


def _pictures(document: BpmnDocument, index: int) -> Iterator[Picture]:
    zh = presentation.language().startswith("zh")
    svg = draw_svg(
        document, language="zh" if zh else "en", diagram=index, medium="paper", prefix=f"d{index}-"
    )
    found = VIEW.search(svg)
    if found is None:
        return
    x, y, width, height = map(float, found.groups())
    cuts = [x, *_cuts(reaches(document, index, "x"), x, width), x + width]
    names = _names_reach(document, index, x)
    for number, (left, right) in enumerate(pairwise(cuts), start=1):
        params = {"n": number, "all": len(cuts) - 1}
        beside = names if number > 1 else 0.0
        yield Picture(
            svg=_part(
                _renamed(svg, index, number), f"d{index}p{number}", (x, y, height), (left, right), beside
            ),
            width=right - left + beside,
            height=height,
            words=_("Process diagram"),
            caption=_("Part %(n)s of %(all)s, from left to right") % params if len(cuts) > 2 else "",
        )


def _part(
    svg: str, key: str, origin: tuple[float, float, float], across: tuple[float, float], beside: float
) -> str:
    """Return one part of a drawing; left of every part after the first stand the names of the departments again."""
    (x, y, height), (left, right) = origin, across
    if not beside:
        return VIEW.sub(view(left, y, right - left, height), svg, count=1)
    names = Piece(at=(0, 0), size=(beside, height), begins=(x, y))
    rest = Piece(at=(beside, 0), size=(right - left, height), begins=(left, y))
    return composed(svg, key, [names, rest])


def _names_reach(document: BpmnDocument, index: int, x: float) -> float:
    """Return how wide the strips with the names of pool and lanes are; 0 where there are no lanes."""
    plane = document.diagrams[index].plane if index < len(document.diagrams) else None
    lanes = [
        item.bounds.x
        for item in (plane.items if plane else ())
        if isinstance(item, Shape) and item.bounds and isinstance(document.elements.get(item.element), Lane)
    ]
    return max(lanes) + NAME_STRIP - x if lanes else 0.0


def _renamed(svg: str, index: int, number: int) -> str:
    """Return the picture with ids of its own: its parts stand on one page."""
    return re.sub(rf'(["#])d{index}-', rf"\g<1>d{index}p{number}-", svg)


def reaches(document: BpmnDocument, index: int, axis: Literal["x", "y"]) -> list[tuple[float, float]]:
    """Return from where to where each node reaches; a cut goes through none of them."""
    plane = document.diagrams[index].plane if index < len(document.diagrams) else None
    nodes = (Activity, Event, Gateway)
    bounds = [
        item.bounds
        for item in (plane.items if plane else ())
        if isinstance(item, Shape)
        and item.bounds is not None
        and isinstance(document.elements.get(item.element), nodes)
    ]
    if axis == "x":
        return [(one.x - 6, one.x + one.width + 6) for one in bounds]
    return [(one.y - 6, one.y + one.height + 6) for one in bounds]


def _cuts(spans: list[tuple[float, float]], x: float, width: float) -> list[float]:
    """Return where a drawing is cut so that each part can be read, between its nodes where there is such a place."""
    parts = int(-(-width // WIDEST))
    return [_free(spans, x + width * number / parts) for number in range(1, parts)]


def _free(spans: list[tuple[float, float]], wanted: float) -> float:
    """Return the place next to the wanted one that the fewest nodes cross."""
    places = [wanted + step * sign for step in range(0, int(REACH) * 4, 4) for sign in (1, -1)]
    return min(places, key=lambda place: (sum(a < place < b for a, b in spans), abs(place - wanted)))
