"""P-PROJECT: aligned goals, one person a task, a meeting and a report every week, warnings, acceptance by standards."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from library.running import Running, member
from library.shipped import forms, graph
from shuli.apps.cases import operations, timers
from shuli.apps.cases.models import Task
from shuli.apps.cases.queries import informed
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.models import Person
from shuli.core.forms import fields_of, initial_values, validate
from shuli.core.worktime import ClockHours, Relative, WorkingDays
from shuli.kit import clock

P = "P-PROJECT"
NODES = graph(P).nodes


def day(after):
    return (clock.now() + timedelta(days=after)).date().isoformat()


def applied(departments=("tech", "design")):
    case = Running.start(
        P, member("department:marketing"), project_name="市场活动推广", initiating_department="marketing"
    )
    goals = [{"metric": "销售额增长", "value": 20, "unit": "%", "due": day(90)}]
    return case.do(
        "J1a",
        invited_departments=list(departments),
        goals=goals,
        milestones=[{"milestone": "上线", "date": day(30)}],
    )


def aligned():
    case = applied()
    for name in ("tech", "design"):
        case.do("J1b", which={"department": name}, participates="yes", liaison=member(f"department:{name}"))
    return case.do("J1c", alignment="aligned")


def task(name, department, start, due, **more):
    facts = {
        "task_name": name,
        "department": department,
        "person": member(f"department:{department}"),
        "status": "pending",
    }
    return (
        facts
        | {"acceptance_criterion": "含预算、流程、物料清单", "start": day(start), "due": day(due)}
        | more
    )


def planned(tasks=None):
    liaisons = [
        {"department": name, "person": member(f"department:{name}"), "duty": "接口"}
        for name in ("tech", "design")
    ]
    case = aligned().do("J2a", liaisons=liaisons, leader=directory.head("marketing"))
    rows = tasks or [task("活动策划方案", "marketing", 1, 5), task("活动页面技术开发", "tech", 3, 12)]
    return case.do("J2b", project_tasks=rows)


@pytest.mark.accepts("H2-84", "H2-85", "H2-86", "H2-101")
def test_a_project_states_background_goals_scope_and_milestones_and_has_its_number(company):
    case = applied()

    variables = case.variables
    assert case.case.number == "PRJ2026001"
    assert {key: value for key, value in variables["goals"][0].items() if key != "row"} == {
        "metric": "销售额增长",
        "value": 20,
        "unit": "%",
        "due": day(90),
    }
    assert {"background", "scope", "milestones"} <= set(variables)


@pytest.mark.accepts("H2-87")
def test_each_invited_department_says_whether_it_takes_part(company):
    case = applied()
    assert {one.department for one in case.tasks()} == {"tech", "design"}

    case.do("J1b", which={"department": "tech"}, participates="yes", liaison=member("department:tech"))
    case.do("J1b", which={"department": "design"}, participates="no", consent_reason="人手不足")

    assert {row["department"]: row["participates"] for row in case.variables["consents"]} == {
        "tech": "yes",
        "design": "no",
    }
    assert case.do("J1c", alignment="adjust", alignment_note="换设计外包").open == ["J1a"]


def test_a_project_cannot_go_on_while_a_department_declines(db):
    form, consents = forms(P)["alignment_minutes"], [{"department": "design", "participates": "no"}]

    found = validate(form, {"alignment": "aligned"}, {"consents": consents}, now=clock.now())

    assert "alignment" in {error.path for error in found.errors}


@pytest.mark.accepts("H2-88")
def test_application_and_alignment_make_their_papers_within_three_working_days(company):
    assert {node: [one.document for one in NODES[node].duty.outputs] for node in ("J1a", "J1c")} == {
        "J1a": ["project_application"],
        "J1c": ["alignment_minutes"],
    }
    for node in ("J1a", "J1b", "J1c"):
        (limit,) = NODES[node].duty.limits
        assert isinstance(limit, Relative)
        assert limit.limit == WorkingDays(amount=3)


@pytest.mark.accepts("H2-89", "H2-107")
def test_the_head_of_the_initiating_department_leads_alone(company):
    case = aligned()

    team = case.task("J2a")

    head = directory.head("marketing")
    assert team.holder == head
    other = member("department:tech")
    version = case.case.version_id
    found = validate(
        catalogue.form(version, "project_team"),
        {"leader": other},
        {"user": head},
        now=clock.now(),
        person=head,
    )
    assert "leader" in {error.path for error in found.errors}


@pytest.mark.accepts("H2-90", "H2-91", "H2-99", "H2-102")
def test_the_goals_become_tasks_with_person_standard_and_dates(company):
    case = planned()

    rows = case.variables["project_tasks"]
    assert [row["task_name"] for row in rows] == ["活动策划方案", "活动页面技术开发"]
    assert [NODES[node].duty.limits[0].limit for node in ("J2a", "J2b")] == [WorkingDays(amount=2)] * 2
    assert case.open == ["J3", "J3"]
    assert {one.holder for one in case.tasks()} == {row["person"] for row in rows}


@pytest.mark.accepts("H2-108")
@pytest.mark.parametrize("words", ["尽快完成", "质量适当", "加强宣传"])
def test_a_standard_without_measure_is_refused(db, words):
    row = {"task_name": "策划", "acceptance_criterion": words}

    found = validate(forms(P)["project_tasks"], {"project_tasks": [row]}, {}, now=clock.now())

    assert "project_tasks.0.acceptance_criterion" in {
        error.path.replace("[", ".").replace("]", "") for error in found.errors
    }


@pytest.mark.accepts("H2-92")
def test_every_week_the_team_meets_and_departments_report_in_three_parts(company):
    case = planned([task("开发", "tech", 1, 40)])

    timers.advance_clock(clock.now() + timedelta(days=7, hours=1))
    case.do(
        "J3m",
        department_reports=[
            {"department": "tech", "progress": "过半", "problems": "无", "resources": "测试机"}
        ],
    )
    timers.advance_clock(clock.now() + timedelta(days=7))

    assert "J3m" in case.open
    columns = next(
        field for field in fields_of(forms(P)["meeting_minutes"]) if field.key == "department_reports"
    ).columns
    assert [one.key for one in columns] == ["department", "progress", "problems", "resources"]


@pytest.mark.accepts("H2-94")
def test_the_weekly_report_is_due_a_day_after_the_meeting_and_goes_to_everybody(company):
    case = planned([task("开发", "tech", 1, 40)])
    timers.advance_clock(clock.now() + timedelta(days=7, hours=1))
    case.do("J3m")

    report = case.task("J3r")
    case.do("J3r", report_summary="按计划")

    assert NODES["J3r"].duty.limits[0].limit == ClockHours(amount=24)
    assert report.due_at - report.opened_at <= timedelta(hours=24, minutes=1)
    assert member("department:tech") in {row.person for row in informed(case.id)}


@pytest.mark.accepts("H2-93", "H2-105", "H2-106")
def test_a_task_that_is_not_done_a_day_before_its_date_makes_a_risk_warning(company):
    case = planned([task("宣传物料设计", "design", 0, 4)])

    timers.advance_clock(clock.now() + timedelta(days=3, hours=9))
    warning = case.task("J3w")
    case.do("J3w", risk_description="宣传物料设计延期", risk_level="medium", risk_impact="活动上线时间",
            risk_department="design", risk_measure="增派1名设计师，优先处理", risk_due=day(1))  # fmt: skip

    assert warning.holder == directory.head("marketing")
    assert Task.objects.filter(case_id=case.id, node="J3w", state="done").count() == 1
    assert [one.label.zh for one in fields_of(forms(P)["risk_sheet"])][1:] == [
        "风险描述", "风险等级", "影响范围", "责任部门", "应对措施", "预警日期", "解决时限",
    ]  # fmt: skip


def handed_in(case):
    while "J3" in case.open:
        case.do("J3", task_status="done").do("J4a", self_checked=True)
    return case


@pytest.mark.accepts("H2-95", "H2-96")
def test_acceptance_holds_every_task_against_its_standard_with_the_supervising_department(company):
    case = handed_in(planned())

    seats = {one.role: one.department for one in case.tasks().filter(node="J4b")}
    assert seats["contribute"] == "opsmgmt"
    form = catalogue.form(case.case.version_id, "project_acceptance")
    rows = initial_values(form, case.variables, now=clock.now())["acceptance_rows"]
    assert [(row["task_name"], row["criterion"]) for row in rows] == [
        ("活动策划方案", "含预算、流程、物料清单"),
        ("活动页面技术开发", "含预算、流程、物料清单"),
    ]


def accepted(case, passed):
    case.do("J4b", which={"role": "contribute"}, supervisor_opinion="pass")
    rows = [
        {
            "task_name": one["task_name"],
            "criterion": one["acceptance_criterion"],
            "passed": passed.get(one["task_name"], "yes"),
        }
        for one in case.variables["project_tasks"]
    ]
    result = "fail" if "no" in passed.values() else "pass"
    return case.do("J4b", which={"role": "lead"}, acceptance_rows=rows, acceptance=result)


@pytest.mark.accepts("H2-97")
def test_what_fails_is_done_again_and_nothing_else(company):
    case = accepted(handed_in(planned()), {"活动页面技术开发": "no"})

    assert case.open == ["J3"]
    assert case.task("J3").holder == member("department:tech")


@pytest.mark.accepts("H2-98", "H2-110")
def test_after_acceptance_the_project_looks_back_at_its_process_and_ends(company):
    case = accepted(handed_in(planned()), {})

    retro = forms(P)["project_retro"]
    case.do("J4c", process_causes=["communication"])

    assert case.case.status == "approved"
    assert [type(one).__struct_config__.tag for one in fields_of(retro) if one.key == "process_causes"] == [
        "choices"
    ]
    assert not any(type(one).__struct_config__.tag == "person" for one in fields_of(retro))
    assert NODES["J4b"].duty.limits == (WorkingDays(amount=2),)
    assert NODES["J4c"].duty.limits == (WorkingDays(amount=3),)


def test_nobody_outside_the_three_departments_begins_a_project(company):
    assert operations.start_case(P, member("department:finance"), {}).code == "may_not_start"


# The plan on the page of the case -----------------------------------------------------------------------

T05 = [  # the sample rows of 表5: task, department, standard, start, due
    ("活动策划方案", "marketing", "含预算、流程、物料清单", "2024-06-01", "2024-06-05"),
    ("宣传物料设计", "design", "符合品牌调性，3版初稿", "2024-06-06", "2024-06-10"),
    ("活动页面技术开发", "tech", "可正常访问，兼容手机端", "2024-06-11", "2024-06-15"),
]


def at(moment):
    return clock.frozen(datetime.fromisoformat(moment))


def plan_on_page(case, person):
    """Return the lines of the plan as somebody reads them on the page of the case."""
    from shuli.apps.cases.plan.page import plan_page

    return [(row.cells[0], str(row.cells[-1].value)) for row in plan_page(case.case, person)["table"].rows]


@pytest.mark.accepts("H2-100", "H2-103", "H2-104", "H2-109")
def test_the_plan_is_a_chart_that_follows_the_work_and_says_what_is_delayed(company, client):
    with at("2024-05-31T09:00:00+08:00"), translation.override("zh-hans"):
        rows = [
            task(name, unit, 0, 0) | {"acceptance_criterion": standard, "start": start, "due": due}
            for name, unit, standard, start, due in T05
        ]
        case = planned(rows)
        designer = case.task("J3", holder=member("department:design"))
        operations.save_draft(designer.pk, designer.holder, {"task_status": "running"})

        client.force_login(Person.objects.get(username=member("department:tech")))
        page = client.get(f"/cases/{case.case.number}/").content.decode()
        assert case.case.number == "PRJ2024001"
        assert 'class="sl-gantt"' in page
        assert plan_on_page(case, designer.holder) == [
            ("活动策划方案", "待执行"), ("宣传物料设计", "进行中"), ("活动页面技术开发", "待执行"),
        ]  # fmt: skip

    with at("2024-06-08T09:00:00+08:00"), translation.override("zh-hans"):
        assert dict(plan_on_page(case, designer.holder))["活动策划方案"] == "延期"
        first = case.task("J3", holder=member("department:marketing"))
        case.do("J3", which={"pk": first.pk}, task_status="done")
        case.do("J4a", which={"holder": first.holder}, self_checked=True)
        assert dict(plan_on_page(case, designer.holder))["活动策划方案"] == "已完成 · 延期提交"
