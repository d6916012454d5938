"""What the pages of monitoring show, for what the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.cases import queries as case_queries
from shuli.apps.cases import rights
from shuli.apps.cases.behind import Behind
from shuli.apps.cases.pages.lists import case_rows
from shuli.apps.cases.queries import CaseFilter
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import queries, words
from shuli.apps.monitoring.charts import Chart, Mark, Point, drawn, spark
from shuli.apps.monitoring.indicators import BY_KEY, INDICATORS, NOTHING, Indicator, Sums, verdict
from shuli.apps.monitoring.periods import KINDS, Kind, Period, before, last_periods, period_of
from shuli.apps.monitoring.queries import Scope, days, scope_of, summed
from shuli.core.bpmn import draw_svg
from shuli.core.bpmn.draw import Pin
from shuli.kit import clock
from shuli.kit.components.values import Action, Cell, Column, Option, Table, TableRow

COUNTS: dict[Kind, int] = {"day": 14, "week": 26, "month": 12, "quarter": 8}  # periods of a line
SPARK = 12
SHOWN = 6  # cases of a list; the rest is behind a link
FIRST = ("on_time_rate", "cycle_time", "volume", "throughput")  # large; the others follow as a table
WARM = ((Fraction(60, 100), "sl-h4"), (Fraction(40, 100), "sl-h3"), (Fraction(20, 100), "sl-h2"))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Of whom, of which process, for which period."""

    person: str
    scope: Scope
    period: Period
    process: str = ""

    @property
    def narrowed(self) -> dict[str, str]:
        return {"process_key": self.process} if self.process else {}


def asked(request: HttpRequest, process: str = "") -> Asked:
    person = request.user.get_username()
    named = request.GET.get("period", "")
    kind: Kind = next((one for one in KINDS if one == named), "month")
    return Asked(
        person=person, scope=scope_of(person), period=period_of(kind, _day(request)), process=process
    )


def _day(request: HttpRequest) -> date:
    """Return a day of the period that is asked for: today where none is named."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localtime(clock.now()).date()


def company_page(request: HttpRequest) -> dict[str, Any]:
    """Return the figures of all that the reader oversees; of nobody else's."""
    want = asked(request)
    figures = _figures(want)
    return {
        **figures,
        "actions": [*_rooms(), *figures["actions"]],
        "processes": _compared(want, "process_key", process_names()),
        "departments": _compared(want, "department", department_names()),
    }


def _rooms() -> list[Action]:
    """Return the ways to the registers beside the figures."""
    return [
        Action(label=_("Monthly audit"), icon="zoom-check", url=reverse("monitoring:audits")),
        Action(label=_("Violations and rectification"), icon="flag", url=reverse("monitoring:violations")),
        Action(label=_("Appraisal"), icon="chart-bar", url=reverse("monitoring:appraisal")),
    ]


