"""What is done in P-AUDIT stands in the registers: audited, violated, ordered, done, verified."""

from datetime import timedelta

import pytest

from apps.monitoring.auditing.conftest import MONDAY, closed
from library.running import Running
from shuli.apps.cases import answers
from shuli.apps.cases.models import Case, Task
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.auditing import register
from shuli.apps.monitoring.models import AuditSample, Rectification, SampledCase, Violation
from shuli.kit import clock

LAST_MONTH = MONDAY - timedelta(days=25)
FINE = {f"check_{one}": "ok" for one in ("on_time", "documents", "signatures", "order", "rights")}
BAD = {"audit_findings": "缺确认函", "violating_department": "service", "violation_severity": "serious"}


@pytest.fixture
def audit(auditor):
    closed("P-COMPLAINT", 3, LAST_MONTH, late=3)
    return Running.start("P-AUDIT", auditor)


def conclude(case, **more):
    demand = {"rectifying_departments": ["service"], "rectification_demand": "补齐确认函"}
    return case.do("N3", needs_rectification="yes", **demand, **more)


def test_the_form_is_filled_in_from_the_records(audit, auditor):
    task = audit.task("N2")
    known = answers.context(audit.case, auditor, task)

    assert known["audited"]["number"] == SampledCase.objects.get().case.number
    assert (known["audited"]["check_on_time"], known["audited"]["late_steps"]) == ("bad", 1)
    form = answers.form_of(audit.case, task)
    assert 'value="bad"' in answers.entry(audit.case, task, form, auditor, None)


def test_what_an_auditor_finds_is_a_violation_each(audit, auditor):
    audit.do("N2", **FINE | {"check_on_time": "bad", "check_documents": "bad"}, **BAD)

    row = SampledCase.objects.get()
    assert (row.audited_by, row.answers["on_time"], row.answers["authority"]) == (auditor, "bad", "ok")
    found = {one.kind: one for one in Violation.objects.all()}
    assert set(found) == {"on_time", "documents"}
    assert (found["on_time"].node, found["on_time"].department, found["on_time"].severity) == (
        "C1a",
        "service",
        "serious",
    )
    assert AuditSample.objects.get().case_id == audit.id


def test_an_order_is_open_done_sent_back_and_verified(audit, auditor):
    conclude(audit.do("N2", **FINE | {"check_documents": "bad"}, **BAD))
    order = Rectification.objects.get()
    assert (order.department, order.person, order.ordered_by) == (
        "service",
        directory.head("service"),
        auditor,
    )
    assert register.state_of(order) == "open"
    assert list(order.violations.all()) == list(Violation.objects.all())

    audit.do("N4", rectification_done="已补")
    assert register.state_of(Rectification.objects.get()) == "done"
    audit.do("N5", rectified="no", verification_note="仍缺一份")
    order.refresh_from_db()
    assert (register.state_of(order), order.rounds, order.verification_note) == ("open", 2, "仍缺一份")
    audit.do("N4").do("N5", rectified="yes")

    assert register.state_of(Rectification.objects.get()) == "verified"


def test_an_order_has_the_date_that_the_auditor_gave_and_is_overdue_after_it(audit):
    conclude(audit.do("N2", **FINE | {"check_documents": "bad"}, **BAD), rectification_due="2026-11-20")

    order = Rectification.objects.get()
    assert order.due_at.date().isoformat() == "2026-11-20"
    with clock.frozen(MONDAY + timedelta(days=6)):
        (standing,) = register.by_department(Violation.objects.all(), Rectification.objects.all())
        assert (register.state_of(order), standing.department, standing.overdue) == ("overdue", "service", 1)


def test_an_audit_that_ends_before_its_time_leaves_no_order_open(audit):
    from shuli.apps.cases import operations

    conclude(audit.do("N2", **FINE | {"check_documents": "bad"}, **BAD))
    owner = directory.members("post:owner-standing")[0]

    operations.terminate(audit.id, owner, "重复")

    assert register.state_of(Rectification.objects.get()) == "cancelled"
    assert Task.objects.filter(case=audit.id, state="open").count() == 0
    assert Case.objects.get(pk=audit.id).status == "terminated"
