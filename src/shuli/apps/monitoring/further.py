"""What the inner rooms add to the page of a process and to the Excel file: goals, figures that were brought in, a way to act."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from msgspec import Struct

from shuli.apps.monitoring.charts import Chart, Point, drawn
from shuli.apps.monitoring.dashboards.asking import Asked, process_names
from shuli.apps.monitoring.goals import rights as goals
from shuli.apps.monitoring.goals.pages import goals_table
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.periods import Period, last_periods
from shuli.apps.monitoring.places import oversees
from shuli.apps.monitoring.results.pages import versions_table
from shuli.apps.monitoring.sources import words
from shuli.apps.monitoring.sources.models import Measure
from shuli.apps.monitoring.sources.series import Line, lines
from shuli.apps.monitoring.words import period_words
from shuli.kit.workbooks import Sheet

PERIODS = 12
TICKS = 4


class Drawn(Struct, frozen=True, kw_only=True):
    """A measure that was brought in, as a chart."""

    name: str
    source: str
    chart: SafeString


def of_process(want: Asked) -> dict[str, Any]:
    """Return what stands below the figures of a process."""
    running = goals.of_place(want.process) & goals.visible(want.person)
    periods = _periods(want)
    return {
        "goals_table": goals_table(list(running)) if running else None,
        "may_act": oversees(want.person, Where(process=want.process)),
        "versions": versions_table(want.process) if want.process in want.scope.processes else None,
        "brought_in": [_drawn(one, periods) for one in lines(want.scope, periods, want.process)],
    }


def _periods(want: Asked) -> list[Period]:
    return last_periods(want.period.kind, want.period.first, PERIODS)


def _drawn(line: Line, periods: Sequence[Period]) -> Drawn:
    measure = line.measure
    most = max([abs(value) for value in line.values if value is not None], default=0.0) or 1.0
    step = most / TICKS
    points = [
        Point(label=period_words(one), value=value, words=f"{period_words(one)} {words.number_words(value)}")
        for one, value in zip(periods, line.values, strict=True)
    ]
    name = f"{measure.name} ({measure.unit})" if measure.unit else measure.name
    chart = Chart(
        label=name,
        points=points,
        ticks=[(step * at, words.number_words(step * at)) for at in range(TICKS + 1)],
        is_bars=measure.adding == Measure.Adding.SUM,
    )
    return Drawn(name=name, source=measure.source.name, chart=drawn(chart))


def sheets(want: Asked) -> list[Sheet]:
    """Return the measures that were brought in as a sheet, with a column for each period; none where there are none."""
    periods, names = _periods(want), process_names()
    found = lines(want.scope, periods, want.process)
    if not found:
        return []
    head = [
        _("Process"),
        _("What is measured"),
        pgettext("measure", "Unit"),
        _("Source"),
        *map(period_words, periods),
    ]
    rows = [
        [
            names.get(one.process, one.process),
            one.measure.name,
            one.measure.unit,
            one.measure.source.name,
            *("" if value is None else f"{value:g}" for value in one.values),
        ]
        for one in found
    ]
    return [Sheet(title=_("Brought in"), head=head, rows=rows)]
