"""Reading the registers: violations by place and time, orders that are open or overdue, the counts of departments."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from msgspec import Struct

from shuli.apps.cases.behind import Behind
from shuli.apps.monitoring.models import Rectification, Violation
from shuli.apps.monitoring.periods import Period
from shuli.kit import clock

MOST = 2  # violations of a department in a quarter (H2-119)


def standing() -> QuerySet[Violation]:
    """Return the violations that were not taken back, the newest first."""
    return Violation.objects.filter(void_at=None)


def cases_of(behind: Behind) -> tuple[int, ...]:
    """Return the cases in which the violations of a figure happened."""
    rows = standing().filter(at__gte=behind.since, at__lt=behind.until)
    place = {"process_key": behind.process, "node": behind.node, "department": behind.department}
    named = {name: value for name, value in place.items() if value}
    return tuple(dict.fromkeys(rows.filter(**named).order_by("case").values_list("case_id", flat=True)))


def within(period: Period) -> dict[str, datetime]:
    """Return the moments of a period, as a filter of the moment of recording."""
    after = period.last + timedelta(days=1)
    return {
        "at__gte": timezone.make_aware(datetime.combine(period.first, datetime.min.time())),
        "at__lt": timezone.make_aware(datetime.combine(after, datetime.min.time())),
    }


def state_of(order: Rectification) -> str:
    """Return where an order stands: cancelled, verified, done (to be verified), overdue or open."""
    if order.cancelled_at:
        return "cancelled"
    if order.verified_at:
        return "verified"
    if order.done_at:
        return "done"
    return "overdue" if order.due_at and order.due_at < clock.now() else "open"


class Standing(Struct, frozen=True, kw_only=True):
    """How a department stands: its violations of a period, its orders that are open, and those overdue."""

    department: str
    violations: int
    open: int
    overdue: int

    @property
    def is_over(self) -> bool:
        return self.violations > MOST


def by_department(violations: QuerySet[Violation], orders: QuerySet[Rectification]) -> list[Standing]:
    """Return how the departments stand, who has most overdue and most violations first."""
    counted = Counter(violations.filter(void_at=None).order_by().values_list("department", flat=True))
    waiting = orders.filter(done_at=None, cancelled_at=None)
    # With their keys: of orders that a reader may see, each is named once, and several are of one department.
    opened = Counter(code for _, code in waiting.order_by().values_list("pk", "department"))
    overdue = waiting.filter(due_at__lt=clock.now()).order_by()
    late = Counter(code for _, code in overdue.values_list("pk", "department"))
    found = [
        Standing(department=code, violations=counted[code], open=opened[code], overdue=late[code])
        for code in {*counted, *opened}
    ]
    return sorted(found, key=lambda one: (-one.overdue, -one.violations, one.department))
