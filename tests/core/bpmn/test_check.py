"""The linter, on a process in which nothing is wrong (test_check.bpmn) and on what one slip makes of it."""

from pathlib import Path

import pytest

from core.bpmn.samples import codes
from shuli.core.bpmn import check, compile_process, has_errors, read_bpmn, sentence

GOOD = Path(__file__).with_suffix(".bpmn").read_text(encoding="utf-8")
FORMS = {"request": ("goods", "amount"), "order": ("supplier",)}


def found(source: str, **options):
    reading = read_bpmn(source.encode())
    assert reading.document is not None
    return check(reading.document, **{"forms": FORMS, **options})


def slipped(*changes: tuple[str, str]):
    source = GOOD
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    return found(source)


def test_a_complete_process_has_nothing_to_mend():
    reading = read_bpmn(GOOD.encode())

    assert reading.findings == ()
    assert compile_process(reading.document).findings == ()
    assert found(GOOD) == ()


FLOW_F7 = '<bpmn:sequenceFlow id="f7" sourceRef="join" targetRef="done"/>'
LIMIT = '<shuli:limit kind="working_days" amount="1"/>'
LATE = (
    '<shuli:escalation action="jump" target="nowhere"><shuli:after when="after" amount="1" unit="working_days"/>'
    '<shuli:performer kind="starter"/></shuli:escalation>'
)
NO_LIMIT = ('<shuli:limit kind="working_days" amount="1"/>', "")


