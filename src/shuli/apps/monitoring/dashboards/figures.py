"""The tiles, lines and the table of indicators."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring import words
from shuli.apps.monitoring.beside import beside
from shuli.apps.monitoring.charts import Chart, Mark, Point, drawn, spark
from shuli.apps.monitoring.dashboards.asking import Asked, department_names, drill, rows_of
from shuli.apps.monitoring.dashboards.pies import Part, pie
from shuli.apps.monitoring.indicators import BY_KEY, NOTHING, Indicator, Sums, verdict
from shuli.apps.monitoring.own.figures import added, indicators_of, own_sums
from shuli.apps.monitoring.periods import KINDS, Kind, Period, before, last_periods
from shuli.apps.monitoring.queries import summed
from shuli.kit.components import amounts
from shuli.kit.components.values import Action, Cell, Column, Option, Table, TableRow

COUNTS: dict[Kind, int] = {"day": 14, "week": 26, "month": 12, "quarter": 8}  # periods of a line
SPARK = 12
IN_FULL = 2  # periods of which every indicator is shown
MEDIAN = "cycle_time_median"  # needs how long each case took
FIRST = ("on_time_rate", "first_response", "cycle_time", "throughput")  # large; the others follow as a table


def figures_of(want: Asked) -> dict[str, Any]:
    periods = last_periods(want.period.kind, want.period.first, max(SPARK, COUNTS[want.period.kind]))
    series = _series(want, periods)
    measured = indicators_of(want.process, want.period.kind)
    chosen = _chosen(want, measured)
    drawings = [_trend(want, periods, series), _volume(periods, series)]
    return {
        "scope": want.scope,
        "stamp": want.stamp,
        "period": words.period_words(want.period),
        "periods": period_choices(want),
        "tiles": [_tile(want, one, series) for one in chosen],
        "tile_choices": [
            Option(value=one.key, label=str(one.name), is_chosen=one in chosen) for one in measured
        ],
        "charts": drawings,
        "chart": drawn(drawings[0]),
        "volume": drawn(drawings[1]),
        "costs": _costs(series[-1]),
        "workers": _workers(want),
        "indicators": _indicators(want, measured, series),
        "actions": _exports(want),
    }


def _exports(want: Asked) -> list[Action]:
    """Return the ways to take what is shown along."""
    asked = {
        "period": want.period.kind,
        "day": want.period.first.isoformat(),
        "process": want.process,
        "department": want.department,
    }
    chosen = urlencode({name: value for name, value in asked.items() if value})
    return [
        Action(label=label, icon="download", url=f"{reverse(f'monitoring:{name}')}?{chosen}")
        for label, name in ((_("Excel"), "figures_xlsx"), (_("PDF"), "figures_pdf"))
    ]


def _chosen(want: Asked, measured: Sequence[Indicator]) -> list[Indicator]:
    """Return the indicators of the tiles: those asked for, in the order of the table; the usual ones otherwise."""
    known = {one.key for one in measured}
    keys = [key for key in want.tiles if key in known] or FIRST
    return sorted((one for one in measured if one.key in keys), key=lambda one: keys.index(one.key))


def period_choices(want: Asked) -> list[Option]:
    named = {"day": _("Day"), "week": _("Week"), "month": _("Month"), "quarter": _("Quarter")}
    return [Option(value=one, label=named[one], is_chosen=one == want.period.kind) for one in KINDS]


def _series(want: Asked, periods: Sequence[Period]) -> list[Sums]:
    """Return the sums of each period; how long each case took only of those whose median is shown."""
    told = len(periods) if MEDIAN in want.tiles else IN_FULL
    by_day = {
        place["day"]: sums
        for part, with_cycles in ((periods[:-told], False), (periods[-told:], True))
        if part
        for place, sums in summed(rows_of(want, _span(part)), ("day",), with_cycles=with_cycles)
    }
    of_own = own_sums(want.scope, _span(periods), ("day",), **want.narrowed) if want.process else {}
    found = []
    for period in periods:
        own = [sums for day, sums in by_day.items() if period.first <= day <= period.last]
        together = {name: sum(one[name] for one in own) for name in NOTHING if name != "cycles"}
        cycles = sorted(minute for one in own for minute in one["cycles"])
        place = {"process_key": want.process} if want.process else {}
        own_added = added(sums for (day,), sums in of_own.items() if period.first <= day <= period.last)
        found.append({**together, "cycles": cycles, **own_added, **beside(want.scope, period, place)})
    return found


def _span(periods: Sequence[Period]) -> Period:
    return Period(kind=periods[0].kind, first=periods[0].first, last=periods[-1].last)


def _tile(want: Asked, indicator: Indicator, series: list[Sums]) -> dict[str, Any]:
    values = [indicator.value(sums) for sums in series[-SPARK:]]
    return {
        "name": indicator.name,
        "formula": indicator.formula,
        "value": words.value_words(indicator, values[-1]),
        "verdict": verdict(indicator, values[-1]),
        "gap": words.gap_words(indicator, values[-1]),
        "target": words.target_words(indicator),
        "change": words.change_words(indicator, values[-1], values[-2]),
        "spark": spark([None if one is None else float(one) for one in values], _target(indicator)),
        "url": drill(want, indicator.key),
    }


def _target(indicator: Indicator) -> float | None:
    return None if indicator.target is None else float(indicator.target)


def _trend(want: Asked, periods: Sequence[Period], series: list[Sums]) -> Chart:
    indicator = BY_KEY["on_time_rate"]
    values = [indicator.value(sums) for sums in series]
    low = min([0.9, *(float(one) for one in values if one is not None)])
    floor = int(low * 10) / 10
    ticks = [floor + (1 - floor) * step / 4 for step in range(5)]
    return Chart(
        label=str(indicator.name),
        points=[_point(indicator, period, value) for period, value in zip(periods, values, strict=True)],
        ticks=[(tick, f"{round(tick * 100, 1):g}%") for tick in ticks],
        target=(float(indicator.target or 0), words.target_words(indicator)),
        marks=_marks(want, periods),
    )


def _point(indicator: Indicator, period: Period, value: Fraction | None) -> Point:
    name = words.period_words(period)
    read = f"{name} {words.value_words(indicator, value)}"
    return Point(label=name, value=None if value is None else float(value), words=read)


def _marks(want: Asked, periods: Sequence[Period]) -> list[Mark]:
    """Return where versions of the process came into force."""
    found = []
    for pk, number in catalogue.version_numbers(want.process) if want.process else ():
        since = catalogue.version(pk).effective_at
        day = timezone.localtime(since).date() if since else None
        at = next((at for at, one in enumerate(periods) if day and one.first <= day <= one.last), None)
        if at is not None:
            found.append(Mark(at=at, words=_("v%(number)s in force") % {"number": number}))
    return found


def _volume(periods: Sequence[Period], series: list[Sums]) -> Chart:
    indicator = BY_KEY["volume"]
    most = max([sums["started"] for sums in series], default=0) or 1
    step = max(1, -(-most // 4))
    return Chart(
        label=str(indicator.name),
        points=[
            _point(indicator, period, indicator.value(sums))
            for period, sums in zip(periods, series, strict=True)
        ],
        ticks=[(float(step * n), str(step * n)) for n in range(5)],
        is_bars=True,
    )


def _costs(sums: Sums) -> SafeString | None:
    """Return what the period's cost consists of: people, material, money."""
    kinds = [BY_KEY[key] for key in ("cost_people", "cost_material", "cost_money")]
    parts = [
        Part(label=str(one.name), value=float(value), words=words.value_words(one, value))
        for one in kinds
        if (value := one.value(sums)) is not None
    ]
    return pie(str(BY_KEY["cost"].name), parts, _("Others"))


