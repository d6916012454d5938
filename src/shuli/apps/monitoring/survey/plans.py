"""Whom a process asks, what each answer counts, and how many answered: kept and read by whoever oversees the process."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from msgspec import Struct

from shuli.apps.cases.behind import Behind
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring.models import SatisfactionAnswer
from shuli.apps.monitoring.survey.models import Survey, SurveyPlan
from shuli.kit import clock, jobs
from shuli.kit.errors import Denied

FORM = "survey"  # stands in the table of scores where a form's key stands
POINTS = {"satisfied": 100, "fairly_satisfied": 80, "dissatisfied": 0}
COUNT_AGAIN = "shuli.apps.monitoring.survey.jobs.count_scores_again"


class Response(Struct, frozen=True, kw_only=True):
    """How many were asked in a time and how many of them answered."""

    process: str
    kind: str
    asked: int
    answered: int

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.answered, self.asked) if self.asked else None


def plan_of(process: str) -> SurveyPlan:
    return SurveyPlan.objects.filter(process_key=process).first() or SurveyPlan(process_key=process)


def may_keep(person: str, process: str) -> bool:
    return process in catalogue.owned_keys(person)


def scores_of(process: str) -> list[SatisfactionAnswer]:
    """Return what each answer counts, of the process's forms and of its surveys, in the order of their questions."""
    rows = SatisfactionAnswer.objects.filter(process_key=process)
    return list(rows.order_by("form_key", "field", "-points", "answer"))


def save(by: str, process: str, facts: Mapping[str, Any], points: Mapping[int, int]) -> SurveyPlan:
    """Keep the plan and the scores; where a score has changed all is counted again."""
    if not may_keep(by, process):
        raise Denied("scores_of_others")
    with transaction.atomic():
        row, _made = SurveyPlan.objects.update_or_create(
            process_key=process, defaults={**facts, "changed_by": by, "changed_at": clock.now()}
        )
        add_scores(process)
        changed = 0
        for key, value in points.items():
            own = SatisfactionAnswer.objects.filter(pk=key, process_key=process)
            changed += own.exclude(points=value).update(points=value)
        if changed:
            jobs.later(COUNT_AGAIN)
    return row


def add_scores(process: str) -> None:
    """Give the answers of surveys their usual scores where they have none: 100, 80 and 0."""
    SatisfactionAnswer.objects.bulk_create(
        [
            SatisfactionAnswer(process_key=process, form_key=FORM, field=kind, answer=answer, points=points)
            for kind in Survey.Kind.values
            for answer, points in POINTS.items()
        ],
        ignore_conflicts=True,
    )


def responses(processes: Iterable[str], since: datetime) -> list[Response]:
    """Return the response rates of what was asked since a moment."""
    rows = Survey.objects.filter(case__process_key__in=list(processes), asked_at__gte=since)
    counted = rows.values("kind", process=F("case__process_key")).annotate(
        asked=Count("pk"), answered=Count("pk", filter=~Q(answered_at=None))
    )
    return [Response(**row) for row in counted.order_by("process", "kind")]


def mean_points(process: str, kind: str, since: datetime) -> float | None:
    """Return what the answers count on average."""
    score = SatisfactionAnswer.objects.filter(process_key=process, form_key=FORM, field=kind)
    points = dict(score.values_list("answer", "points"))
    rows = Survey.objects.filter(case__process_key=process, kind=kind, asked_at__gte=since).exclude(
        answered_at=None
    )
    given = [points[answer] for answer in rows.values_list("answer", flat=True) if answer in points]
    return sum(given) / len(given) if given else None


def rated_cases(behind: Behind) -> tuple[int, ...]:
    """Return the cases after which departments rated one another, by when they did and whom they rated."""
    rows = Survey.objects.filter(
        kind=Survey.Kind.DEPARTMENT, answered_at__gte=behind.since, answered_at__lt=behind.until
    )
    place = {"case__process_key": behind.process, "about_department": behind.department}
    named = {name: value for name, value in place.items() if value}
    return tuple(dict.fromkeys(rows.filter(**named).values_list("case_id", flat=True)))
