"""P-DOC: a regulation from draft through comments, countersign and approval into force, and out of it again."""

from datetime import timedelta

import pytest

from library.running import Running, member
from library.shipped import graph
from shuli.apps.cases import timers
from shuli.apps.cases.queries import informed
from shuli.apps.directory import queries as directory
from shuli.kit import clock

P = "P-DOC"
# The handbook's decomposition: step, its activities as nodes here.
STEPS = {
    "制订文件": ["起草", "意见反馈", "汇总", "疑义沟通", "审批", "定稿", "下发"],
    "组织执行": ["传达", "执行与解释"],
    "督促检查": ["监督检查", "效果评估"],
    "处理问题": ["问题分析与整改"],
    "修订文件": ["修订申请", "批准修订", "执行修订"],
}


@pytest.mark.accepts("H3-17", "H3-18", "H3-19")
def test_the_life_of_a_document_has_the_handbooks_steps_and_activities():
    phases = {phase.key: phase.name.zh for phase in graph(P).phases}
    found = {
        step: [n.name.zh for n in graph(P).nodes.values() if phases.get(n.phase) == step] for step in STEPS
    }

    assert list(phases.values()) == list(STEPS)
    for step, activities in STEPS.items():
        assert [name for name in activities if name not in found[step]] == []


def drafted(**more):
    person = member("department:service")
    case = Running.start(P, person, document_title="投诉响应规范", drafting_department="service")
    effective = (clock.now() + timedelta(days=7)).date().isoformat()
    front = [member("department:logistics"), member("department:product")]
    return case.do(
        "D1",
        effective_on=effective,
        transition_days=3,
        complies=True,
        front_line=front,
        countersign_departments=["product", "logistics"],
        people_to_tell=[member("department:operations")],
        **more,
    )


def countersigned(**last):
    case = drafted()
    for person in case.variables["front_line"]:
        case.do("D2", person=person, which={"holder": person})
    case.do("D3", has_doubts="no")
    case.do("D5", which={"department": "product"}, countersign_opinion="agree")
    return case.do("D5", which={"department": "logistics"}, **({"countersign_opinion": "agree"} | last))


def issued():
    return countersigned().do("D6", approval="approve").do("D7", final_checked=True)


@pytest.mark.accepts("H3-09")
def test_comments_of_the_front_line_come_before_the_countersign_of_the_departments(company):
    case = drafted()
    assert case.open == ["D2", "D2"]

    for person in case.variables["front_line"]:
        case.do(
            "D2", person=person, which={"holder": person}, practicable="partly", comment_text="缺备用电话"
        )

    assert case.open == ["D3"]
    assert {row["comment"] for row in case.variables["comments"]} == {"缺备用电话"}


def test_a_department_that_disagrees_is_talked_to_and_signs_again(company):
    case = countersigned(countersign_opinion="disagree", countersign_remark="时限过短")

    assert case.open == ["D4"]
    assert case.do("D4").open == ["D5", "D5"]


def test_the_owner_may_send_it_back_or_refuse_it(company):
    assert countersigned().do("D6", approval="revise", approval_remark="范围不清").open == ["D1"]
    assert countersigned().do("D6", approval="reject", approval_remark="不需要").case.status == "rejected"


def test_what_is_issued_is_told_and_waits_for_its_date(company):
    case = issued()

    told = {row.person for row in informed(case.id)}
    assert set(case.variables["front_line"] + case.variables["people_to_tell"]) <= told
    assert case.variables["published_at"]
    assert case.open == []


def test_it_comes_into_force_on_its_date_and_the_old_one_stops_after_the_transition(company):
    case = issued()

    timers.advance_clock(clock.now() + timedelta(days=9))
    assert case.open == []
    timers.advance_clock(clock.now() + timedelta(days=3))

    assert case.open == ["D12"]


def test_after_inspection_it_stays_is_revised_or_is_retired(company):
    for conclusion, way in (("keep", []), ("problem", ["D15"]), ("retire", ["D18"])):
        case = issued()
        timers.advance_clock(clock.now() + timedelta(days=12))
        case.do("D12").do("D13", inspected_cases=5, deviations=1).do("D14", effect_conclusion=conclusion)
        assert case.open == way


def test_an_owner_of_its_own_decides_where_the_subject_has_one(company):
    assert "owner_post" in graph(P).nodes["D6"].duty.performer.value
    task = countersigned().task("D6")

    assert task.pool == "post:owner-standing" or task.holder in directory.members("post:owner-standing")
