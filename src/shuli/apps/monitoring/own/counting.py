"""Counting own indicators: the newest days again and again while anything happens on them, then back to the first case.

Only the job does this. A day that consists of what it consisted of is left alone; a changed definition begins anew.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shuli.apps.monitoring.counting import (
    BEGINNING,
    GRACE,
    REOPENED,
    days_of,
    midnight,
    only_value,
    say_changed,
)
from shuli.apps.monitoring.own import scope
from shuli.apps.monitoring.own.measuring import Definition, Sum, measured
from shuli.apps.monitoring.own.models import OwnDay, OwnDayCount, OwnIndicator
from shuli.apps.monitoring.own.records import Wanted, records, seen
from shuli.core.feel import compile_expression
from shuli.kit import clock

SLICE = timedelta(days=31)  # counted at once of the past
PATIENCE = 3.0  # seconds that one run of the job takes, or little more
Place = tuple[date, int, str, str]


def count_up(patience: float = PATIENCE) -> None:
    """Bring every own indicator up to now, and go on with the past as long as there is time."""
    until = monotonic() + patience
    for pk in OwnIndicator.objects.filter(is_active=True).values_list("pk", flat=True):
        while _count_some(pk) and monotonic() < until:
            pass


def count_newest() -> None:
    """Bring every own indicator up to now, and leave the past for later."""
    for pk in OwnIndicator.objects.filter(is_active=True).values_list("pk", flat=True):
        _count_some(pk, goes_back=False)


def count_all() -> None:
    """Count every own indicator to the first case."""
    count_up(patience=float("inf"))


def begin_anew(indicator: OwnIndicator) -> None:
    """Forget what was counted; the job counts again from the records. The caller saves."""
    OwnDayCount.objects.filter(indicator=indicator).delete()
    OwnDay.objects.filter(indicator=indicator).delete()
    indicator.through = indicator.back_to = None


def definition_of(row: OwnIndicator) -> Definition:
    return Definition(grain=row.grain, source=row.source, together=row.together, unit=row.unit)


def _count_some(pk: int, *, goes_back: bool = True) -> bool:
    """Count the newest days and one piece of the past; say whether there is more of it."""
    with transaction.atomic():
        row = OwnIndicator.objects.select_for_update(skip_locked=True).filter(pk=pk, is_active=True).first()
        if row is None:
            return False
        now = clock.now()
        today = timezone.localtime(now).date()
        changed = sum(_count_days(row, first, last) for first, last in _newest(row, today))
        row.through, row.back_to = now, row.back_to or today
        is_more = goes_back and _go_back(row)
        row.save(update_fields=["through", "back_to"])
        if changed or is_more:
            say_changed()
    return is_more


def _newest(row: OwnIndicator, today: date) -> Iterable[tuple[date, date]]:
    if row.through is None or row.back_to is None:
        return [(today, today)]
    since = row.through - GRACE
    first = timezone.localtime(since).date()
    again = {day for day in days_of(REOPENED, since) if row.back_to <= day < first}
    return [*((day, day) for day in sorted(again)), (min(first, today), today)]


def _go_back(row: OwnIndicator) -> bool:
    """Count one piece of the past; say whether there is more before it."""
    beginning: datetime | None = only_value(BEGINNING)
    if beginning is None or row.back_to is None:
        return False
    first = timezone.localtime(beginning).date()
    if row.back_to <= first:
        return False
    since = max(first, row.back_to - SLICE)
    _count_days(row, since, row.back_to - timedelta(days=1))
    row.back_to = since
    return since > first


def _count_days(row: OwnIndicator, first: date, last: date) -> int:
    """Count the days anew that are not what they were; return how many there were."""
    wanted = _wanted(row, first, last)
    now = seen(wanted, settings.TIME_ZONE)
    known = dict(
        OwnDay.objects.filter(indicator=row, day__gte=first, day__lte=last).values_list("day", "seen")
    )
    changed = sorted(day for day in {*now, *known} if now.get(day) != known.get(day))
    if not changed:
        return 0
    _write(row, changed, _sums(row, _wanted(row, changed[0], changed[-1])))
    OwnDay.objects.filter(indicator=row, day__in=changed).delete()
    OwnDay.objects.bulk_create(
        [OwnDay(indicator=row, day=day, seen=now[day]) for day in changed if day in now]
    )
    return len(changed)


def _wanted(row: OwnIndicator, first: date, last: date) -> Wanted:
    names = tuple(one["name"] for one in scope.scope(row.process_key, row.grain))
    return Wanted(
        process=row.process_key,
        grain=row.grain,
        first=midnight(first),
        until=midnight(last + timedelta(days=1)),
        reads=compile_expression(row.source, names).variables,
    )


def _sums(row: OwnIndicator, wanted: Wanted) -> dict[Place, Sum]:
    definition = definition_of(row)
    names = tuple(one["name"] for one in scope.scope(row.process_key, row.grain))
    compiled = compile_expression(row.source, names)
    found: dict[Place, Sum] = {}
    for one in records(wanted):
        place = (one.day, one.version, one.node, one.department)
        value = measured(definition, compiled, one.facts, one.closed_at)
        found.setdefault(place, Sum()).add(value)
    return found


def _write(row: OwnIndicator, changed: list[date], sums: dict[Place, Sum]) -> None:
    days = set(changed)
    OwnDayCount.objects.filter(indicator=row, day__in=changed).delete()
    OwnDayCount.objects.bulk_create(
        [
            OwnDayCount(
                indicator=row, process_key=row.process_key, day=day, version_id=version, node=node,
                department=department, known=one.known, unknown=one.unknown, total=one.total,
            )
            for (day, version, node, department), one in sums.items()
            if day in days
        ],
        batch_size=1_000,
    )  # fmt: skip
