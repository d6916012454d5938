"""The cross-functional chart (跨职能流程图) on paper: departments as columns, phases as rows, with the legend of its symbols."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.handbook.cutting import VIEW, Piece, composed, view
from shuli.apps.catalogue.handbook.diagram import reaches
from shuli.apps.documents.paper import Heading, Picture
from shuli.core.bpmn import draw_svg, read_bpmn
from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.draw.chart import draw_chart

# Millimetres of a page that a drawing may fill, and the units by which a letter of 14 is at least 5.5 points high.
UPRIGHT, LYING = (170, 215), (257, 140)
UNITS = 14 / (5.5 * 0.3528)
MARGIN = 12.0  # units of paper around a drawing


def is_upright(version_id: int) -> bool:
    """Say whether the chart is narrow enough to be read on an upright page."""
    found = VIEW.search(_drawn(version_id))
    return found is not None and float(found[3]) <= UPRIGHT[0] * UNITS


def chart_blocks(version_id: int) -> tuple[Heading | Picture, ...]:
    """Return the chart in as many pictures as it needs to be read, cut between its phases, and the legend."""
    return (*_pictures(version_id), Heading(text=_("Symbols")), legend_picture(_language()))


def _language() -> Literal["zh", "en"]:
    return "zh" if presentation.language().startswith("zh") else "en"


def _drawn(version_id: int) -> str:
    return draw_chart(queries.chart(version_id), language=_language(), medium="paper")


def _pictures(version_id: int) -> Iterator[Picture]:
    svg = _drawn(version_id)
    found = VIEW.search(svg)
    if found is None:
        return
    x, y, width, height = map(float, found.groups())
    chart = queries.chart(version_id)
    page = UPRIGHT if width <= UPRIGHT[0] * UNITS else LYING
    tallest = max(width, page[0] * UNITS) * page[1] / page[0]
    top = chart.rows[0].box.y if chart.rows else y
    edges = [row.box.y for row in chart.rows[1:]]
    cuts = [
        y,
        *cuts_of(edges, reaches(chart.document, 0, "y"), (y, y + height), tallest, top - y),
        y + height,
    ]
    for number, (upper, lower) in enumerate(pairwise(cuts), start=1):
        head = (y, top) if number > 1 else None
        params = {"n": number, "all": len(cuts) - 1}
        yield Picture(
            svg=part(svg, (x, width), (upper, lower), head, number),
            width=width,
            height=lower - upper + (head[1] - head[0] if head else 0),
            words=_("Cross-functional chart"),
            caption=_("Part %(n)s of %(all)s, from top to bottom") % params if len(cuts) > 2 else "",
        )


def cuts_of(
    edges: Sequence[float],
    spans: Sequence[tuple[float, float]],
    ends: tuple[float, float],
    tallest: float,
    head: float,
) -> list[float]:
    """Return where a drawing is cut so that each part fits a page: at the edge of a phase, else where no node stands."""
    cuts, begin, room = [], ends[0], tallest
    while ends[1] - begin > room:
        fitting = [edge for edge in edges if begin + room / 2 <= edge <= begin + room]
        free = [begin + room - step for step in range(0, int(room / 2), 4)]
        best = max(fitting, default=None) or next(
            (place for place in free if not any(a < place < b for a, b in spans)), begin + room
        )
        cuts.append(best)
        begin, room = best, max(tallest - head, tallest / 2)
    return cuts


def part(
    svg: str,
    across: tuple[float, float],
    down: tuple[float, float],
    head: tuple[float, float] | None,
    number: int,
) -> str:
    """Return one part of a drawing; every part after the first has the names of the departments above it again."""
    x, width = across
    upper, lower = down
    if head is None:
        return VIEW.sub(view(x, upper, width, lower - upper), svg, count=1)
    above = head[1] - head[0]
    return composed(
        svg,
        f"c{number}",
        [
            Piece(at=(0, 0), size=(width, above), begins=(x, head[0])),
            Piece(at=(0, above), size=(width, lower - upper), begins=(x, upper)),
        ],
    )


# The legend ---------------------------------------------------------------------------------------------


def legend_picture(language: Literal["zh", "en"]) -> Picture:
    """Return the symbols of the handbook, each with its name, as they stand in the diagrams."""
    svg = draw_svg(_legend(), language=language, medium="paper", prefix="legend-")
    found = VIEW.search(svg)
    width, height = (float(found[3]), float(found[4])) if found else (0.0, 0.0)
    return Picture(svg=svg, width=width, height=height, words=_("Symbols"))


@lru_cache(maxsize=1)
def _legend() -> BpmnDocument:
    file = resources.files("shuli.library") / "register" / "legend.bpmn"
    document = read_bpmn(file.read_bytes()).document
    if document is None:
        raise ValueError(f"Expected {file} to be BPMN but it is not.")
    return document
