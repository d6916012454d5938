"""Reading the register of violations: by place and time."""

from django.db.models import QuerySet

from shuli.apps.cases.behind import Behind
from shuli.apps.monitoring.models import Violation


def standing() -> QuerySet[Violation]:
    """Return the violations that were not taken back, the newest first."""
    return Violation.objects.filter(void_at=None)


def cases_of(behind: Behind) -> tuple[int, ...]:
    """Return the cases in which the violations of a figure happened."""
    rows = standing().filter(at__gte=behind.since, at__lt=behind.until)
    place = {"process_key": behind.process, "node": behind.node, "department": behind.department}
    named = {name: value for name, value in place.items() if value}
    return tuple(dict.fromkeys(rows.filter(**named).order_by("case").values_list("case_id", flat=True)))
