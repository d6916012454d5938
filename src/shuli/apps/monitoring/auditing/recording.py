"""Recording a violation at any time, with its evidence and an order to put it right; and taking one back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from msgspec import Struct

from shuli.apps.cases import governing
from shuli.apps.cases import queries as cases
from shuli.apps.directory import queries as directory
from shuli.apps.documents import operations as documents
from shuli.apps.monitoring.auditing import rights
from shuli.apps.monitoring.auditing.sampling import AUDIT
from shuli.apps.monitoring.models import Violation
from shuli.core.engine import Refused
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

ORDERED = "NV"  # the start of P-AUDIT at which an order begins that comes from no sample
FILES = "violation"  # whose files the evidence are
LONGEST = 2_000


class Facts(Struct, frozen=True, kw_only=True):
    """What a supervisor says of a violation."""

    kind: str
    severity: str
    text: str
    department: str
    node: str = ""
    person: str = ""
    evidence: str = ""
    demand: str = ""  # "": nothing is ordered
    due: date | None = None  # of the order; None: the five working days of P-AUDIT


def record(person: str, number: str, facts: Facts, files: Sequence[Any] = ()) -> Violation | Refusal:
    """Record a violation in a case that the person supervises or audits, and order to put it right where asked."""
    case = cases.case_for(person, number)
    if case is None:
        return Refusal("no_such_case", status=404)
    if not rights.may_record(person, case.process_key, case.pk):
        return Denied("supervisor_only")
    refusal = _refuse(facts)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        row = _write(person, case, facts)
        stored = [documents.store_attachment(FILES, row.pk, "", file, person) for file in files]
        failed = next((one for one in stored if isinstance(one, documents.NotStored)), None)
        refusal = Refusal(failed.code, **failed.params) if failed else _order(person, row, number, facts)
        if refusal is not None:
            transaction.set_rollback(True)
            return refusal
        _tell("violation", row, person)
    row.refresh_from_db()
    return row


def _refuse(facts: Facts) -> Refusal | None:
    if not facts.text.strip():
        return Refusal("violation_without_words")
    if not directory.department_exists(facts.department):
        return Refusal("violation_without_department")
    if facts.due is not None and facts.due < directory.today():
        return Refusal("rectification_in_the_past")
    return None


def _write(person: str, case: Any, facts: Facts) -> Violation:
    return Violation.objects.create(
        case=case,
        process_key=case.process_key,
        version_id=case.version_id,
        node=facts.node,
        department=facts.department,
        person=facts.person,
        kind=facts.kind,
        severity=facts.severity,
        text=facts.text.strip()[:LONGEST],
        evidence=facts.evidence.strip()[:LONGEST],
        at=clock.now(),
        recorded_by=person,
    )


def _order(person: str, row: Violation, number: str, facts: Facts) -> Refusal | None:
    """Begin the rectification as a case of P-AUDIT, whose steps remind, escalate and verify."""
    if not facts.demand.strip():
        return None
    variables = {
        "violation": row.pk,
        # what the case is called: of no month's sample, but of this case
        "audit_month": f"{directory.today():%Y-%m} {number}",
        "rectifying_departments": [facts.department],
        "rectification_demand": facts.demand.strip()[:LONGEST],
        "rectification_by": person,
        "rectification_due": facts.due.isoformat() if facts.due else None,
    }
    answer = governing.start(AUDIT, ORDERED, person, variables)
    return Refusal("order_not_begun", why=answer.code) if isinstance(answer, Refused) else None


def _tell(code: str, row: Violation, person: str) -> None:
    """Tell who leads the department, about whom it is, and who owns the process."""
    people = [directory.head(row.department), row.person, *governing.owners_of(row.case_id)]
    link = reverse("monitoring:violation", args=[row.pk])
    params = {"author": person, "text": row.text[:200], "link": link}
    governing.tell(code, [one for one in people if one and one != person], params)


def void(person: str, pk: int, reason: str) -> Violation | Refusal:
    """Take a violation back, with the reason; it stays in the register and counts no more."""
    with transaction.atomic():
        row = rights.visible_violations(person).filter(pk=pk).first()
        if row is None:
            return Refusal("no_such_violation", status=404)
        if not rights.may_void(person, row):
            return Denied("not_your_violation")
        if not reason.strip():
            return Refusal("reason_missing")
        row.void_at, row.void_by, row.void_reason = clock.now(), person, reason.strip()[:LONGEST]
        row.save(update_fields=["void_at", "void_by", "void_reason"])
        _tell("violation_void", row, person)
    return row
