"""The complaint process by the clock alone: contact every two days, escalation, the owner's view."""

from datetime import UTC, datetime

import pytest

from shuli.apps.cases import operations, queries, timers
from shuli.apps.cases.models import Case, Task
from shuli.kit import clock

STEPS = [
    {"responded_at": "2026-11-16T10:00:00+08:00", "response_channel": "phone", "response_note": "已致歉。"},
    {
        "complaint_at": "2026-11-16T10:00:00+08:00",
        "complainant": "王女士",
        "contact": "13800002207",
        "channel": "phone",
        "problem_types": ["product_quality"],
        "problem_description": "接口渗水。",
        "demands": ["exchange"],
        "urgency": "normal",
    },
    {"problem_types": ["product_quality"], "level_criteria": [], "level": "minor"},
    {"responsible_department": "product"},
]


@pytest.fixture
def complaint(db, at_monday):
    """Return a minor complaint that waits for the product department's solution."""
    from shuli.apps.catalogue.operations import install_library
    from shuli.apps.directory.example_company import load_example_company

    load_example_company()
    install_library()
    arrival = {"channel": "phone", "complaint_at": "2026-11-16T10:00:00+08:00", "summary": "接口渗水"}
    case = Case.objects.get(pk=operations.start_case("P-COMPLAINT", "limin", arrival).case_id)
    for answers in STEPS:
        task = queries.inbox("limin").filter(case=case).get()
        outcome = operations.complete(task.pk, "limin", answers, operations.Verdict())
        assert isinstance(outcome, operations.Done), outcome
    return case


@pytest.mark.accepts("H2-82")
def test_the_customer_is_to_be_told_every_two_days_until_the_case_closes(complaint):
    assert not Task.objects.filter(case=complaint, node="C3c").exists()

    timers.advance_clock(datetime(2026, 11, 18, 3, 0, tzinfo=UTC))
    first = Task.objects.get(case=complaint, node="C3c", state="open")
    told = {
        "contact_at": clock.now().isoformat(),
        "contact_channel": "phone",
        "contact_content": "方案制定中。",
    }
    outcome = operations.complete(first.pk, "limin", told, operations.Verdict())
    timers.advance_clock(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))

    assert (first.holder, isinstance(outcome, operations.Done)) == ("limin", True)
    assert Task.objects.filter(case=complaint, node="C3c", state="open").count() == 1


@pytest.mark.accepts("H2-64", "H2-122")
def test_a_minor_complaint_is_due_in_three_working_days_and_goes_up_when_it_is_late(complaint):
    task = Task.objects.get(case=complaint, node="C3b", state="open")
    assert task.due_at == datetime(2026, 11, 19, 2, 0, tzinfo=UTC)

    timers.advance_clock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))

    codes = set(queries.notifications("sunli").values_list("code", flat=True))
    assert {"reminder_at", "escalated"} <= codes


@pytest.mark.accepts("H2-11")
def test_the_process_owner_sees_every_case_and_may_end_one_with_a_reason(complaint):
    from shuli.apps.directory import queries as directory

    owner = directory.members("post:owner-complaint")[0]
    assert [case.pk for case in queries.cases(owner, queries.CaseFilter())] == [complaint.pk]

    operations.terminate(complaint.pk, owner, "重复登记")

    complaint.refresh_from_db()
    assert complaint.status == "terminated"
    assert not Task.objects.filter(case=complaint, state="open").exists()
