"""What the linter says of a process as a whole and of working together."""

import pytest

from core.bpmn.test_check import GOOD, found, slipped
from shuli.core.bpmn import has_errors, sentence

EMPTY = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:test">'
    '<bpmn:process id="p" name="空" isExecutable="true">{}</bpmn:process></bpmn:definitions>'
)
LINE = '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/><bpmn:userTask id="t" name="核对"/>'
FLOWS = '<bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/><bpmn:sequenceFlow id="b" sourceRef="t" targetRef="e"/>'


def one(code, told):
    return next((finding for finding in told if finding.code == code), None)


def missing(inside):
    finding = one("four_elements_missing", found(EMPTY.format(inside), forms={}))
    return [text.en.split()[0] for text in finding.params["missing"]] if finding else []


@pytest.mark.accepts("H3-02")
def test_each_of_the_four_elements_that_is_missing_is_named():
    assert missing(LINE.replace("<bpmn:userTask", "<bpmn:intermediateThrowEvent") + FLOWS) == [
        "activities", "who", "information",
    ]  # fmt: skip
    assert missing(LINE) == ["how", "who", "information"]
    assert missing(LINE + FLOWS) == ["who", "information"]


@pytest.mark.accepts("H3-06")
def test_a_path_that_leaves_no_record_and_tells_nobody_is_open_until_somebody_is_told():
    unrecorded = [(' form="request" key', " key"), ('<shuli:output document="request"/>', "")]
    notice = '<shuli:notice><shuli:performer kind="starter"/></shuli:notice><shuli:lead>"buying"'

    assert one("path_open", slipped(*unrecorded)).element == "refused"
    assert one("path_open", slipped(*unrecorded, ('<shuli:lead>"buying"', notice))) is None


@pytest.mark.accepts("H3-06")
def test_a_process_without_an_end_is_told():
    assert one("no_end", slipped(("endEvent", "intermediateThrowEvent"))) is not None


@pytest.mark.accepts("H3-07")
def test_a_process_without_key_control_point_or_standard_is_told():
    told = slipped(
        (' keyControlPoint="true"', ""),
        ('<shuli:standard lang="zh">品名、数量与申请一致。</shuli:standard>', ""),
    )

    assert {"key_control_point_missing", "standard_missing"} <= {finding.code for finding in told}
    assert not has_errors(told)


@pytest.mark.accepts("H2-04")
def test_a_step_that_hands_over_to_another_department_without_a_paper_is_told():
    finding = one(
        "handover_undocumented",
        slipped((' form="request" key', " key"), ('<shuli:output document="request"/>', "")),
    )

    assert finding.element == "ask"
    assert "付款" in sentence(finding, "zh")


DECIDES_AS_WELL = (
    '<shuli:duty form="order">\n          <shuli:performer kind="post">"buyer"</shuli:performer>',
    (
        '<shuli:duty form="order" decision="true"><shuli:lead>"finance"</shuli:lead>'
        '<shuli:performer kind="head">"finance"</shuli:performer>'
    ),
)
IN_A_ROW = ('sourceRef="pay" targetRef="join"', 'sourceRef="pay" targetRef="order"')


@pytest.mark.accepts("H2-04")
def test_a_decision_that_the_same_people_have_just_taken_is_redundant():
    assert one("decision_repeated", slipped(DECIDES_AS_WELL, IN_A_ROW)).element == "order"
    assert one("decision_repeated", slipped(DECIDES_AS_WELL)) is None


@pytest.mark.accepts("H2-04")
def test_a_gateway_with_one_way_in_and_one_way_out_is_redundant():
    told = slipped(('id="f6" sourceRef="pay" targetRef="join"', 'id="f6" sourceRef="pay" targetRef="done"'))

    assert one("node_redundant", told).element == "join"


@pytest.mark.accepts("H3-04")
def test_gaps_and_overlaps_of_duties_are_told():
    nobody = slipped(('<shuli:lead>"buying"</shuli:lead>', ""))
    twice = slipped(
        ('<shuli:lead>"finance"</shuli:lead>', '<shuli:lead>"finance"</shuli:lead><shuli:cooperating>"finance"</shuli:cooperating>')
    )  # fmt: skip
    same_work = slipped(('name="付款"', 'name="填写申请"'), ("Fill in the request", ""))

    assert one("task_without_performer", nobody).element == "ask"
    assert one("department_doubled", twice).params["found"] == "finance"
    assert one("work_led_twice", same_work).params["found"] == ("buying", "finance")


def test_the_good_process_has_nothing_to_mend():
    assert found(GOOD) == ()
