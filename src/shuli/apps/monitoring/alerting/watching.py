"""What the rules find now: each place with its value, and whether that is an alert. Of what is not known nothing is said."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from msgspec import Struct

from shuli.apps.monitoring.alerting import likelihood, loads
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.indicators import Indicator, Sums
from shuli.apps.monitoring.own.figures import PREFIX, find_indicator, own_sums
from shuli.apps.monitoring.periods import KINDS, Period, before, last_periods, period_of
from shuli.apps.monitoring.queries import EVERYTHING, days, summed
from shuli.core.figures import run_of

# What stands behind an indicator's value, where it is not the visits closed or the cases ended.
BEHIND = {"on_time_rate": "due", "timeout_rate": "due", "satisfaction": "rated", "first_response": "answered",
          "partner_satisfaction": "partner_rated"}  # fmt: skip
BY = {
    "": (),
    "process": ("process_key",),
    "node": ("process_key", "node"),
    "department": ("department",),
}


class Place(Struct, frozen=True, kw_only=True):
    """Where something was found; "" is all of them."""

    process_key: str = ""
    node: str = ""
    department: str = ""
    person: str = ""
    case_number: str = ""
    subject: str = ""  # what else it is about: a goal and its state


class Reading(Struct, frozen=True, kw_only=True):
    place: Place
    value: float
    is_breached: bool
    like: int = 0  # what stands behind the value


def readings(rule: AlertRule, now: datetime) -> list[Reading]:
    """Return what the rule finds; a rule whose indicator is not there yet finds nothing."""
    return list(WATCHERS[rule.kind](rule, now))


def forgets(rule: AlertRule) -> bool:
    """Say whether an alert is over when its place is found no more: what was open has been closed."""
    return rule.kind in (AlertRule.Kind.LATENESS, AlertRule.Kind.OVERLOAD, AlertRule.Kind.GOAL)


def _threshold(rule: AlertRule, now: datetime) -> Iterator[Reading]:
    indicator = find_indicator(rule.indicator)
    if indicator is None:
        return
    for place, sums in _sums(rule, _period(rule, now)):
        value, like = indicator.value(sums), behind(indicator, sums)
        if value is None or (like is not None and like < rule.least):
            continue
        is_breached = float(value) < rule.limit if rule.side == "below" else float(value) > rule.limit
        yield Reading(place=place, value=float(value), is_breached=is_breached, like=like or 0)


def behind(indicator: Indicator, sums: Sums) -> int | None:
    """Return how much stands behind a value; None of a plain count, behind which stands itself."""
    if indicator.behind is not None:
        return indicator.behind(sums)
    if indicator.unit == "count" and indicator.key not in BEHIND:
        return None
    default = "closed" if indicator.grain == "node" else "ended"
    return int(sums.get(BEHIND.get(indicator.key, default), 0))


def _trend(rule: AlertRule, now: datetime) -> Iterator[Reading]:
    """Find places that got worse from period to period; the present one is not over and does not count."""
    indicator = find_indicator(rule.indicator)
    if indicator is None or not indicator.better:
        return
    last = before(_period(rule, now))
    periods = last_periods(last.kind, last.first, int(rule.limit) + 1)
    series: dict[Place, list[float | None]] = {}
    for at, period in enumerate(periods):
        for place, sums in _sums(rule, period):
            value, like = indicator.value(sums), behind(indicator, sums)
            is_known = value is not None and (like is None or like >= rule.least)
            own = series.setdefault(place, [None] * len(periods))
            own[at] = float(value) if value is not None and is_known else None
    worse = "down" if indicator.better == "up" else "up"
    for place, values in series.items():
        if values[-1] is not None:
            run = run_of(values, "down" if worse == "down" else "up")
            yield Reading(place=place, value=values[-1], is_breached=run >= rule.limit, like=run)


def _lateness(rule: AlertRule, now: datetime) -> Iterator[Reading]:
    where = {"process": rule.process_key, "node": rule.node, "department": rule.department}
    for one in likelihood.open_visits(now, least=rule.least, **where):
        place = Place(
            process_key=one.process, node=one.node, department=one.department, case_number=one.number
        )
        chance = one.likely.chance
        yield Reading(place=place, value=chance, is_breached=chance >= rule.limit, like=one.likely.like)


def _overload(rule: AlertRule, _now: datetime) -> Iterator[Reading]:
    count = loads.by_person if rule.per == "person" else loads.by_department
    for name, department, tasks in count(rule.department):
        place = Place(department=department, person=name)
        yield Reading(place=place, value=float(tasks), is_breached=tasks > rule.limit, like=tasks)


# Other rooms add theirs.
WATCHERS: dict[str, Callable[[AlertRule, datetime], Iterator[Reading]]] = {
    AlertRule.Kind.THRESHOLD: _threshold,
    AlertRule.Kind.TREND: _trend,
    AlertRule.Kind.LATENESS: _lateness,
    AlertRule.Kind.OVERLOAD: _overload,
}


def _period(rule: AlertRule, now: datetime) -> Period:
    today: date = timezone.localtime(now).date()
    return period_of(next((kind for kind in KINDS if kind == rule.period), "month"), today)


def _sums(rule: AlertRule, period: Period) -> Iterator[tuple[Place, Sums]]:
    wanted = {"process_key": rule.process_key, "node": rule.node, "department": rule.department}
    narrowed: dict[str, Any] = {name: value for name, value in wanted.items() if value}
    by = BY.get(rule.per, ())
    own = own_sums(EVERYTHING, period, by, **narrowed) if rule.indicator.startswith(PREFIX) else {}
    for place, sums in summed(days(EVERYTHING, period, **narrowed), by):
        if all(place.values()):
            yield Place(**{**narrowed, **place}), sums | own.get(tuple(place.values()), {})
