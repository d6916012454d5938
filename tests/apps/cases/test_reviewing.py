"""The monthly complaint review (C6): begun by the clock, over last month's complaints, signed by the 5th."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from shuli.apps.cases import operations, queries, reviewing, timers
from shuli.apps.cases.models import Case, FormRecord, Notification, Task
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue import schedules
from shuli.apps.directory import queries as directory
from shuli.kit import clock

OCTOBER = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
CLOSED = [
    # cause, object, problem, department, level
    ("supplier", "顺通快递", "logistics_delay", "operations", "minor"),
    ("supplier", "顺通快递", "logistics_delay", "operations", "minor"),
    ("supplier", "顺通快递", "logistics_delay", "operations", "major"),
    ("supplier", "顺通快递", "logistics_delay", "operations", "minor"),
    ("information", "速达快递", "logistics_delay", "operations", "minor"),
    ("product_design", "T2 水泵", "product_quality", "product", "minor"),
    ("", "", "service_attitude", "service", "minor"),
]


def complaint(number, started, ended, facts=None):
    cause, thing, problem, department, level = facts or ("other", "", "other", "service", "minor")
    variables = {
        "cause_category": cause,
        "cause_object": thing,
        "problem_types": [problem],
        "responsible_department": department,
        "level": level,
        "satisfaction": "dissatisfied" if level == "major" else "satisfied",
    }
    return Case.objects.create(
        number=f"TS{number}",
        process_key="P-COMPLAINT",
        version_id=catalogue.version_in_force("P-COMPLAINT").pk,
        status="approved" if ended else "running",
        starter="limin",
        started_at=started,
        ended_at=ended,
        variables=variables,
    )


@pytest.fixture
def october(db):
    """Return the company in mid-October with seven complaints closed then, and others before, after and still open."""
    from shuli.apps.catalogue.operations import install_library
    from shuli.apps.directory.example_company import load_example_company

    with clock.frozen(OCTOBER):
        load_example_company()
        install_library()
        for number, facts in enumerate(CLOSED):
            complaint(number, OCTOBER + timedelta(hours=number), OCTOBER + timedelta(days=3), facts)
        complaint("before", OCTOBER - timedelta(days=30), OCTOBER - timedelta(days=20))
        complaint("after", OCTOBER, datetime(2026, 10, 31, 16, 0, tzinfo=UTC))  # midnight of 1 November
        complaint("open", OCTOBER, None)
        yield


def begun():
    timers.advance_clock(datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    return Case.objects.get(process_key="P-REVIEW")


def answer(case, node, person, answers, **verdict):
    task = Task.objects.get(
        case=case, node=node, state="open", department=verdict.pop("department", "service")
    )
    outcome = operations.complete(task.pk, person, answers, operations.Verdict(**verdict))
    assert isinstance(outcome, operations.Done), outcome
    return task


@pytest.mark.accepts("H2-70")
def test_a_review_of_last_month_begins_on_the_first_working_day_and_is_due_by_the_fifth(october):
    case = begun()

    task = Task.objects.get(case=case, node="R2", state="open")
    assert (case.title, case.starter, task.pool) == ("2026-10", "system", "department:service")
    assert timezone.localtime(task.due_at).isoformat() == "2026-11-05T18:00:00+08:00"
    assert {key: case.variables[f"{key}_count"] for key in ("received", "closed", "open", "major")} == {
        "received": 9,
        "closed": 7,
        "open": 2,
        "major": 1,
    }


@pytest.mark.accepts("H2-83")
def test_causes_stand_by_weight_and_show_what_each_kind_of_problem_comes_from(october):
    variables = begun().variables

    assert [
        (row["cause"], row["cases"], row["cumulative"], row["vital"]) for row in variables["cause_pareto"]
    ] == [
        ("supplier", 4, 57.1, True),
        ("information", 1, 71.4, True),
        ("product_design", 1, 85.7, True),
        ("unknown", 1, 100.0, False),
    ]
    assert variables["object_pareto"][0] == {
        "problem": "logistics_delay",
        "object": "顺通快递",
        "cases": 4,
        "share": 80.0,
    }


@pytest.mark.accepts("H2-70")
def test_the_departments_suggest_and_the_owner_signs_the_report(october):
    case, owner = begun(), directory.members("post:owner-complaint")[0]
    answer(case, "R2", "limin", {"focus_causes": ["supplier"], "cause_findings": "快递揽收晚"})
    for department in ("operations", "product", "service"):
        suggestion = {
            "suggestion": f"{department} 改进",
            "suggestion_owner": directory.head(department),
            "suggestion_due": "2026-12-01",
            "suggestion_effect": "减半",
        }
        answer(case, "R3", directory.head(department), suggestion, department=department)
    report = {
        "review_conclusion": "更换快递公司",
        "next_steps": "12 月检查",
    }

    answer(case, "R4", owner, report, signed=True)

    case.refresh_from_db()
    assert case.status == "approved"
    assert {row["department"] for row in case.variables["suggestions"]} == {
        "operations",
        "product",
        "service",
    }
    record = FormRecord.objects.get(case=case, form_key="review_report")
    assert record.answers["review_conclusion"] == "更换快递公司"
    assert Notification.objects.filter(
        case=case, code="informed", person=directory.executive("service")
    ).exists()


def test_a_month_without_complaints_is_reviewed_too(db):
    empty = reviewing.complaint_review({"scheduled_at": "2026-01-05T09:00:00+08:00"})

    assert (empty["review_month"], empty["closed_count"]) == ("2025-12", 0)
    assert empty["cause_pareto"] == empty["object_pareto"] == empty["responsible_departments"] == []


def test_its_owner_can_review_at_once_and_nobody_else(october):
    owner = directory.members("post:owner-complaint")[0]

    outcome = operations.start_case("P-REVIEW", owner, {})

    assert Case.objects.get(pk=outcome.case_id).variables["review_month"] == "2026-09"
    assert operations.start_case("P-REVIEW", "limin", {}).code == "may_not_start"
    assert queries.started_by(owner).count() == 1


def test_the_register_tells_when_it_begins_next(october):
    (row,) = schedules.of_process("P-REVIEW")

    assert row.next_at == datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
