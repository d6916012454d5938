"""Who reads and writes the registers; asked by queries and operations."""

from django.db.models import Q, QuerySet

from shuli.apps.cases import rights as case_rights
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.auditing.sampling import AUDIT
from shuli.apps.monitoring.models import AuditSample, Rectification, SampledCase, Violation


def may_record(person: str, process: str, case_id: int) -> bool:
    """Say whether the person may record a violation in a case: who supervises its process, or audits it."""
    return process in catalogue.supervised_keys(person) or case_rights.audits(person, case_id)


def visible_violations(person: str) -> QuerySet[Violation]:
    """Return the violations of processes that the person oversees, departments that they lead, and their own."""
    mine = Q(process_key__in=catalogue.overseen_keys(person)) | Q(recorded_by=person) | Q(person=person)
    return Violation.objects.filter(mine | Q(department__in=directory.departments_led(person)))


def may_see_person(person: str, row: Violation) -> bool:
    """Say whether the person may read about whom a violation is: themselves, who leads them, who supervises."""
    if person in {row.person, row.recorded_by}:
        return True
    supervises = row.process_key in catalogue.supervised_keys(person)
    return supervises or row.department in directory.departments_led(person)


def may_void(person: str, row: Violation) -> bool:
    """Say whether the person may take a violation back: who recorded it, or supervises the process."""
    return row.void_at is None and (
        person == row.recorded_by or row.process_key in catalogue.supervised_keys(person)
    )


def visible_orders(person: str) -> QuerySet[Rectification]:
    """Return the orders that the person gave, answers for, leads, or oversees the violations of."""
    mine = Q(ordered_by=person) | Q(person=person) | Q(department__in=directory.departments_led(person))
    overseen = Q(violations__process_key__in=catalogue.overseen_keys(person))
    audits = Q(case__process_key__in=catalogue.overseen_keys(person))
    return Rectification.objects.filter(mine | overseen | audits).distinct()


def visible_sampled(person: str) -> QuerySet[SampledCase]:
    """Return the sampled cases that the person audits or whose process they oversee."""
    return SampledCase.objects.filter(case__in=case_rights.visible_cases(person)).filter(
        Q(process_key__in=catalogue.overseen_keys(person)) | Q(pk__in=_audited_by(person))
    )


def _audited_by(person: str) -> QuerySet[SampledCase]:
    process = catalogue.process(AUDIT)
    post = process.supervisor_post if process else ""
    holds = bool(post) and f"post:{post}" in directory.pools_of(person)
    return SampledCase.objects.all() if holds else SampledCase.objects.none()


def visible_samples(person: str) -> QuerySet[AuditSample]:
    return AuditSample.objects.filter(cases__in=visible_sampled(person)).distinct()