def _workers(want: Asked) -> SafeString | None:
    """Return which departments spent how much working time on the steps that were closed in the period."""
    names = department_names()
    parts = [
        Part(
            label=names.get(place["department"], place["department"]),
            value=float(sums["handling_seconds"]),
            words=amounts.duration(float(sums["handling_seconds"])),
        )
        for place, sums in summed(rows_of(want), ("department",))
        if place["department"]
    ]
    return pie(_("Handling time by department"), parts, _("Others"))


def _indicators(want: Asked, measured: Sequence[Indicator], series: list[Sums]) -> Table:
    usual = {
        "day": _("every day"),
        "week": _("every week"),
        "month": _("every month"),
        "quarter": _("every quarter"),
    }
    rows = []
    for one in measured:
        value, former = one.value(series[-1]), one.value(series[-2])
        shown = Cell(value=words.value_words(one, value), url=drill(want, one.key) if value else "")
        name = Cell(value=str(one.name), note=f"{one.formula} · {usual[one.frequency]}")
        result = words.gap_words(one, value)
        rows.append(
            TableRow(cells=[name, shown, words.value_words(one, former), words.target_words(one), result])
        )
    return Table(
        columns=[
            Column(label=_("Indicator"), phone="first"),
            Column(label=words.period_words(want.period), is_number=True, phone="key"),
            Column(label=words.period_words(before(want.period)), is_number=True),
            Column(label=_("Target")),
            Column(label=_("Result")),
        ],
        rows=rows,
    )
