"""A report on paper: figures, trends, potential problems, opportunities; causes by weight; what was proposed."""

from collections.abc import Iterator

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper import (
    Block,
    Chapter,
    Column,
    Fact,
    Facts,
    Grid,
    Line,
    Paper,
    Picture,
    Points,
    Words,
)
from shuli.apps.documents.paper.content import Language, cell
from shuli.apps.monitoring.alerting.words import department_name, indicator_name, words_of_share
from shuli.apps.monitoring.reporting import pareto_chart, words
from shuli.apps.monitoring.reporting.content import Content
from shuli.apps.monitoring.reporting.models import Report
from shuli.core.figures import Share
from shuli.kit.components.moments import form_date


def content(row: Report) -> Content:
    """Return what a report says, as it was kept."""
    return msgspec.convert(row.content, Content)


def paper(row: Report, language: Language) -> Paper:
    """Return the report in the active language."""
    said = content(row)
    return Paper(
        language=language,
        company=directory.company_name(),
        kind=str(words.KINDS[row.plan.period]),
        title=words.title(row),
        head=words.title(row),
        cover=Facts(
            rows=(
                _fact(_("Period"), f"{form_date(row.first)} – {form_date(row.last)}"),
                _fact(_("Made on"), form_date(row.made_at)),
            )
        ),
        chapters=tuple(_chapters(row, said)),
        contents_title=_("Contents"),
    )


def _fact(label: str, text: str) -> Fact:
    return Fact(label=label, lines=(Line(text=text),))


def _chapters(row: Report, said: Content) -> Iterator[Chapter]:
    for section, title in words.SECTIONS.items():
        found = [words.sentence(one, row.plan.process_key) for one in said.findings if one.section == section]
        block: Block = Points(items=tuple(found)) if found else Words(text=_("Nothing out of the ordinary."))
        yield Chapter(key=section, title=str(title), blocks=(block,))
    yield Chapter(key="figures", title=pgettext("monitoring", "Figures"), blocks=(_figures(said),))
    if said.causes:
        yield Chapter(
            key="causes", title=_("Causes of complaints by weight"), blocks=causes_blocks(said.causes)
        )
    if said.suggestions:
        yield Chapter(
            key="suggestions", title=_("Suggestions of the quarterly review"), blocks=(_suggestions(said),)
        )


def _figures(said: Content) -> Grid:
    heads = (_("Indicator"), _("Value"), _("Last period"))
    rows = [
        (
            cell(indicator_name(one.figure)),
            cell(words.value_words(one.figure, one.value)),
            cell(words.value_words(one.figure, one.former)),
        )
        for one in said.rows
    ]
    columns = tuple(
        Column(title=head, width=width) for head, width in zip(heads, (2.0, 1.0, 1.0), strict=True)
    )
    return Grid(columns=columns, rows=tuple(rows))


def causes_blocks(causes: list[Share]) -> tuple[Block, ...]:
    """Return the chart and the table of causes."""
    names, label = words.cause_names(), _("Causes of complaints by weight")
    told = [names.get(one.key, one.key) for one in causes]
    picture = Picture(
        svg=pareto_chart.drawn(causes, told, label),
        width=float(pareto_chart.WIDTH),
        height=float(pareto_chart.HEIGHT),
        words=label,
    )
    heads = (_("Cause"), _("Cases"), _("Share"), _("Together"))
    rows = [
        (
            cell(name, look="strong" if one.is_vital else ""),
            cell(str(one.count)),
            cell(words_of_share(round(one.share, 3))),
            cell(words_of_share(round(one.cumulative, 3))),
        )
        for one, name in zip(causes, told, strict=True)
    ]
    return picture, Grid(columns=tuple(Column(title=head) for head in heads), rows=tuple(rows))


def _suggestions(said: Content) -> Grid:
    heads = (_("What to improve"), _("Department in charge"), _("Until"), _("Case"))
    rows = [
        (cell(one.text), cell(department_name(one.department)), cell(one.due), cell(one.case))
        for one in said.suggestions
    ]
    widths = (3.0, 1.2, 1.0, 1.2)
    columns = tuple(Column(title=head, width=width) for head, width in zip(heads, widths, strict=True))
    return Grid(columns=columns, rows=tuple(rows))
