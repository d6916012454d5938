"""What the monthly review reads of last month's complaints: how many, and their causes by weight (H2-70, H2-83)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from shuli.apps.cases.models import Case
from shuli.kit import clock

REVIEWED = "P-COMPLAINT"
VITAL_PERCENT = 80  # the few causes that make up so much are worth working on first


def complaint_review(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of the month before the one in which the review begins, as variables of its case."""
    started = begun(variables.get("scheduled_at"))
    first, end = month_before(started)
    complaints = Case.objects.filter(process_key=REVIEWED)
    closed = list(
        complaints.filter(ended_at__gte=first, ended_at__lt=end).values_list("variables", flat=True)
    )
    return {
        "review_month": f"{first:%Y-%m}",
        "received_count": complaints.filter(started_at__gte=first, started_at__lt=end).count(),
        "closed_count": len(closed),
        "open_count": _open_at(complaints, end),
        "major_count": sum(one.get("level") == "major" for one in closed),
        "dissatisfied_count": sum(one.get("satisfaction") == "dissatisfied" for one in closed),
        "cause_pareto": pareto_of_causes(closed),
        "object_pareto": pareto_of_objects(closed),
        "responsible_departments": responsible(closed),
    }


def begun(moment: Any) -> datetime:
    """Return the moment at which a standing process begins: the one that its clock names, or now."""
    try:
        at = datetime.fromisoformat(str(moment))
    except ValueError:
        return timezone.localtime(clock.now())
    return timezone.localtime(at) if at.tzinfo else timezone.make_aware(at)


def month_before(at: datetime) -> tuple[datetime, datetime]:
    """Return the beginning of the month before, and its end, which is the next one's beginning."""
    end = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (end - timedelta(days=1)).replace(day=1), end


def _open_at(complaints: QuerySet[Case], end: datetime) -> int:
    begun = complaints.filter(started_at__lt=end)
    return begun.filter(ended_at=None).count() + begun.filter(ended_at__gte=end).count()


# By weight ----------------------------------------------------------------------------------------------


def pareto_of_causes(closed: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the causes with their shares, most frequent first; the vital few are those that lead to 80 %."""
    counted = Counter(one.get("cause_category") or "unknown" for one in closed)
    rows, passed, whole = [], 0, counted.total()
    for cause, cases in by_weight(counted):
        vital = passed * 100 < VITAL_PERCENT * whole
        passed += cases
        rows.append(
            {
                "cause": cause,
                "cases": cases,
                "share": percent(cases, whole),
                "cumulative": percent(passed, whole),
                "vital": vital,
            }
        )
    return rows


def pareto_of_objects(closed: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return for each kind of problem what it concerned: which product, supplier or carrier, most frequent first."""
    complaints = list(closed)
    problems = Counter(problem for one in complaints for problem in one.get("problem_types") or [])
    counted = Counter(
        (problem, str(one["cause_object"]).strip())
        for one in complaints
        if one.get("cause_object")
        for problem in one.get("problem_types") or []
    )
    order = [problem for problem, _ in by_weight(problems)]
    found = sorted(by_weight(counted), key=lambda pair: order.index(pair[0][0]))
    return [
        {"problem": problem, "object": thing, "cases": cases, "share": percent(cases, problems[problem])}
        for (problem, thing), cases in found
    ]


def responsible(closed: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the departments that answered for the complaints, each once."""
    return sorted({str(one["responsible_department"]) for one in closed if one.get("responsible_department")})


def by_weight(counted: Counter[Any]) -> list[tuple[Any, int]]:
    """Return what was counted, most frequent first, equals in the order of their names."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
