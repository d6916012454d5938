"""A page of figures on paper: the indicators, the two charts, and what is compared on the page."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper import Block, Chapter, Column, Fact, Facts, Grid, Line, Paper, Picture
from shuli.apps.documents.paper.content import Language, cell
from shuli.apps.monitoring import charts
from shuli.kit import clock
from shuli.kit.components.moments import long_moment
from shuli.kit.components.values import Cell, Table

# Paper has no style sheet: what the page's says of charts, in the colours of print.
STYLE = """<style>
text{font-family:'Noto Sans SC','Noto Sans CJK SC',sans-serif;font-size:12px;fill:#5a6370}
.is-middle{text-anchor:middle}.is-end{text-anchor:end}.is-last{fill:#1f5fbf;font-weight:600}
.is-grid{stroke:#dfe3e8;fill:none}.is-line{stroke:#1f5fbf;stroke-width:2;fill:none}
.is-point,.is-bar{fill:#1f5fbf}.is-mark{stroke:#98a1ad;fill:none}
path.is-target{stroke:#20262e;stroke-dasharray:4 3;fill:none}text.is-target{fill:#20262e}
</style>"""
WIDE = 2.4  # of the first column, in parts of the others


def paper(title: str, page: dict[str, Any], language: Language) -> Paper:
    """Return what a page of figures shows, as paper."""
    return Paper(
        language=language,
        company=directory.company_name(),
        kind=pgettext("monitoring", "Figures"),
        title=f"{title} {page['period']}",
        head=f"{title} {page['period']}",
        cover=Facts(rows=(_fact(_("Period"), page["period"]), _fact(_("As of"), long_moment(clock.now())))),
        chapters=tuple(_chapters(page)),
        contents_title=_("Contents"),
    )


def _fact(label: str, text: str) -> Fact:
    return Fact(label=label, lines=(Line(text=text),))


def _chapters(page: dict[str, Any]) -> Iterator[Chapter]:
    blocks: tuple[Block, ...] = tuple(_picture(chart) for chart in page["charts"])
    yield Chapter(key="charts", title=_("Course"), blocks=blocks)
    yield Chapter(key="indicators", title=_("All indicators"), blocks=(_grid(page["indicators"]),))
    for key, title in (
        ("steps", _("Steps by timeout rate")),
        ("processes", _("Processes against targets")),
        ("departments", _("Departments against targets")),
    ):
        if key in page and page[key].rows:
            yield Chapter(key=key, title=title, blocks=(_grid(page[key]),))


def _picture(chart: charts.Chart) -> Picture:
    head, rest = str(charts.drawn(chart)).split(">", 1)
    svg = f'{head} xmlns="http://www.w3.org/2000/svg">{STYLE}{rest}'
    return Picture(svg=svg, width=float(charts.WIDTH), height=float(charts.HEIGHT), words=chart.label)


def _grid(table: Table) -> Grid:
    widths = (WIDE, *(1.0 for _column in table.columns[1:]))
    columns = tuple(
        Column(title=column.label, width=width) for column, width in zip(table.columns, widths, strict=True)
    )
    return Grid(
        columns=columns, rows=tuple(tuple(cell(_text(one)) for one in row.cells) for row in table.rows)
    )


def _text(one: Any) -> str:
    return str(one.value if isinstance(one, Cell) else one)
