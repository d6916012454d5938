"""The cases behind a figure: those that somebody may see, by what happened at them in a time."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from msgspec import Struct

from shuli.apps.cases import rights
from shuli.apps.cases.models import Case, Visit


class Behind(Struct, frozen=True, kw_only=True):
    """What was counted: from a moment until before another one, at a place; "": at all of them."""

    figure: str
    since: datetime
    until: datetime
    process: str = ""
    node: str = ""
    department: str = ""
    among: tuple[int, ...] | None = None  # the cases themselves, where another room knows them


# Figures of the cases themselves; all others are of visits that were closed. Those that began in the period, and those that ended.
BEGAN, ENDED, COMPLETED = (
    Q(started_at__isnull=False),
    Q(ended_at__isnull=False),
    Q(status=Case.Status.APPROVED),
)
OF_STARTED = {"volume": BEGAN, "complaint_rate": BEGAN, "adoption": BEGAN}
OF_ENDED = {
    "throughput": COMPLETED,
    "cycle_time": COMPLETED,
    "cycle_time_median": COMPLETED,
    "handovers": ENDED,
    "steps": ENDED,
    "approvals": ENDED,
    "conformance": ENDED,
    "communication": ENDED,
    "unit_cost": ENDED,
    "response_rate": ENDED,
    "ended": ENDED,
    "document_completeness": ENDED,
}
OF_CASES = OF_STARTED | OF_ENDED
OF_VISITS = {
    "timeout_rate": Q(closed_at__gt=F("due_at")),
    "on_time_rate": Q(due_at__isnull=False),
    "return_rate": Q(outcome="returned"),
    "first_response": ~Q(
        Exists(Visit.objects.filter(case_id=OuterRef("case_id"), number__lt=OuterRef("number")))
    ),
}


def cases_behind(person: str, behind: Behind) -> QuerySet[Case]:
    """Return the cases, the newest first."""
    rows = rights.visible_cases(person)
    if behind.among is not None:
        return rows.filter(pk__in=behind.among).order_by("-started_at", "-pk")
    if behind.process:
        rows = rows.filter(process_key=behind.process)
    if behind.figure not in OF_CASES:
        return rows.filter(Exists(_visits(behind))).order_by("-started_at", "-pk")
    column = "started_at" if behind.figure in OF_STARTED else "ended_at"
    within = {f"{column}__gte": behind.since, f"{column}__lt": behind.until}
    if behind.department:
        rows = rows.filter(starter_department=behind.department)
    return rows.filter(OF_CASES[behind.figure], **within).order_by(f"-{column}", "-pk")


def last_ended(person: str, process: str, count: int) -> dict[int, datetime]:
    """Return the last cases of a process that ended, of those that somebody may see, with when each began."""
    rows = rights.visible_cases(person).filter(process_key=process, ended_at__isnull=False)
    return dict(rows.order_by("-ended_at", "-pk").values_list("pk", "started_at")[:count])


def _visits(behind: Behind) -> QuerySet[Visit]:
    rows = Visit.objects.filter(
        case_id=OuterRef("pk"), closed_at__gte=behind.since, closed_at__lt=behind.until
    )
    if behind.node:
        rows = rows.filter(node=behind.node)
    if behind.department:
        rows = rows.filter(department=behind.department)
    return rows.filter(OF_VISITS.get(behind.figure, Q())).exclude(outcome="cancelled")
