"""What the standing processes read of the records: figures of a quarter, scores of departments."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.reviewing import begun, percent
from shuli.apps.catalogue import queries as catalogue
from shuli.kit import clock

AUDIT = "P-AUDIT"
ON_TIME_PERCENT, SATISFIED_POINTS, MOST_VIOLATIONS = 95, 90, 2  # H2-117 to H2-119
# What the answers of customers count (handbook 2 gives points and words, but no scale).
POINTS = {"satisfied": 100, "fairly_satisfied": 80, "dissatisfied": 0}
SATISFACTIONS = ("satisfaction", "customer_satisfaction")

Variables = Mapping[str, Any]


def quarter_before(at: datetime) -> tuple[datetime, datetime]:
    """Return the beginning of the quarter before, and its end, which is this quarter's beginning."""
    end = at.replace(month=(at.month - 1) // 3 * 3 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    last = end - timedelta(days=1)
    return last.replace(month=(last.month - 1) // 3 * 3 + 1, day=1), end


def quarter_name(first: datetime) -> str:
    return f"{first.year}Q{(first.month + 2) // 3}"


# The quarterly review ------------------------------------------------------------------------------------


def quarterly_figures(variables: Variables) -> dict[str, Any]:
    """Return last quarter's figures of every process in force, as variables of the review (H2-111)."""
    first, end = quarter_before(begun(variables.get("scheduled_at")))
    rows = [_process_row(process, first, end) for process in catalogue.processes() if _is_reviewed(process)]
    due = _due_between(Task.objects.all(), first, end)
    return {
        "review_quarter": quarter_name(first),
        "process_figures": rows,
        "reviewed_processes": [row["key"] for row in rows],
        "reviewed_count": len(rows),
        "on_time_rate": _rate(due),
    }


def _is_reviewed(process: Any) -> bool:
    return bool(process.owner_post) and any(one.status == "published" for one in process.versions.all())


def _process_row(process: Any, first: datetime, end: datetime) -> dict[str, Any]:
    cases = Case.objects.filter(process_key=process.key)
    return {
        "key": process.key,
        "name": process.name,
        "owner": process.owner_post,
        "closed": cases.filter(ended_at__gte=first, ended_at__lt=end).count(),
        "open": cases.filter(started_at__lt=end).filter(Q(ended_at=None) | Q(ended_at__gte=end)).count(),
        "on_time": _rate(_due_between(Task.objects.filter(case__process_key=process.key), first, end)),
    }


def _due_between(tasks: QuerySet[Task], first: datetime, end: datetime) -> QuerySet[Task]:
    """Return the tasks that were due then; what was cancelled was nobody's to do."""
    return tasks.filter(due_at__gte=first, due_at__lt=end).exclude(state=Task.State.CANCELLED)


def _rate(tasks: QuerySet[Task]) -> float | None:
    """Return how many of a hundred tasks were done on time; None where none was due."""
    found = tasks.aggregate(all=Count("pk"), good=Count("pk", filter=Q(done_at__lte=F("due_at"))))
    return percent(found["good"], found["all"]) if found["all"] else None


# The appraisal -------------------------------------------------------------------------------------------


def appraisal_figures(variables: Variables) -> dict[str, Any]:
    """Return each department's three figures of last quarter: on time, satisfaction, violations (H2-117 to H2-119)."""
    first, end = quarter_before(begun(variables.get("scheduled_at")))
    due = _due_between(Task.objects.exclude(department=""), first, end)
    departments = sorted(set(due.values_list("department", flat=True)))
    points, violations = _points(first, end), _violations(first, end)
    rows = [
        _scores(name, _rate(due.filter(department=name)), points.get(name, []), violations[name])
        for name in departments
    ]
    return {
        "appraisal_quarter": quarter_name(first),
        "department_figures": rows,
        "appraised_departments": departments,
        "appraised_count": len(departments),
    }


def _scores(name: str, on_time: float | None, points: list[int], violations: int) -> dict[str, Any]:
    satisfaction = round(sum(points) / len(points), 1) if points else None
    met = (
        on_time is None or on_time >= ON_TIME_PERCENT,
        satisfaction is None or satisfaction >= SATISFIED_POINTS,
        violations <= MOST_VIOLATIONS,
    )
    return {
        "department": name,
        "on_time": on_time,
        "satisfaction": satisfaction,
        "violations": violations,
        "met": sum(met),
    }


def _points(first: datetime, end: datetime) -> dict[str, list[int]]:
    """Return what customers said of the cases for which a department answered."""
    found: dict[str, list[int]] = {}
    closed = Case.objects.filter(ended_at__gte=first, ended_at__lt=end)
    for variables in closed.values_list("variables", flat=True):
        said = next((variables[key] for key in SATISFACTIONS if variables.get(key) in POINTS), None)
        department = variables.get("responsible_department")
        if said and department:
            found.setdefault(department, []).append(POINTS[said])
    return found


def _violations(first: datetime, end: datetime) -> Counter[str]:
    """Return how often audits of the quarter found a department's violation."""
    audits = Case.objects.filter(process_key=AUDIT, started_at__gte=first, started_at__lt=end)
    counted: Counter[str] = Counter()
    for variables in audits.values_list("variables", flat=True):
        for row in variables.get("audit_results") or ():
            counted[row.get("department") or ""] += int(row.get("violations") or 0)
    return counted


# A regulation that is no process -------------------------------------------------------------------------


def issued(_variables: Variables) -> dict[str, Any]:
    """Return when a regulation was issued; a process's version is published by whoever keeps the register."""
    return {"published_at": clock.now().isoformat()}


def nothing_to_switch(_variables: Variables) -> dict[str, Any]:
    """Return nothing: no case follows a regulation that is no process."""
    return {}


FUNCTIONS = {
    "quarterly_figures": quarterly_figures,
    "appraisal_figures": appraisal_figures,
    "publish_version": issued,
    "put_in_force": nothing_to_switch,
    "end_transition": nothing_to_switch,
    "retire_version": nothing_to_switch,
}
