"""What somebody may see figures of."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from msgspec import Struct

from shuli.apps.monitoring.periods import Period

Counts = TypeVar("Counts", bound=Model)


class Scope(Struct, frozen=True, kw_only=True):
    """Whole processes, and whole departments."""

    processes: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    is_everything: bool = False  # the operator's command line

    @property
    def is_empty(self) -> bool:
        return not (self.processes or self.departments or self.is_everything)


def within(rows: QuerySet[Counts], scope: Scope, period: Period, **narrowed: Any) -> QuerySet[Counts]:
    """Return the counts of days, by place, that fall into a period and a scope."""
    found = rows.filter(day__gte=period.first, day__lte=period.last, **narrowed)
    if scope.is_everything:
        return found
    return found.filter(Q(process_key__in=scope.processes) | Q(department__in=scope.departments))
