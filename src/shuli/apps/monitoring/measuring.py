"""An indicator's value at one place between two days, reckoned from the counts; for goals, remedies and whoever compares."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from shuli.apps.monitoring.alerting.watching import behind
from shuli.apps.monitoring.beside import beside
from shuli.apps.monitoring.indicators import Indicator, Sums
from shuli.apps.monitoring.periods import Period, before, period_of
from shuli.apps.monitoring.queries import EVERYTHING, sums_of

LEAST = 5  # with fewer visits, cases or answers behind it a value says nothing
BASELINE_MONTHS = 6  # the last half year (H1-03)
MOST_MONTHS = 18  # of a line


class Where(Struct, frozen=True, kw_only=True):
    """A place: "" is all of them."""

    process: str = ""
    node: str = ""
    department: str = ""

    @property
    def narrowed(self) -> dict[str, str]:
        named = {"process_key": self.process, "node": self.node, "department": self.department}
        return {name: value for name, value in named.items() if value}


def value_at(indicator: Indicator, where: Where, first: date, last: date) -> float | None:
    """Return the value from the first day to the last; None where too little stands behind it."""
    sums = _sums(where, first, last)
    like, value = behind(indicator, sums), indicator.value(sums)
    if value is None or (like is not None and like < LEAST):
        return None
    return float(value)


def _sums(where: Where, first: date, last: date) -> Sums:
    # A quarter is what several months are to `beside`: it adds the volumes announced for them.
    period = Period(kind="quarter", first=first, last=last)
    narrowed: dict[str, Any] = where.narrowed
    return {**sums_of(EVERYTHING, period, **narrowed), **beside(EVERYTHING, period, narrowed)}


def is_total(indicator: Indicator) -> bool:
    """Say whether an indicator adds up over time: twice as much of everything is twice the value."""
    once = _Uneven(1)
    value, double = indicator.value(once), indicator.value(_Uneven(2))
    return value is not None and double is not None and double == 2 * value


class _Uneven(dict[str, Any]):
    """Sums in which every column has another number, the multiple of a first one."""

    def __init__(self, times: int) -> None:
        super().__init__(cycles=[60] * 3)
        self._times = times

    def __missing__(self, name: str) -> int:
        return self._times * (1_000 + sum(map(ord, name)))


def half_year_before(day: date) -> tuple[date, date]:
    """Return the six months up to the day before a day."""
    months = day.year * 12 + day.month - 1 - BASELINE_MONTHS
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])), day - timedelta(days=1)


def by_month(
    indicator: Indicator, where: Where, first: date, last: date
) -> list[tuple[Period, float | None]]:
    """Return the value of each month that the days touch, at most the latest eighteen."""
    periods = [period_of("month", last)]
    while periods[0].first > first and len(periods) < MOST_MONTHS:
        periods.insert(0, before(periods[0]))
    return [(one, value_at(indicator, where, one.first, one.last)) for one in periods]
