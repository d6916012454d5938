"""The standing processes R1 to R6: what begins by the clock begins, counts what is on record, and comes to its result."""

from datetime import UTC, datetime, timedelta

import pytest

from library.running import Running, member
from library.shipped import forms, graph
from shuli.apps.cases import timers
from shuli.apps.cases.models import Case
from shuli.apps.cases.queries import informed
from shuli.apps.cases.standing import (
    quarter_before,
    quarter_name,
)
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue import schedules
from shuli.apps.directory import queries as directory
from shuli.core.forms import fields_of, initial_values
from shuli.core.worktime import DayOfMonth
from shuli.kit import clock

OFFICE = "post:owner-standing"


def closed(process, count, at, **variables):
    version = catalogue.version_in_force(process).pk
    for number in range(count):
        Case.objects.create(
            number=f"{process}{at:%m%d}{number}", process_key=process, version_id=version, status="approved",
            starter="limin", started_at=at - timedelta(days=2), ended_at=at, variables=variables,
        )  # fmt: skip


# When they begin ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "node", "rule"),
    [
        ("P-QUARTER", "U0", DayOfMonth(day=1, every=3, working=True)),
        ("P-AUDIT", "N0", DayOfMonth(day=1, working=True)),
        ("P-APPRAISAL", "Y0", DayOfMonth(day=5, every=3, working=True)),
    ],
)
def test_those_that_the_clock_begins_have_their_day(key, node, rule):
    assert graph(key).nodes[node].event.timer.limit == rule


def test_trial_runs_feedback_and_proposals_are_begun_by_people():
    for key in ("P-TRIAL", "P-FEEDBACK", "P-PROPOSAL"):
        assert all(graph(key).nodes[start].event.trigger == "none" for start in graph(key).starts)


@pytest.mark.accepts("H2-111")
def test_the_quarterly_review_begins_by_itself_on_the_first_working_day_of_the_quarter(company):
    (row,) = schedules.of_process("P-QUARTER")
    assert row.next_at == datetime(2027, 1, 1, 1, 0, tzinfo=UTC)

    timers.advance_clock(datetime(2027, 1, 4, 2, 0, tzinfo=UTC))

    case = Running(Case.objects.get(process_key="P-QUARTER").pk)
    assert case.variables["review_quarter"] == "2026Q4"
    assert {row["key"] for row in case.variables["process_figures"]} >= {
        "P-COMPLAINT",
        "P-QUALITY",
        "P-QUARTER",
    }
    assert set(case.open) == {"U2"}


# R1 -----------------------------------------------------------------------------------------------------


def test_a_quarter_is_the_one_before():
    first, end = quarter_before(datetime(2027, 1, 4, tzinfo=UTC))

    assert (first.date().isoformat(), end.date().isoformat(), quarter_name(first)) == (
        "2026-10-01",
        "2027-01-01",
        "2026Q4",
    )


@pytest.mark.accepts("H2-113")
def test_suggestions_of_all_processes_become_one_table_with_department_and_date(company):
    case = Running.start("P-QUARTER", member(OFFICE))
    assert case.variables["reviewed_count"] >= 15
    suggestion = {"content": "合并两次核对", "department": "service", "due": "2027-02-01"}

    while "U2" in case.open:
        case.do("U2", suggestions=[suggestion])

    form = catalogue.form(case.case.version_id, "improvement_suggestions")
    rows = initial_values(form, case.variables, now=clock.now())["suggestions"]
    assert len(rows) == case.variables["reviewed_count"]
    assert {row["content"] for row in rows} == {"合并两次核对"}
    required = {column.key for column in next(fields_of(form)).columns if column.required is True}
    assert required == {"content", "department", "due"}
    case.do("U3", suggestions=rows).do("U4")
    assert case.case.status == "approved"


# R2 -----------------------------------------------------------------------------------------------------


def test_a_violation_is_rectified_and_verified_until_it_is_gone(company):
    closed("P-COMPLAINT", 3, datetime(2026, 10, 20, tzinfo=UTC))
    case = Running.start("P-AUDIT", member("post:supervisor"))
    checks = {f"check_{one}": "ok" for one in ("on_time", "signatures", "order", "rights")}
    case.do("N2", **checks, check_documents="bad", audit_findings="缺确认函", violating_department="service")

    case.do(
        "N3", needs_rectification="yes", rectifying_departments=["service"], rectification_demand="补齐确认函"
    )
    assert case.task("N4").holder == directory.head("service")
    case.do("N4").do("N5", rectified="no", verification_note="仍缺一份")
    case.do("N4").do("N5", rectified="yes")

    assert case.case.status == "approved"
    assert case.variables["audit_results"][0]["violations"] == 1


