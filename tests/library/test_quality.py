"""P-QUALITY is the handbook's quality complaint process: its nodes, its table, its limits, its forms, and it runs."""

from datetime import timedelta

import pytest

from library.running import Running, member
from library.shipped import document, forms, graph
from shuli.apps.cases.models import Case, Notification
from shuli.apps.cases.queries import informed
from shuli.apps.directory import queries as directory
from shuli.apps.directory.models import Person
from shuli.core.bpmn.description import description_table
from shuli.core.bpmn.layout.contents import _jumps
from shuli.core.forms import fields_of
from shuli.core.worktime import Agreed, Immediate, Relative, WorkingDays
from shuli.kit import clock

P = "P-QUALITY"
NODES = graph(P).nodes

LANES = ["客户", "营销部", "技质科", "技术中心", "技术副总", "营销副总"]
# node: the lane that it stands in, its name
PICTURE = {
    "Q1_1": ("客户", "1.1 客户投诉"), "Q1_2": ("营销部", "1.2 信息接收记录"), "Q1_3": ("技质科", "1.3 信息接收记录"),
    "Q1_4": ("技质科", "1.4 通知营销部"), "Q2_1": ("营销部", "2.1 组织现场确认"), "Q2_2": ("营销部", "2.2 我方原因？"),
    "Q3_1": ("客户", "3.1 沟通确认"), "Q3_2": ("营销部", "3.2 客户协商"), "Q3_3": ("营销部", "3.3 现场解决？"),
    "QK1": ("技术中心", "获知"), "QK2": ("技术副总", "获知"), "QK3": ("营销副总", "获知"),
    "Q3_4": ("技术中心", "3.4 组织现场确认"), "Q3_5": ("技术中心", "3.5 提出处理意见"), "Q3_6": ("营销部", "3.6 与客户协商"),
    "Q3_7": ("营销部", "3.7 让步/返修/退货？"), "Q3_8": ("营销部", "3.8 办理退库手续"), "Q3_9": ("营销部", "3.9 查点是否有库存"),
    "Q3_10": ("营销部", "3.10 有库存？"), "Q3_11": ("营销部", "3.11 提出让步申请"), "Q3_12": ("营销部", "3.12 报审"),
    "Q3_13": ("技术中心", "3.13 签署品质意见"), "Q3_14": ("技术副总", "3.14 审核品质意见"),
    "Q3_15": ("营销副总", "3.15 审核批准费用"), "Q3_16": ("营销部", "3.16 与客户确认"),
    "Q4_1": ("营销部", "4.1 投诉信息汇总"), "Q4_2": ("技术中心", "4.2 收集投诉信息"),
}  # fmt: skip
NEGOTIATED = Agreed(variable="agreed_due", default=WorkingDays(amount=3))
LIMITS = {
    "Q1_2": Immediate(minutes=30),
    "Q1_3": Immediate(minutes=30),
    "Q2_1": Relative(variable="record_from", limit=WorkingDays(amount=0.5)),
    "Q3_2": Immediate(minutes=30),
    "Q3_4": Relative(variable="escalated_at", limit=WorkingDays(amount=0.5)),
    "Q3_5": Relative(variable="escalated_at", limit=WorkingDays(amount=0.5)),
    **dict.fromkeys(["Q3_6", "Q3_8", "Q3_9", "Q3_11", "Q3_13", "Q3_14", "Q3_15", "Q3_16"], NEGOTIATED),
    "Q4_1": WorkingDays(amount=1),
}
# The handbook's table, row by row: task, nodes, limits of its numbered sentences, key point, standard.
TABLE = [
    ("信息收集", ["1.1", "1.2", "1.3", "1.4"], ["即时", "即时"], "客户投诉接受和记录", "态度友好，认真了解，详细记录"),
    ("信息确认", ["2.1", "2.2"], ["0.5天内"], "质量问题归属判定", "判定问题归属并与客户充分沟通，保证客户满意度"),
    (
        "投诉处理",
        [f"3.{number}" for number in range(1, 17)],
        ["即时", "即时", "0.5天内", "按与客户协商时间", "按与客户协商时间", "按与客户协商时间"],
        "质量问题处理",
        "保证公司最小损失和客户的满意度前提下进行选择处理",
    ),
    ("分析改进", ["4.1", "4.2"], ["处理完毕1天之内"], "客户投诉信息的汇总报告", "准确、全面，包括业务人员自行解决的投诉信息"),
]  # fmt: skip


@pytest.mark.parametrize("node", PICTURE)
def test_each_node_of_the_handbook_stands_in_its_lane(node):
    lanes = {lane.id: lane.name.zh for lane in graph(P).lanes}

    assert (lanes[NODES[node].lane], NODES[node].name.zh) == PICTURE[node]


