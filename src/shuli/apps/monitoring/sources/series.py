"""What sources measure of a process, period by period, beside the figures that Shuli counts itself."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from shuli.apps.monitoring.periods import Period
from shuli.apps.monitoring.scopes import Scope
from shuli.apps.monitoring.sources.models import ImportedValue, Measure


class Line(Struct, frozen=True, kw_only=True):
    """One measure of one process, with a value for each period; None: nothing was brought in."""

    measure: Measure
    process: str
    values: tuple[float | None, ...]


def lines(scope: Scope, periods: Sequence[Period], process: str = "") -> list[Line]:
    """Return the measures of the processes that somebody oversees, or of one of them."""
    rows = ImportedValue.objects.filter(
        is_undone=False, day__gte=periods[0].first, day__lte=periods[-1].last
    ).select_related("measure")
    if process:
        rows = rows.filter(process_key=process)
    if not scope.is_everything:
        whole = rows.filter(process_key__in=scope.processes)
        rows = whole | rows.filter(department__in=scope.departments)
    found: dict[tuple[int, str], list[ImportedValue]] = defaultdict(list)
    for one in rows.order_by("measure__name", "process_key"):
        found[one.measure_id, one.process_key].append(one)
    return [
        Line(measure=own[0].measure, process=key, values=tuple(_value(own, period) for period in periods))
        for (_measure, key), own in found.items()
    ]


def _value(rows: list[ImportedValue], period: Period) -> float | None:
    own = [one.value for one in rows if period.first <= one.day <= period.last]
    if not own:
        return None
    return sum(own) / len(own) if rows[0].measure.adding == Measure.Adding.MEAN else sum(own)
