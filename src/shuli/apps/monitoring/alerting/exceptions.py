"""Exceptions that people report on a process (异常上报): anybody reports, the process owner is told and answers."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from shuli.apps.cases import notices
from shuli.apps.cases import queries as cases
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.models import ExceptionReport
from shuli.kit import clock, jobs
from shuli.kit.errors import Denied, Refusal

MAIL = "shuli.apps.monitoring.alerting.jobs.send_exception_mail"


@dataclass(frozen=True, kw_only=True)
class Reported:
    process_key: str
    kind: str
    text: str
    case_number: str = ""
    is_urgent: bool = False


def report(by: str, told: Reported) -> ExceptionReport | Refusal:
    """Report an exception; the process owner is told at once."""
    if catalogue.process(told.process_key) is None:
        return Refusal("no_such_process_here")
    if told.case_number:
        case = cases.case_for(by, told.case_number)
        if case is None or case.process_key != told.process_key:
            return Refusal("case_not_of_process")
    with transaction.atomic():
        row = ExceptionReport.objects.create(
            process_key=told.process_key,
            case_number=told.case_number,
            kind=told.kind,
            is_urgent=told.is_urgent,
            text=told.text.strip(),
            reporter=by,
            at=clock.now(),
        )
        _tell(row, "exception", owners(told.process_key))
    return row


def owners(process_key: str) -> list[str]:
    post = catalogue.owner_post(process_key)
    return list(directory.members(f"post:{post}")) if post else []


def answer(by: str, key: int, text: str) -> ExceptionReport | Refusal:
    """Say what is done about an exception; whoever reported it is told."""
    with transaction.atomic():
        row = ExceptionReport.objects.select_for_update().filter(pk=key).first()
        if row is None or not reports_for(by).filter(pk=key).exists():
            return Refusal("no_such_exception", status=404)
        if row.process_key not in catalogue.owned_keys(by):
            return Denied("owner_answers")
        row.answer, row.answered_by, row.answered_at = text.strip(), by, clock.now()
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        _tell(row, "exception_answered", [row.reporter])
    return row


def reports_for(person: str) -> QuerySet[ExceptionReport]:
    """Return one's own reports, and those on processes that one oversees."""
    overseen = catalogue.overseen_keys(person)
    return ExceptionReport.objects.filter(Q(reporter=person) | Q(process_key__in=overseen))


def _tell(row: ExceptionReport, code: str, people: list[str]) -> None:
    params = {
        "process_key": row.process_key,
        "report": row.pk,
        "author": row.reporter,
        "urgent": row.is_urgent,
    }
    params["text"] = (row.answer or row.text)[:200]
    notices.tell_here(people, code, params, clock.now())
    jobs.later_many(MAIL, [{"person": person, "code": code, "params": params} for person in people])