def test_the_six_lanes_stand_in_the_handbooks_order():
    assert [lane.name.zh for lane in graph(P).lanes] == LANES


def test_the_phases_are_those_of_the_picture():
    assert [phase.name.zh for phase in graph(P).phases] == ["收集信息", "投诉确认", "投诉处理", "分析改进"]


def test_connector_a_joins_the_two_pages():
    process = document(P).processes[0]
    names = {node.id: node.name.zh for node in NODES.values()}

    jumps = {(one.source, one.target) for one in _jumps(process.flow_elements)}

    assert ("QAt", "QAc") in jumps
    assert names["QAt"] == names["QAc"] == "A"


@pytest.mark.parametrize("node", LIMITS)
def test_limits_are_those_of_the_handbook(node):
    assert NODES[node].duty.limits == (LIMITS[node],)


@pytest.mark.accepts("H3-33", "H3-34")
def test_the_description_table_is_the_handbooks_row_by_row():
    found = [
        (
            row.task.zh,
            [node.zh for node in row.nodes],
            [step.within.zh for step in row.steps],
            *(text.zh for text in (*row.key_points, *row.standards)),
        )
        for row in description_table(graph(P))
    ]

    assert found == TABLE


def test_the_record_asks_for_model_product_quantity_and_delivery_date():
    required = {field.key for field in fields_of(forms(P)["quality_record"]) if field.required is True}

    assert {"product_model", "product_name", "quantity", "delivery_date"} <= required


# A case of it ---------------------------------------------------------------------------------------------


def complaint(entry="sales"):
    case = Running.start(
        P, member(f"department:{entry}"), entry=entry, customer="海康电器", complaint_title="滤芯漏水"
    )
    return case.do("Q1_2" if entry == "sales" else "Q1_3")


def confirmed(our_fault="yes", **more):
    return complaint(**more).do("Q2_1", our_fault=our_fault)


def serious(**more):
    case = confirmed(**more).do("Q3_2", severity="serious", solved_on_site="no", escalation_reason="批量缺陷")
    return case.do("Q3_4").do("Q3_5")


def settled(disposition, **more):
    due = (clock.now() + timedelta(days=10)).date().isoformat()
    return serious().do(
        "Q3_6", disposition=disposition, agreed_due=due, disposition_reason="客户要求", **more
    )


def child(case):
    """Return the case that the case has called."""
    return Running(Case.objects.get(parent_id=case.id).pk)


@pytest.mark.accepts("H3-23", "H3-24", "H3-30", "H3-31", "H3-35")
def test_a_complaint_to_the_quality_section_reaches_sales(company):
    case = complaint(entry="quality")

    task = case.task("Q2_1")
    assert task.pool == "department:sales"
    told = {row.person for row in informed(case.id)}
    assert directory.head("sales") in told
    assert case.variables["product_model"]


@pytest.mark.accepts("H3-25", "H3-36")
def test_what_is_not_our_doing_is_explained_until_the_customer_accepts(company):
    case = confirmed(our_fault="no")

    case.do("Q3_1", customer_accepts="no", customer_objection="不是使用问题").do("Q2_1", our_fault="no")
    case.do("Q3_1", customer_accepts="yes", accepting_person="周工")

    assert case.open == ["Q4_1"]
    assert case.variables["accepting_person"] == "周工"


def test_a_customer_who_does_not_accept_three_times_reaches_the_technology_centre(company):
    case = confirmed(our_fault="no")
    for _round in range(2):
        case.do("Q3_1", customer_accepts="no", customer_objection="不认可").do("Q2_1", our_fault="no")

    case.do("Q3_1", customer_accepts="no", customer_objection="不认可")

    assert case.open == ["Q3_4"]


@pytest.mark.accepts("H3-37", "H3-45")
def test_what_is_solved_on_the_spot_is_reported_and_summed_up(company):
    case = confirmed().do("Q3_2", severity="slight", solved_on_site="yes", site_solution="更换滤芯")

    assert case.open == ["Q4_1"]
    assert directory.head("quality") in {row.person for row in informed(case.id)}


@pytest.mark.accepts("H3-38")
def test_a_serious_problem_is_told_to_three_at_once_with_receipts(company):
    case = confirmed().do("Q3_2", severity="serious", solved_on_site="no", escalation_reason="批量缺陷")
    three = {directory.head("techcenter"), directory.executive("techcenter"), directory.executive("sales")}

    rows = Notification.objects.filter(case_id=case.id, code="informed", person__in=three)

    assert {row.person for row in rows} == three
    assert case.open == ["Q3_4"]
    assert all(row.read_at is None for row in rows)


