"""Indicators period by period, of the whole and of its places, as the findings read them."""

from collections.abc import Iterable, Iterator
from typing import Any

from shuli.apps.monitoring.alerting.watching import behind
from shuli.apps.monitoring.indicators import BY_KEY, INDICATORS, NOTHING, Indicator, Sums, judged
from shuli.apps.monitoring.periods import Period, last_periods
from shuli.apps.monitoring.queries import EVERYTHING, days, summed
from shuli.core.figures import Line

PERIODS = 13  # the one that is reported on, and a year of months before it
LEAST = 5  # with fewer visits, cases or answers behind it a value says nothing
# What is also looked at place by place, and what stands behind it as a weight; the timeout rate is the on-time rate's mirror.
OF_PLACES = {
    "on_time_rate": "due",
    "waiting_time": "waiting_seconds",
    "return_rate": "returned",
    "satisfaction": "rated",
}
MIRRORS = ("timeout_rate",)
PLACES = {"": ("process_key", "department"), "process": ("node", "department")}
KEYS = {"process_key": "process", "node": "node", "department": "department"}


def lines(process: str, period: Period) -> list[Line]:
    """Return the lines of a process, or of the whole company, up to a period."""
    periods = last_periods(period.kind, period.first, PERIODS)
    whole = whole_series(process, periods)
    found = [_line(judged(one, period.kind), "", whole) for one in INDICATORS if one.key not in MIRRORS]
    for by in PLACES["process" if process else ""]:
        for place, series in _by_place(process, periods, by):
            found += [_line(BY_KEY[key], f"{KEYS[by]}:{place}", series) for key in OF_PLACES if key in BY_KEY]
    return found


def _line(indicator: Indicator, place: str, series: list[Sums]) -> Line:
    last = series[-1]
    return Line(
        figure=indicator.key,
        place=place,
        values=tuple(value_of(indicator, sums) for sums in series),
        target=None if indicator.target is None else float(indicator.target),
        better=indicator.better,
        weight=float(last.get(OF_PLACES.get(indicator.key, "closed"), 0)),
    )


def value_of(indicator: Indicator, sums: Sums) -> float | None:
    """Return a value behind which enough stands; a count of a time in which nothing happened at all is unknown."""
    like, value = behind(indicator, sums), indicator.value(sums)
    if value is None or (like is not None and like < LEAST):
        return None
    is_empty = not (sums["started"] or sums["closed"] or sums["ended"])
    return None if is_empty else float(value)


def whole_series(process: str, periods: list[Period]) -> list[Sums]:
    """Return the sums of a process, or of the whole company, period by period."""
    return _added(
        periods, ((place["day"], sums) for place, sums in summed(_rows(process, periods), ("day",)))
    )


def by_process(processes: list[str], periods: list[Period]) -> Iterator[tuple[str, list[Sums]]]:
    """Give each of these processes of which anything was counted with its sums, period by period."""
    return _split(_days(periods, process_key__in=processes), periods, "process_key")


def _by_place(process: str, periods: list[Period], by: str) -> Iterator[tuple[str, list[Sums]]]:
    return _split(_rows(process, periods), periods, by)


def _split(rows: Any, periods: list[Period], by: str) -> Iterator[tuple[str, list[Sums]]]:
    found: dict[str, list[tuple[Any, Sums]]] = {}
    for place, sums in summed(rows, ("day", by)):
        if place[by]:
            found.setdefault(place[by], []).append((place["day"], sums))
    for place_key, own in sorted(found.items()):
        yield place_key, _added(periods, own)


def _rows(process: str, periods: list[Period]) -> Any:
    return _days(periods, **({"process_key": process} if process else {}))


def _days(periods: list[Period], **narrowed: Any) -> Any:
    span = Period(kind=periods[0].kind, first=periods[0].first, last=periods[-1].last)
    return days(EVERYTHING, span, **narrowed)


def _added(periods: list[Period], by_day: Iterable[tuple[Any, Sums]]) -> list[Sums]:
    known = list(by_day)
    found = []
    for period in periods:
        own = [sums for day, sums in known if period.first <= day <= period.last]
        together = {name: sum(one[name] for one in own) for name in NOTHING if name != "cycles"}
        found.append({**together, "cycles": sorted(minute for one in own for minute in one["cycles"])})
    return found
