"""The usual ladder of escalation."""

from shuli.core.bpmn import compile_process, read_bpmn

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:shuli="urn:shuli:bpmn:1"
    id="d" targetNamespace="test"><bpmn:process id="p" isExecutable="true">
  <bpmn:extensionElements><shuli:process key="P-X" owner="boss" {ladder}/></bpmn:extensionElements>
  <bpmn:startEvent id="start"/><bpmn:userTask id="draw"><bpmn:extensionElements><shuli:duty>{duty}</shuli:duty>
  </bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id="end"/>
  <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="draw"/>
  <bpmn:sequenceFlow id="f2" sourceRef="draw" targetRef="end"/></bpmn:process></bpmn:definitions>"""
LEAD = '<shuli:lead>"service"</shuli:lead>'
LIMIT = '<shuli:limit kind="working_days" amount="1"/>'
RESPONSIBLE = '<shuli:firstResponsible kind="first_responder"/>'
OWN = '<shuli:escalation><shuli:after when="at"/><shuli:performer kind="supervisor"/></shuli:escalation>'


def ladder(duty, asked='ladder="true"'):
    document = read_bpmn(MODEL.format(ladder=asked, duty=duty).encode()).document
    compiled = compile_process(document)
    assert compiled.findings == ()
    return [(step.to.kind, step.offset.amount) for step in compiled.graph.nodes["draw"].duty.escalation]


def test_a_node_with_a_limit_climbs_from_the_first_responsible_to_the_owner():
    assert ladder(LEAD + RESPONSIBLE + LIMIT) == [
        ("first_responder", 0),
        ("head", 4),
        ("executive", 1),
        ("owner", 2),
    ]


def test_rungs_that_nobody_is_named_for_are_left_out():
    assert ladder(LIMIT) == [("owner", 2)]


def test_a_node_without_a_limit_or_with_its_own_ladder_stays_as_it_is():
    assert ladder(LEAD) == []
    assert ladder(LEAD + LIMIT + OWN) == [("supervisor", 0)]


def test_no_process_climbs_that_does_not_ask_for_it():
    assert ladder(LEAD + LIMIT, asked="") == []
