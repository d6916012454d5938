"""Figures: sums of the days of a period, for what a person may see."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from typing import Any

from django.db.models import QuerySet, Sum
from msgspec import Struct

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import beside
from shuli.apps.monitoring.counting import SUMS
from shuli.apps.monitoring.indicators import NOTHING, Indicator, Sums
from shuli.apps.monitoring.models import DayCount
from shuli.apps.monitoring.own.figures import indicators_of, own_sums
from shuli.apps.monitoring.periods import Period
from shuli.apps.monitoring.scopes import Scope, within

GRAINS: tuple[tuple[str, ...], ...] = (
    (),
    ("process_key",),
    ("process_key", "version__number"),
    ("process_key", "node"),
    ("department",),
)


EVERYTHING = Scope(is_everything=True)


def scope_of(person: str) -> Scope:
    """Return what the person may see: processes owned or supervised, departments headed or in charge of."""
    return Scope(
        processes=tuple(dict.fromkeys(catalogue.overseen_keys(person))),
        departments=tuple(directory.departments_led(person)),
    )


class Figure(Struct, frozen=True, kw_only=True):
    """One value of one indicator, for one place and period."""

    indicator: Indicator
    place: dict[str, str]
    period: Period
    value: Fraction | None
    sums: Sums


def days(scope: Scope, period: Period, **narrowed: Any) -> QuerySet[DayCount]:
    return within(DayCount.objects.all(), scope, period, **narrowed)


def summed(
    rows: QuerySet[DayCount], by: Iterable[str] = (), *, with_cycles: bool = True
) -> Iterator[tuple[dict[str, Any], Sums]]:
    """Give each place of the rows with its sums; without `by` there is one place.

    `with_cycles`: how long each case took, for quantiles; the one part that grows with the number of cases.
    """
    names = tuple(by)
    cycles: dict[tuple[Any, ...], list[list[int]]] = {}
    if with_cycles:
        for *place, minutes in rows.filter(ended__gt=0).values_list(*names, "cycles"):
            cycles.setdefault(tuple(place), []).append(minutes)
    sums = {f"sum_{name}": Sum(name, default=0) for name in SUMS}
    found = rows.order_by(*names).values(*names).annotate(**sums) if names else [rows.aggregate(**sums)]
    for row in found:
        place = {name: row[name] for name in names}
        own = {name: row[f"sum_{name}"] for name in SUMS}
        yield place, {**own, "cycles": sorted(chain.from_iterable(cycles.get(tuple(place.values()), ())))}


def works_at(process: str, departments: Iterable[str]) -> bool:
    """Say whether anything was counted of a process in one of these departments."""
    return DayCount.objects.filter(process_key=process, department__in=list(departments)).exists()


def sums_of(scope: Scope, period: Period, **narrowed: Any) -> Sums:
    """Return the sums of one place."""
    return next((sums for _, sums in summed(days(scope, period, **narrowed))), NOTHING)


def figures(scope: Scope, period: Period, **narrowed: Any) -> Iterator[Figure]:
    """Give every indicator at every grain: company, process, version, node, department; own ones of their process."""
    known: dict[str, list[Indicator]] = {}
    for grain in GRAINS:
        own = own_sums(scope, period, grain, **narrowed)
        for place, sums in summed(days(scope, period, **narrowed), grain):
            if "node" in place and not place["node"]:
                continue  # what is of the case stands at the process
            process = place.get("process_key") or narrowed.get("process_key", "")
            if process not in known:
                known[process] = indicators_of(process, period.kind)
            whole = sums | own.get(tuple(place.values()), {})
            whole |= beside.beside(scope, period, {**narrowed, **place})
            yield from _figures(known[process], place, period, whole)


def _figures(
    known: Iterable[Indicator], place: dict[str, Any], period: Period, whole: Sums
) -> Iterator[Figure]:
    named = {name.removesuffix("__number").removesuffix("_key"): value for name, value in place.items()}
    for one in known:
        if one.grain == "node" or "node" not in place:
            yield Figure(indicator=one, place=named, period=period, value=one.value(whole), sums=whole)
