"""Asking after closing, by the clock: the customer once, and departments that worked on the same case of one another."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

from django.db import connection, transaction
from msgspec import Struct

from shuli.apps.cases import notices
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.survey.models import Survey, SurveyPlan
from shuli.kit import clock, jobs

MAIL = "shuli.apps.monitoring.survey.jobs.send_survey_mail"
FIRST_LOOK = timedelta(days=1)  # a plan that begins asks of what was closed since yesterday, not of years
GRACE = timedelta(hours=1)  # longer than any transaction: what is committed later has an earlier moment

# Cases that were completed lately; the same one found twice is asked of once.
CLOSED = """
    SELECT id, number, starter, variables ->> %(field)s FROM cases_case
     WHERE process_key = %(process)s AND status = 'approved' AND ended_at >= %(since)s AND ended_at <= %(now)s ORDER BY id
"""
WORKED = """
    SELECT DISTINCT case_id, department FROM cases_visit
     WHERE case_id = ANY(%(cases)s) AND department <> '' AND closed_at IS NOT NULL AND outcome <> 'cancelled'
     ORDER BY 1, 2
"""


class Closed(Struct, frozen=True, kw_only=True):
    case: int
    number: str
    starter: str
    contact: str


def ask_due() -> int:
    """Ask of what was closed since the last look; return how many were asked."""
    plans = SurveyPlan.objects.filter(asks_customer=True) | SurveyPlan.objects.filter(asks_departments=True)
    return sum(_ask(key) for key in plans.values_list("pk", flat=True))


def _ask(key: int) -> int:
    with transaction.atomic():
        plan = SurveyPlan.objects.select_for_update(skip_locked=True).filter(pk=key).first()
        if plan is None:
            return 0
        now = clock.now()
        closed = _closed(plan, (plan.through - GRACE) if plan.through else now - FIRST_LOOK, now)
        new = _customers(plan, closed, now) if plan.asks_customer else []
        new += _departments(plan, closed, now) if plan.asks_departments else []
        plan.through = now
        plan.save(update_fields=["through"])
        return _write(new, {one.case: one for one in closed}, now)


def _closed(plan: SurveyPlan, since: datetime, now: datetime) -> list[Closed]:
    values = {"process": plan.process_key, "field": plan.contact_field, "since": since, "now": now}
    return [
        Closed(case=pk, number=number, starter=starter, contact=(contact or "").strip()[:200])
        for pk, number, starter, contact in _rows(CLOSED, values)
    ]


def _customers(plan: SurveyPlan, closed: Iterable[Closed], now: datetime) -> list[Survey]:
    return [_survey(plan, one.case, now, kind=Survey.Kind.CUSTOMER, contact=one.contact) for one in closed]


def _departments(plan: SurveyPlan, closed: Iterable[Closed], now: datetime) -> list[Survey]:
    worked: dict[int, list[str]] = {}
    for case, department in _rows(WORKED, {"cases": [one.case for one in closed]}):
        worked.setdefault(case, []).append(department)
    return [
        _survey(plan, case, now, kind=Survey.Kind.DEPARTMENT, asked_department=asked, about_department=about)
        for case, departments in worked.items()
        for asked, about in permutations(departments, 2)
    ]


def _survey(plan: SurveyPlan, case: int, now: datetime, **facts: Any) -> Survey:
    return Survey(case_id=case, asked_at=now, expires_at=now + timedelta(days=plan.days), **facts)


def _write(wanted: list[Survey], closed: dict[int, Closed], now: datetime) -> int:
    """Write the questions that were not asked before, and tell whoever is to answer or to pass the link on."""
    known = set(
        Survey.objects.filter(case_id__in=closed).values_list(
            "case_id", "kind", "asked_department", "about_department"
        )
    )
    new = [
        one
        for one in wanted
        if (one.case_id, one.kind, one.asked_department, one.about_department) not in known
    ]
    for row in Survey.objects.bulk_create(new):
        if row.kind == Survey.Kind.CUSTOMER:
            _pass_link_on(row, closed[row.case_id], now)
    for case, department in dict.fromkeys(
        (row.case_id, row.asked_department) for row in new if row.asked_department
    ):
        params = {"number": closed[case].number, "department": department}
        notices.tell_here(speakers(department), "rate_partners", params, now)
    return len(new)


def _pass_link_on(row: Survey, case: Closed, now: datetime) -> None:
    """Mail the link where the contact is an address; else ask whoever started the case to pass it on."""
    if "@" in row.contact:
        jobs.later(MAIL, survey=row.pk)
        return
    if directory.acting(case.starter):
        notices.tell_here([case.starter], "survey_link", {"number": case.number, "survey": row.pk}, now)


def speakers(department: str) -> list[str]:
    """Return who answers for a department: its liaison and its head, each once."""
    found = (directory.liaison(department), directory.head(department))
    return list(dict.fromkeys(one for one in found if one))


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
