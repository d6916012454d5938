"""Making reports when their periods are over, keeping them, and sending them to whoever subscribed."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from shuli.apps.cases import notices
from shuli.apps.cases.reviewing import REVIEWED
from shuli.apps.catalogue.register.rights import OFFICE
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting import exceptions, habits
from shuli.apps.monitoring.indicators import INDICATORS
from shuli.apps.monitoring.periods import KINDS, Kind, Period, before, last_periods, period_of
from shuli.apps.monitoring.reporting import series
from shuli.apps.monitoring.reporting.content import Content, Row, Suggestion
from shuli.apps.monitoring.reporting.models import Report, ReportPlan
from shuli.core.figures import findings, pareto
from shuli.kit import clock, jobs

MAIL = "shuli.apps.monitoring.reporting.jobs.send_report_mail"
MOST = 12  # findings of a section

CAUSES = """
    SELECT coalesce(nullif(variables ->> 'cause_category', ''), 'unknown') FROM cases_case
     WHERE process_key = %(process)s AND ended_at >= %(first)s AND ended_at < %(until)s
"""
# The lines of 《流程优化建议表》 that quarterly reviews of the time gave.
SUGGESTIONS = """
    SELECT f.answers -> 'suggestions', c.number FROM cases_formrecord AS f JOIN cases_case AS c ON c.id = f.case_id
     WHERE f.form_key = 'improvement_suggestions' AND f.at >= %(first)s AND f.at < %(until)s ORDER BY f.at, f.id
"""


def make_due() -> int:
    """Make the reports of the periods that are over; return how many."""
    now = timezone.localtime(clock.now())
    if now.time() < habits.habits().digest_at:
        return 0
    return sum(_make(plan, now) for plan in ReportPlan.objects.filter(is_active=True))


def _make(plan: ReportPlan, now: datetime) -> int:
    kind: Kind = next((one for one in KINDS if one == plan.period), "month")
    period = before(period_of(kind, now.date()))
    if Report.objects.filter(plan=plan, first=period.first).exists():
        return 0
    content = content_of(plan.process_key, period)
    with transaction.atomic():
        row, is_new = Report.objects.get_or_create(
            plan=plan,
            first=period.first,
            defaults={"last": period.last, "content": msgspec.to_builtins(content), "made_at": clock.now()},
        )
        if is_new:
            people = readers(plan)
            params = {"report": row.pk, "process_key": plan.process_key, "period": plan.period}
            params["first"] = period.first.isoformat()
            notices.tell_here(people, "report_made", params, clock.now())
            jobs.later_many(MAIL, [{"report": row.pk, "person": person} for person in people])
    return int(is_new)


def readers(plan: ReportPlan) -> list[str]:
    """Return to whom a report goes, each once."""
    usual = exceptions.owners(plan.process_key) if plan.process_key else list(directory.members(OFFICE))
    wanted = [*(usual if plan.to_owner else []), *plan.subscribers]
    return [one for one in dict.fromkeys(wanted) if directory.active_username(one) == one]


def content_of(process: str, period: Period) -> Content:
    """Return what is to be said of a process, or of the whole company, in a period."""
    found = findings(series.lines(process, period))
    sections = Counter[str]()
    kept = []
    for one in found:
        sections[one.section] += 1
        kept += [one] if sections[one.section] <= MOST else []
    return Content(
        rows=_rows_of(process, period),
        findings=kept,
        causes=causes(period) if process in ("", REVIEWED) and period.kind in ("month", "quarter") else [],
        suggestions=_suggestions(process, period) if period.kind == "quarter" else [],
    )


def _rows_of(process: str, period: Period) -> list[Row]:
    now, former = series.whole_series(process, last_periods(period.kind, period.first, 2))[::-1]
    return [
        Row(figure=one.key, value=_plain(one.value(now)), former=_plain(one.value(former)))
        for one in INDICATORS
    ]


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)


def causes(period: Period) -> Any:
    """Return the causes of the complaints that ended in a period, by weight."""
    rows = _asked(CAUSES, period, process=REVIEWED)
    return pareto(Counter(cause for (cause,) in rows))


def _suggestions(process: str, period: Period) -> list[Suggestion]:
    """Return what the quarterly reviews of the quarter proposed; they are held in the weeks after it."""
    after = Period(
        kind=period.kind, first=period.last + timedelta(days=1), last=period.last + timedelta(days=31)
    )
    found = []
    for when in (period, after):
        for told, number in _asked(SUGGESTIONS, when):
            rows = msgspec.json.decode(told) if isinstance(told, str) else told
            found += [_suggestion(row, number) for row in rows or [] if isinstance(row, dict)]
    return [one for one in found if not process or one.process in ("", process)]


def _suggestion(row: dict[str, Any], number: str) -> Suggestion:
    said = {name: str(row.get(name) or "") for name in ("department", "due", "process")}
    return Suggestion(text=str(row.get("content") or ""), case=number, **said)


def _asked(statement: str, period: Period, **values: str) -> list[tuple[Any, ...]]:
    bounds = {"first": _midnight(period.first), "until": _midnight(period.last + timedelta(days=1))}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**bounds, **values})
        return list(cursor.fetchall())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
