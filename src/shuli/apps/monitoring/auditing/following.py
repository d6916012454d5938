"""What happens in P-AUDIT stands in the registers: drawn, audited, ordered, done, verified. Called within its steps."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from shuli.apps.cases import filled_forms, governing
from shuli.apps.cases.outside import following
from shuli.apps.cases.outside.functions import service
from shuli.apps.documents.numbering import issue_number
from shuli.apps.monitoring.auditing import sampling
from shuli.apps.monitoring.auditing.sampling import AUDIT, FIELDS
from shuli.apps.monitoring.models import AuditSample, Rectification, SampledCase, Violation
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import events as e
from shuli.kit import clock

NUMBERS, SERIES = "ZG{yyyymm}{seq}", "rectification"
NODES = {"on_time": "late_node", "signatures": "unsigned_node"}  # where the records know the step


def connect() -> None:
    """Follow the cases of P-AUDIT; called once when the app is ready."""
    service("audit_sample")(sampling.audit_sample)
    following.LISTENERS[AUDIT] = listen
    filled_forms.FOLLOWED[AUDIT] = filled


def listen(case_id: int, event: e.Event, graph: ProcessGraph) -> None:
    """Tie a sample to its audit, and note orders as their steps begin."""
    if isinstance(event, e.CaseStarted):
        sample = int(governing.variables_of(case_id).get("audit_sample") or 0)
        AuditSample.objects.filter(pk=sample, case=None).update(case=case_id)
    elif isinstance(event, e.VisitOpened) and graph.nodes[event.node].duty.form == "rectification_record":
        _ordered(case_id, event)
    elif isinstance(event, e.CaseEnded) and event.status != "approved":
        Rectification.objects.filter(case=case_id, verified_at=None).update(cancelled_at=clock.now())


def _ordered(case_id: int, event: e.VisitOpened) -> None:
    """Note an order, or that it has to be done again."""
    variables, department = governing.variables_of(case_id), event.department or ""
    former = Rectification.objects.filter(case=case_id, department=department).first()
    if former is not None:
        Rectification.objects.filter(pk=former.pk).update(
            visit=event.visit, due_at=event.due_at, done_at=None, verified_at=None, cancelled_at=None,
            rounds=former.rounds + 1,
        )  # fmt: skip
        return
    order = Rectification.objects.create(
        number=issue_number(NUMBERS, clock.now(), SERIES),
        case_id=case_id,
        visit=event.visit,
        department=department,
        demand=str(variables.get("rectification_demand") or ""),
        ordered_by=str(variables.get("rectification_by") or ""),
        ordered_at=event.at,
        due_at=event.due_at,
        person=next((seat.holder for seat in event.seats if seat.holder), ""),
    )
    rows = Violation.objects.filter(rectification=None, void_at=None)
    rows.filter(sampled__sample__case=case_id, department=department).update(rectification=order)
    rows.filter(pk=int(variables.get("violation") or 0)).update(rectification=order)


def filled(record: Any) -> None:
    """Carry a filled form of an audit into the registers."""
    keep = KEPT.get(record.form_key)
    if keep is not None:
        keep(record)


def _audited(record: Any) -> None:
    """Keep what the auditor said of a case; what they found before, if it is said anew, counts no more."""
    said: Mapping[str, Any] = record.answers
    rows = SampledCase.objects.select_related("case").filter(sample__case=record.case_id)
    row = rows.filter(case__number=said.get("audited_case")).first()
    if row is None:
        return
    row.answers = {check: said.get(field) for check, field in FIELDS.items()}
    row.findings = str(said.get("audit_findings") or "")
    row.audited_by, row.audited_at = record.person, record.at
    row.save()
    former = Violation.objects.filter(sampled=row, void_at=None)
    former.update(void_at=record.at, void_by=record.person, void_reason="audited anew")
    Violation.objects.bulk_create(
        _violation(record, row, check) for check in FIELDS if row.answers[check] == "bad"
    )


def _violation(record: Any, row: SampledCase, check: str) -> Violation:
    said = record.answers
    return Violation(
        case=row.case,
        process_key=row.process_key,
        version_id=row.case.version_id,
        node=row.proposed.get(NODES.get(check, ""), ""),
        department=str(said.get("violating_department") or ""),
        kind=check,
        severity=str(said.get("violation_severity") or Violation.Severity.MINOR),
        text=row.findings,
        at=record.at,
        recorded_by=row.audited_by,
        sampled=row,
    )


def _concluded(record: Any) -> None:
    Rectification.objects.filter(case=record.case_id, ordered_by="").update(ordered_by=record.person)


def _done(record: Any) -> None:
    said = record.answers
    on = said.get("rectification_done_on")
    Rectification.objects.filter(case=record.case_id, visit=record.visit_number).update(
        cause=str(said.get("rectification_cause") or ""),
        done=str(said.get("rectification_done") or ""),
        person=str(said.get("rectification_person") or record.person),
        done_on=date.fromisoformat(on) if isinstance(on, str) else on,
        done_at=record.at,
    )


def _verified(record: Any) -> None:
    """Close the orders, or keep why they are not done; their steps begin again by themselves."""
    rows = Rectification.objects.filter(case=record.case_id)
    rows.update(
        verification_note=str(record.answers.get("verification_note") or ""), verified_by=record.person
    )
    if record.answers.get("rectified") == "yes":
        rows.filter(done_at__isnull=False).update(verified_at=record.at)


KEPT: dict[str, Callable[[Any], None]] = {
    "audit_record": _audited,
    "audit_summary": _concluded,
    "rectification_record": _done,
    "audit_verification": _verified,
}
