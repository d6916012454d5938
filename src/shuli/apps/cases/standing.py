"""What the standing processes read of the records: figures of a quarter."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.reviewing import begun, percent
from shuli.apps.catalogue import queries as catalogue
from shuli.kit import clock

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


# A regulation that is no process -------------------------------------------------------------------------


def issued(_variables: Variables) -> dict[str, Any]:
    """Return when a regulation was issued; a process's version is published by whoever keeps the register."""
    return {"published_at": clock.now().isoformat()}


def nothing_to_switch(_variables: Variables) -> dict[str, Any]:
    """Return nothing: no case follows a regulation that is no process."""
    return {}


FUNCTIONS = {
    "quarterly_figures": quarterly_figures,
    "publish_version": issued,
    "put_in_force": nothing_to_switch,
    "end_transition": nothing_to_switch,
    "retire_version": nothing_to_switch,
}
