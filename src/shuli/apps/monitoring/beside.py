"""What indicators need beside the counts: the working time that people have, and the cases that a month has altogether."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.models import AnnouncedVolume
from shuli.apps.monitoring.periods import Period
from shuli.apps.monitoring.scopes import Scope
from shuli.core.worktime import working_seconds_between
from shuli.kit import clock

WHOLE_MONTHS = frozenset({"month", "quarter"})  # for which a volume can be announced


def beside(scope: Scope, period: Period, place: Mapping[str, Any]) -> dict[str, int]:
    """Return what belongs to one place of the figures; nothing where it makes no sense there."""
    found: dict[str, int] = {}
    if "node" not in place and "version__number" not in place and "department" not in place:
        found["announced"] = announced(scope, period, place.get("process_key", ""))
    if "process_key" not in place:
        found["working_seconds"] = working_seconds(_departments(scope, place), period)
    return found


def _departments(scope: Scope, place: Mapping[str, Any]) -> list[str]:
    if "department" in place:
        return [place["department"]]
    return list(directory.departments()) if scope.is_everything else list(scope.departments)


def announced(scope: Scope, period: Period, process: str) -> int:
    """Return how many cases the months of the period have, of one process or of all for which it was said."""
    if period.kind not in WHOLE_MONTHS:
        return 0
    rows = AnnouncedVolume.objects.filter(month__gte=period.first, month__lte=period.last)
    if process:
        rows = rows.filter(process_key=process)
    elif not scope.is_everything:
        rows = rows.filter(process_key__in=scope.processes)
    return int(rows.aggregate(all=Sum("count", default=0))["all"])


def working_seconds(departments: list[str], period: Period) -> int:
    """Return the working time of everybody who sits in these departments, as far as the period has passed."""
    first, last = _passed(period)
    known: dict[str, int] = {}
    total = 0
    for person, department in directory.seats_of(departments):
        calendar = directory.calendar_for(department, person)
        if calendar.fingerprint not in known:
            known[calendar.fingerprint] = int(working_seconds_between(calendar, first, last))
        total += known[calendar.fingerprint]
    return total


def working_seconds_of(person: str, period: Period) -> int:
    """Return one person's working time, as far as the period has passed."""
    calendar = directory.calendar_for(directory.main_department(person), person)
    return int(working_seconds_between(calendar, *_passed(period)))


def _passed(period: Period) -> tuple[datetime, datetime]:
    first, after = moments(period)
    return first, min(after, max(clock.now(), first))


def moments(period: Period) -> tuple[datetime, datetime]:
    """Return when a period begins and when the next one does."""
    return _midnight(period.first), _midnight(period.last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
