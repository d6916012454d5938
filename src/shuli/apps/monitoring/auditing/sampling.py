"""The month's sample: drawn by P-AUDIT's first step, kept with its seed, each case with what its records say."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuli.apps.cases import governing
from shuli.apps.cases.governing import Facts
from shuli.apps.cases.reviewing import begun, month_before
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents.operations import lock
from shuli.apps.monitoring.auditing.drawing import Closed, draw
from shuli.apps.monitoring.models import AuditSample, SampledCase
from shuli.kit import clock

AUDIT = "P-AUDIT"
BATCH = 500  # cases whose records are read together
CHECKS = ("on_time", "documents", "signatures", "order", "authority")
# What the checks are called in the form of P-AUDIT.
FIELDS = {
    "on_time": "check_on_time",
    "documents": "check_documents",
    "signatures": "check_signatures",
    "order": "check_order",
    "authority": "check_rights",
}


def audit_sample(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the sample of the month before the audit begins, and return it as variables of the audit (H2-116)."""
    first, end = month_before(begun(variables.get("scheduled_at")))
    sample = draw_month(first, end, secrets.token_hex(8))
    names = catalogue.names()
    rows = list(sample.cases.select_related("case"))
    return {
        "audit_sample": sample.pk,
        "audit_month": f"{first:%Y-%m}",
        "audit_population": sample.population,
        "audit_sampled": len(rows),
        "audited_cases": [
            {
                "number": row.case.number,
                "process": row.process_key,
                "process_name": names[row.process_key].zh if row.process_key in names else row.process_key,
                **row.proposed,
            }
            for row in rows
        ],
    }


def draw_month(first: datetime, end: datetime, seed: str) -> AuditSample:
    """Draw a sample of the cases that ended within a month and were not drawn before, and let its auditors read them."""
    month = date(first.year, first.month, 1)
    with transaction.atomic():
        lock(f"audit sample {month}")
        known = AuditSample.objects.filter(month=month)
        taken = set(SampledCase.objects.filter(sample__in=known).values_list("case_id", flat=True))
        closed = [row for row in governing.closed_between(first, end, AUDIT) if row[0] not in taken]
        sample = AuditSample.objects.create(
            month=month, draw=known.count() + 1, seed=seed, population=len(closed), drawn_at=clock.now()
        )
        _keep(sample, closed)
    return sample


def _keep(sample: AuditSample, closed: list[governing.Closed]) -> None:
    drawn = set(
        draw((Closed(number=row[1], process=row[2], department=row[3]) for row in closed), sample.seed)
    )
    chosen = {row[0]: row for row in closed if row[1] in drawn}
    facts = _facts(list(chosen))
    SampledCase.objects.bulk_create(
        SampledCase(
            sample=sample, case_id=pk, process_key=row[2], department=row[3], proposed=proposal(facts[pk])
        )
        for pk, row in chosen.items()
    )
    process = catalogue.process(AUDIT)
    if process is not None and process.supervisor_post:
        governing.let_read(chosen, process.supervisor_post)


def _facts(ids: list[int]) -> dict[int, Facts]:
    found: dict[int, Facts] = {}
    for at in range(0, len(ids), BATCH):
        found |= governing.facts_of(ids[at : at + BATCH])
    return found


def proposal(facts: Facts) -> dict[str, Any]:
    """Return what the records say of each check, as the auditor's form is filled in before they look."""
    verdicts = {
        "on_time": _verdict(facts.timed, len(facts.late)),
        "documents": _verdict(facts.due_documents, facts.missing_documents),
        "signatures": _verdict(facts.decisions, len(facts.unsigned)),
        "order": _verdict(1, facts.jumps),
        "authority": _verdict(facts.decisions, facts.own),
    }
    places = [*facts.late, *facts.unsigned]
    return {
        **{FIELDS[check]: verdict for check, verdict in verdicts.items()},
        "late_steps": len(facts.late),
        "missing_documents": facts.missing_documents,
        "unsigned_decisions": len(facts.unsigned),
        "jumps": facts.jumps,
        "late_node": _first(facts.late),
        "unsigned_node": _first(facts.unsigned),
        "department": next((department for _, department in places if department), None),
    }


def _first(places: Iterable[tuple[str, str]]) -> str:
    return next((node for node, _ in places), "")


def _verdict(of: int, wrong: int) -> str:
    if not of:
        return "na"
    return "bad" if wrong else "ok"