@pytest.mark.accepts("H3-26", "H3-39")
def test_the_technology_centre_confirms_with_quality_and_production_within_half_a_day(company):
    case = confirmed().do("Q3_2", severity="serious", solved_on_site="no", escalation_reason="批量缺陷")

    task = case.task("Q3_4")
    assert NODES["Q3_4"].duty.cooperating == ('"quality"', '"production"', '"sales"')
    assert task.due_at - task.opened_at < timedelta(hours=6)


@pytest.mark.accepts("H3-40", "H3-29")
def test_rework_calls_production_planning_with_the_order(company):
    case = settled("rework")

    called = child(case)
    assert called.case.process_key == "P-PLAN"
    assert (called.variables["order_kind"], called.variables["customer"]) == ("rework", "海康电器")
    called.do("L1").do("L2").do("L3").do("L4", inspection_result="pass")
    assert case.open == ["Q4_1"]
    assert case.variables["order_result"] == "done"


@pytest.mark.accepts("H3-41")
@pytest.mark.parametrize(
    ("stock", "key", "kind"), [("yes", "P-DELIVERY", "replacement"), ("no", "P-PLAN", "sales_plan")]
)
def test_returned_goods_are_replaced_from_stock_or_planned_anew(company, stock, key, kind):
    case = settled("return").do("Q3_8").do("Q3_9", in_stock=stock)

    called = child(case)

    assert called.case.process_key == key
    assert called.variables["order_kind"] == kind


@pytest.mark.accepts("H3-27", "H3-32", "H3-42")
def test_a_concession_is_signed_by_three_and_its_cost_approved(company):
    case = settled("concession").do("Q3_11", concession_amount=1200)
    head, tech, sales = (
        directory.head("techcenter"),
        directory.executive("techcenter"),
        directory.executive("sales"),
    )
    assert case.task("Q3_13").holder == head

    case.do("Q3_13", quality_opinion="agree").do("Q3_14", review_opinion="agree")
    case.do("Q3_15", cost_opinion="agree", approved_amount=1000).do("Q3_16", concession_agreed="yes")

    variables = case.variables
    assert [variables[f"{block}_signature"]["by"] for block in ("quality", "review", "cost")] == [
        head,
        tech,
        sales,
    ]
    assert variables["approved_amount"] == 1000
    assert case.open == ["Q4_1"]


@pytest.mark.parametrize(("node", "key"), [("Q3_13", "quality"), ("Q3_14", "review"), ("Q3_15", "cost")])
def test_who_disagrees_with_a_concession_sends_it_back_to_the_negotiation(company, node, key):
    case = settled("concession").do("Q3_11")
    for before, opinion in (("Q3_13", "quality_opinion"), ("Q3_14", "review_opinion")):
        if before < node:
            case.do(before, **{opinion: "agree"})

    case.do(node, **{f"{key}_opinion": "disagree", f"{key}_remark": "影响安全"})

    assert case.open == ["Q3_6"]


@pytest.mark.accepts("H3-43")
def test_the_losses_of_the_ways_are_compared_and_another_choice_needs_its_reason(company):
    rows = [
        {"row": "concession", "loss": 500, "attitude": "accept"},
        {"row": "rework", "loss": 900, "attitude": "accept"},
        {"row": "return", "loss": 100, "attitude": "refuse"},
    ]

    case = settled("rework", disposition_options=rows)

    assert case.variables["smallest_loss"] == "concession"
    assert case.variables["disposition_reason"] == "客户要求"


@pytest.mark.accepts("H3-28", "H3-44")
def test_what_was_handled_is_summed_up_within_a_day_and_improved_by_quality_assurance(company):
    case = confirmed().do("Q3_2", severity="slight", solved_on_site="yes", site_solution="更换滤芯")

    case.do("Q4_1").do("Q4_2")

    called = child(case)
    assert called.case.process_key == "P-QA"
    called.do("A1").do("A2", measure_department="production").do("A3").do("A4", measures_effective="yes")
    assert case.case.status == "approved"
    assert case.variables["improvement_result"] == "effective"


def test_whoever_signs_the_form_is_not_asked_to_sign_twice(company, client):
    case = settled("concession").do("Q3_11")
    head = directory.head("techcenter")
    client.force_login(Person.objects.get(username=head))

    page = client.get(f"/tasks/{case.task('Q3_13').pk}/").content.decode()
    case.do("Q3_13", signed=False, quality_opinion="agree")

    assert 'name="signed"' not in page
    assert case.open == ["Q3_14"]