def process_page(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return one process's figures, with its steps and where its work waits."""
    want = asked(request, key)
    steps = {place["node"]: sums for place, sums in summed(_rows(want), ("node",)) if place["node"]}
    version = next(iter(catalogue.version_numbers(key)), None)
    svg = _heat(version[0], steps) if version else ""
    names = node_names(version[0]) if version else {}
    return {
        **_figures(want),
        "svg": svg,
        "steps": _steps(want, steps, names),
        "departments": _compared(want, "department", department_names()),
    }


def _rows(want: Asked, period: Period | None = None) -> Any:
    return days(want.scope, period or want.period, **want.narrowed)


def _figures(want: Asked) -> dict[str, Any]:
    periods = last_periods(want.period.kind, want.period.first, max(SPARK, COUNTS[want.period.kind]))
    series = _series(want, periods)
    words_of = {"day": _("Day"), "week": _("Week"), "month": _("Month"), "quarter": _("Quarter")}
    export = (
        reverse("monitoring:figures_xlsx")
        + "?"
        + urlencode({"period": want.period.kind, "process": want.process})
    )
    return {
        "scope": want.scope,
        "period": words.period_words(want.period),
        "periods": [
            Option(value=one, label=words_of[one], is_chosen=one == want.period.kind) for one in KINDS
        ],
        "tiles": [_tile(want, BY_KEY[key], series) for key in FIRST],
        "chart": drawn(_trend(want, periods, series)),
        "volume": drawn(_volume(periods, series)),
        "indicators": _indicators(want, series),
        **_waiting_now(want),
        "actions": [Action(label=_("Excel"), icon="download", url=export)],
    }


def _series(want: Asked, periods: Sequence[Period]) -> list[Sums]:
    """Return the sums of each period, from one question."""
    by_day = {place["day"]: sums for place, sums in summed(_rows(want, _span(periods)), ("day",))}
    found = []
    for period in periods:
        own = [sums for day, sums in by_day.items() if period.first <= day <= period.last]
        together = {name: sum(one[name] for one in own) for name in NOTHING if name != "cycles"}
        found.append({**together, "cycles": sorted(minute for one in own for minute in one["cycles"])})
    return found


def _span(periods: Sequence[Period]) -> Period:
    return Period(kind=periods[0].kind, first=periods[0].first, last=periods[-1].last)


def drill(want: Asked, figure: str, **place: str) -> str:
    """Return the address of the cases behind a figure."""
    named = {"figure": figure, "period": want.period.kind, "process": want.process, **place}
    return (
        reverse("monitoring:cases") + "?" + urlencode({name: value for name, value in named.items() if value})
    )


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


def _indicators(want: Asked, series: list[Sums]) -> Table:
    rows = []
    for one in INDICATORS:
        value, former = one.value(series[-1]), one.value(series[-2])
        shown = Cell(value=words.value_words(one, value), url=drill(want, one.key) if value else "")
        name = Cell(value=str(one.name), note=str(one.formula))
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


def _compared(want: Asked, by: str, names: dict[str, str]) -> Table:
    """Return each process or department against the targets, the worst first."""
    on_time, wait = BY_KEY["on_time_rate"], BY_KEY["waiting_time"]
    found = [(place[by], sums) for place, sums in summed(_rows(want), (by,)) if place[by]]
    worst_first = sorted(
        found, key=lambda one: (on_time.value(one[1]) is None, on_time.value(one[1]) or 0, one[0])
    )
    rows = []
    for code, sums in worst_first:
        rate = on_time.value(sums)
        is_process = by == "process_key"
        url = (
            reverse("monitoring:process", args=[code])
            if is_process
            else drill(want, "on_time_rate", department=code)
        )
        late = drill(want, "timeout_rate", **{"process" if is_process else "department": code})
        rows.append(
            TableRow(
                cells=[
                    Cell(value=names.get(code, code), url=url),
                    words.value_words(on_time, rate),
                    Cell(
                        value=sums["due"] - sums["on_time"], url=late if sums["due"] > sums["on_time"] else ""
                    ),
                    words.value_words(wait, wait.value(sums)),
                    words.gap_words(on_time, rate),
                ]
            )
        )
    head = _("Process") if by == "process_key" else _("Department")
    return Table(
        columns=[
            Column(label=head, phone="first"),
            Column(label=_("On time"), is_number=True),
            Column(label=_("Late"), is_number=True),
            Column(label=_("Mean waiting"), is_number=True),
            Column(label=_("Result")),
        ],
        rows=rows,
    )


def _steps(want: Asked, steps: dict[str, Sums], names: dict[str, str]) -> Table:
    late, wait, handle = BY_KEY["timeout_rate"], BY_KEY["waiting_time"], BY_KEY["handling_time"]
    ordered = sorted(steps.items(), key=lambda one: (-(late.value(one[1]) or 0), one[0]))
    rows = [
        TableRow(
            cells=[
                Cell(value=names.get(node, node), url=drill(want, "on_time_rate", node=node)),
                f"{sums['due'] - sums['on_time']} / {sums['due']}",
                words.value_words(late, late.value(sums)),
                words.value_words(wait, wait.value(sums)),
                words.value_words(handle, handle.value(sums)),
                words.value_words(late, waited_share(sums)),
            ]
        )
        for node, sums in ordered
    ]
    return Table(
        columns=[
            Column(label=_("Step"), phone="first"),
            *(
                Column(label=label, is_number=True)
                for label in (
                    _("Late / due"),
                    _("Timeout rate"),
                    _("Mean waiting"),
                    _("Mean handling"),
                    _("Share of waiting"),
                )
            ),
        ],
        rows=rows,
    )


def waited_share(sums: Sums) -> Fraction | None:
    """Return which part of a node's time nobody worked on it."""
    both = int(sums["waiting_seconds"] + sums["handling_seconds"])
    return Fraction(int(sums["waiting_seconds"]), both) if both else None


def _heat(version: int, steps: dict[str, Sums]) -> str:
    shares = {node: share for node, sums in steps.items() if (share := waited_share(sums)) is not None}
    markers = {
        node: [next((kind for least, kind in WARM if share >= least), "sl-h1")]
        for node, share in shares.items()
    }
    pins = {node: Pin(text=f"{round(float(share) * 100)}%") for node, share in shares.items()}
    zh = (get_language() or "zh").startswith("zh")
    known = catalogue.graph(version).nodes
    markers = {node: kinds for node, kinds in markers.items() if node in known}
    pins = {node: pin for node, pin in pins.items() if node in known}
    return draw_svg(catalogue.document(version), language="zh" if zh else "en", markers=markers, pins=pins)


def node_names(version: int) -> dict[str, str]:
    language = get_language() or "zh"
    return {
        key: node.name.in_language(language) or key for key, node in catalogue.graph(version).nodes.items()
    }


def process_names() -> dict[str, str]:
    language = get_language() or "zh"
    return {key: name.in_language(language) for key, name in catalogue.names().items()}


def department_names() -> dict[str, str]:
    return directory.labels(get_language() or "zh-hans", "department")


def has_part(request: HttpRequest, key: str) -> bool:
    """Say whether departments that the reader leads have anything to do with the process."""
    led = directory.departments_led(request.user.get_username())
    return queries.works_at(key, led)


def place_words(behind: Behind, period: Period) -> list[str]:
    """Return where and when what is listed happened."""
    version = next(iter(catalogue.version_numbers(behind.process)), None) if behind.process else None
    node = node_names(version[0]).get(behind.node, behind.node) if version else behind.node
    department = department_names().get(behind.department, behind.department)
    process = process_names().get(behind.process, behind.process)
    return [word for word in (process, node, department, words.period_words(period)) if word]


def _waiting_now(want: Asked) -> dict[str, Any]:
    """Return the open cases that are late, and those that stand still until somebody mends them."""
    late = case_queries.cases(want.person, CaseFilter(process=want.process, overdue=True, status="open"))
    stuck = rights.visible_cases(want.person).filter(incidents__gt=0, ended_at=None, **want.narrowed)
    everything = reverse("cases:cases") + "?" + urlencode({"overdue": "1", "process": want.process})
    return {
        "overdue": case_rows(late[:SHOWN]),
        "stuck": case_rows(stuck.order_by("-started_at")[:SHOWN]),
        "all_overdue": everything,
    }