def test_a_month_without_cases_is_no_audit(company):
    case = Running.start("P-AUDIT", member("post:supervisor"))

    assert case.case.status == "approved"


# R3 -----------------------------------------------------------------------------------------------------


def test_a_department_may_object_and_the_executive_settles_it(company):
    case = Running.start("P-FEEDBACK", member("department:tech"), feedback_title="审批慢").do("FB2")
    timers.advance_clock(datetime(2027, 1, 11, 2, 0, tzinfo=UTC))
    appraisal = Running(Case.objects.get(process_key="P-APPRAISAL").pk)
    assert case.open == ["FB3"]

    while "Y2" in appraisal.open:
        appraisal.do("Y2", score_confirmed="disagree", score_objection="系统停机一天")
    appraisal.do("Y3")

    assert appraisal.case.status == "approved"
    assert {row["opinion"] for row in appraisal.variables["scores"]} == {"disagree"}


# R4 -----------------------------------------------------------------------------------------------------


@pytest.mark.accepts("H2-126")
def test_a_trial_run_gathers_what_its_people_say_before_it_is_concluded(company):
    case = Running.start(
        "P-TRIAL", member("department:opsmgmt"), trial_subject="投诉响应", trial_version="1.1"
    )
    people = [member("department:service"), member("department:product")]
    end = (clock.now() + timedelta(days=5)).date().isoformat()
    case.do("TR1", trial_people=people, trial_scenarios=["常规投诉"], trial_end_on=end)
    assert case.open == []

    timers.advance_clock(clock.now() + timedelta(days=6))
    for person in people:
        problem = {"place": "登记表", "problem": "字段多", "kind": "step"}
        case.do(
            "TR3", person=person, which={"holder": person}, trial_works="partly", trial_problems=[problem]
        )
    form = catalogue.form(case.case.version_id, "trial_issues")
    rows = initial_values(form, case.variables, now=clock.now())["issues"]

    assert [(row["place"], row["problem"]) for row in rows] == [("登记表", "字段多")] * 2
    case.do("TR4", issues=[{**row, "treatment": "减为 8 项", "owner": people[0]} for row in rows])
    assert case.do("TR5", trial_conclusion="adjust").open == ["TR1"]


# R5 -----------------------------------------------------------------------------------------------------


@pytest.mark.accepts("H1-55")
def test_feedback_goes_through_five_states_each_with_somebody_and_a_limit():
    assert [phase.name.zh for phase in graph("P-FEEDBACK").phases] == ["接收", "整理", "分析", "处理", "反馈"]
    days = {
        node: graph("P-FEEDBACK").nodes[node].duty.limits[0].amount for node in ("FB2", "FB3", "FB4", "FB5")
    }

    assert days == {"FB2": 1, "FB3": 2, "FB4": 4, "FB5": 1}


@pytest.mark.accepts("H1-54", "H1-56")
def test_whoever_gives_feedback_is_told_that_it_came_and_what_became_of_it(company):
    giver = member("department:logistics")
    case = Running.start("P-FEEDBACK", giver, feedback_title="登记重复", feedback_channel="meeting")
    assert [row.person for row in informed(case.id)] == [giver]

    case.do("FB2").do("FB3", feedback_decision="handle", handling_department="service").do("FB4").do("FB5")

    assert [row.person for row in informed(case.id)] == [giver, giver]
    assert case.case.status == "approved"
    channel = next(
        field for field in fields_of(forms("P-FEEDBACK")["feedback_form"]) if field.key == "feedback_channel"
    )
    assert [option.code for option in channel.options] == ["online", "box", "meeting"]


# R6 -----------------------------------------------------------------------------------------------------


@pytest.mark.accepts("H1-89", "H1-90", "H1-91")
def test_a_proposal_is_assessed_carried_out_and_rewarded_and_its_author_told(company):
    author, doer = member("department:logistics"), member("department:tech")
    case = Running.start("P-PROPOSAL", author, proposal_title="扫码登记")
    case.do("PR1", feasibility_score=4, value_score=5, proposal_decision="accept", implementing_department="tech",
            implementer=doer, implementation_due="2026-12-18")  # fmt: skip
    assert case.task("PR4").holder == doer

    case.do("PR4").do("PR5", reward="bonus", reward_amount=500)

    assert case.case.status == "approved"
    assert case.variables["proposal_score"] == 9
    assert [row.person for row in informed(case.id)].count(author) == 2


def test_a_proposal_that_is_declined_has_its_reason(company):
    author = member("department:logistics")
    case = Running.start("P-PROPOSAL", author, proposal_title="扫码登记")

    case.do("PR1", proposal_decision="decline", proposal_reason="设备不支持")

    assert case.case.status == "rejected"
    assert author in {row.person for row in informed(case.id)}