@pytest.mark.parametrize(
    ("code", "element", "changes"),
    [
        ("no_start", "purchase", [("startEvent", "intermediateThrowEvent")]),
        ("no_end", "purchase", [("endEvent", "intermediateThrowEvent")]),
        ("unreachable", "done", [(FLOW_F7, "")]),
        ("no_way_to_end", "fork", [('targetRef="done"', 'targetRef="join"')]),
        ("leaves_block", "fork", [('id="f6" sourceRef="pay" targetRef="join"', 'id="f6" sourceRef="pay" targetRef="large"')]),
        ("join_unpaired", "join", [('<bpmn:parallelGateway id="fork" name="分头办理"/>', '<bpmn:exclusiveGateway id="fork" name="分头办理"/>')]),
        ("branches_meet", "join", [('<bpmn:parallelGateway id="join" name="都已办完"/>', '<bpmn:task id="join" name="核对结果"/>')]),
        ("condition_missing", "large_way", [("<bpmn:conditionExpression>amount &gt; 10000</bpmn:conditionExpression>", "")]),
        ("default_missing", "large", [(' default="small_way"', ""), (' targetRef="fork"/>', ' targetRef="fork"><bpmn:conditionExpression>amount &lt; 1</bpmn:conditionExpression></bpmn:sequenceFlow>')]),
        ("feel_broken", "large_way", [("amount &gt; 10000", "amount &gt;")]),
        ("feel_broken", "ask", [('<shuli:lead>"buying"', "<shuli:lead>“buying”")]),
        ("field_unknown", "large_way", [("amount &gt; 10000", "total &gt; 10000")]),
        ("task_without_performer", "ask", [('<shuli:lead>"buying"</shuli:lead>', "")]),
        ("task_without_limit", "ask", [NO_LIMIT]),
        ("task_without_output", "pay", [('<shuli:output document="receipt"/>', "")]),
        ("task_without_instruction", "order", [('<shuli:instruction lang="zh">按申请下订单。</shuli:instruction>', "")]),
        ("lane_empty", "lane_pay", [("<bpmn:flowNodeRef>pay</bpmn:flowNodeRef>", "")]),
        ("key_control_point_missing", "purchase", [(' keyControlPoint="true"', "")]),
        ("output_unused", "ask", [("<shuli:input>request</shuli:input>", "")]),
        ("input_unmade", "order", [("<shuli:input>request</shuli:input>", "<shuli:input>contract</shuli:input>")]),
        ("name_missing", "pay", [('name="付款"', "")]),
        ("name_meaningless", "pay", [('name="付款"', 'name="任务2"')]),
        ("name_meaningless", "pay", [('name="付款"', 'name="User Task 3"')]),
        ("vague_words", "pay", [("核对金额后付款", "尽快付款")]),
        ("vague_words", "ask", [("Give the goods", "As soon as possible give the goods")]),
        ("policy_incomplete", "ask", [(LIMIT, LIMIT + LATE)]),
        ("policy_incomplete", "ask", [(' keyControlPoint="true"', ' keyControlPoint="true" nobody="person"')]),
        ("goal_missing", "purchase", [('<shuli:goal lang="zh">三天内买到需要的货物。</shuli:goal>', "")]),
        ("standard_missing", "purchase", [('<shuli:standard lang="zh">品名、数量与申请一致。</shuli:standard>', "")]),
        ("path_open", "refused", [(' form="request" key', " key"), ('<shuli:output document="request"/>', "")]),
        ("handover_undocumented", "ask", [(' form="request" key', " key"), ('<shuli:output document="request"/>', "")]),
        ("node_redundant", "join", [('targetRef="join"/>\n    <bpmn:sequenceFlow id="f7"', 'targetRef="done"/>\n    <bpmn:sequenceFlow id="f7"')]),
        ("department_doubled", "pay", [('<shuli:lead>"finance"</shuli:lead>', '<shuli:lead>"finance"</shuli:lead><shuli:cooperating>"finance"</shuli:cooperating>')]),
        ("phase_unknown", "ask", [('<shuli:inPhase key="ask"/>', '<shuli:inPhase key="asks"/>')]),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_element(code, element, changes):
    told = slipped(*changes)

    finding = next((one for one in told if one.code == code), None)

    assert finding is not None, codes(told)
    assert finding.element == element
    assert finding.line is not None
    assert "?" not in sentence(finding, "zh").replace("？", "")


@pytest.mark.parametrize(
    "changes",
    [[NO_LIMIT], [(' keyControlPoint="true"', "")], [("核对金额后付款", "及时付款")]],
)
def test_what_is_only_doubtful_is_a_warning(changes):
    told = slipped(*changes)

    assert told
    assert not has_errors(told)


def test_all_slips_are_told_at_once_in_the_order_of_the_file():
    told = slipped(
        NO_LIMIT, (FLOW_F7, ""), ("核对金额后付款", "尽快付款"), ("amount &gt; 10000", "amount &gt;")
    )

    assert codes(told) == ["task_without_limit", "vague_words", "unreachable", "feel_broken"]


def test_a_condition_is_not_doubted_while_a_form_is_unknown():
    source = GOOD.replace("amount &gt; 10000", "total &gt; 10000")

    assert codes(found(source, forms={})) == []


def test_a_flow_into_a_sub_process_is_told():
    sub = '<bpmn:subProcess id="sub"><bpmn:task id="inner" name="验货"/></bpmn:subProcess>'
    source = GOOD.replace('<bpmn:endEvent id="refused"', f'{sub}<bpmn:endEvent id="refused"')

    told = found(
        source.replace(
            'id="f7" sourceRef="join" targetRef="done"', 'id="f7" sourceRef="join" targetRef="inner"'
        )
    )

    assert ("flow_crosses", "f7") in [(one.code, one.element) for one in told]


def test_a_loop_needs_a_person_or_a_timer():
    automatic = GOOD.replace('<bpmn:userTask id="ask"', '<bpmn:scriptTask id="ask"').replace(
        '<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>',
        '<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>'
        '<bpmn:sequenceFlow id="back" sourceRef="large" targetRef="ask"/>',
    )
    manned = automatic.replace("scriptTask", "userTask")

    told = found(
        automatic.replace("</bpmn:userTask>", "</bpmn:scriptTask>", 1).replace(
            '<shuli:lead>"buying"</shuli:lead>', ""
        )
    )

    loop = next(one for one in told if one.code == "loop_automatic")
    assert [name.zh for name in loop.params["names"]] == ["填写申请", "金额大？"]
    assert "loop_automatic" not in codes(found(manned))


def test_whoever_lost_a_say_since_the_last_version_is_told():
    before = read_bpmn(GOOD.encode()).document
    after = GOOD.replace('<shuli:performer kind="head">"finance"</shuli:performer>', "")

    told = found(after, previous=before)

    assert [(one.code, one.element, one.params["found"]) for one in told] == [
        ("approver_lost", "pay", 'head "finance"')
    ]


def test_a_sentence_speaks_the_language_of_its_reader():
    told = slipped(NO_LIMIT)

    assert sentence(told[0], "zh-hans") == "“填写申请”没有时限。"
    assert sentence(told[0], "en") == '"Fill in the request" has no time limit.'


def test_a_broken_expression_is_told_with_its_place_in_both_languages():
    told = slipped(("amount &gt; 10000", "amount ＞ 10000"))

    assert sentence(
        told[0], "zh"
    ) == "“大”的表达式有误，第 1 行第 8 个字符：请用半角 &gt; 代替全角 ＞。".replace("&gt;", ">")
    assert sentence(told[0], "en") == (
        'The expression at "大" is broken, line 1, character 8: use > instead of the full-width ＞.'
    )
