import pytest

from core.bpmn.samples import HEAD, codes, document, flows, nodes, xml
from shuli.core.bpmn import read_bpmn
from shuli.core.bpmn.elements import Event, Gateway, MultiInstance, SequenceFlow, SubProcess, Task


def test_nodes_and_flows_become_values():
    found = document(nodes(s="startEvent", a="userTask", e="endEvent") + flows("s>a", "a>e"))

    elements = found.elements

    assert elements["a"] == Task(id="a", kind="user_task", name="a")
    assert elements["s_a"] == SequenceFlow(id="s_a", source="s", target="a")
    assert found.line_of("a") == 12


def test_a_condition_keeps_its_words_and_language():
    found = document(
        nodes(g="exclusiveGateway", a="task")
        + '<bpmn:sequenceFlow id="f" sourceRef="g" targetRef="a"><bpmn:conditionExpression'
        ' xsi:type="bpmn:tFormalExpression" language="feel">a &lt; 5</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>"
    )

    condition = found.elements["f"].condition

    assert (condition.text, condition.language, condition.type) == ("a < 5", "feel", "tFormalExpression")


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("userTask", "user_task"),
        ("manualTask", "manual_task"),
        ("serviceTask", "service_task"),
        ("scriptTask", "script_task"),
        ("sendTask", "send_task"),
        ("receiveTask", "receive_task"),
        ("businessRuleTask", "business_rule_task"),
        ("exclusiveGateway", "exclusive_gateway"),
        ("parallelGateway", "parallel_gateway"),
        ("inclusiveGateway", "inclusive_gateway"),
        ("eventBasedGateway", "event_based_gateway"),
        ("complexGateway", "complex_gateway"),
        ("subProcess", "sub_process"),
        ("transaction", "transaction"),
        ("adHocSubProcess", "ad_hoc_sub_process"),
        ("startEvent", "start_event"),
        ("intermediateThrowEvent", "intermediate_throw_event"),
    ],
)
def test_every_kind_of_node_is_told_apart(tag, kind):
    found = document(nodes(n=tag))

    assert found.elements["n"].kind == kind


@pytest.mark.parametrize(
    ("tag", "trigger"),
    [
        ("messageEventDefinition", "message"),
        ("timerEventDefinition", "timer"),
        ("signalEventDefinition", "signal"),
        ("errorEventDefinition", "error"),
        ("escalationEventDefinition", "escalation"),
        ("conditionalEventDefinition", "conditional"),
        ("linkEventDefinition", "link"),
        ("compensateEventDefinition", "compensation"),
        ("cancelEventDefinition", "cancel"),
        ("terminateEventDefinition", "terminate"),
    ],
)
def test_every_trigger_of_an_event_is_told_apart(tag, trigger):
    found = document(f'<bpmn:endEvent id="e"><bpmn:{tag} id="d"/></bpmn:endEvent>')

    assert [one.trigger for one in found.elements["e"].definitions] == [trigger]


def test_a_timer_says_date_duration_or_cycle():
    found = document(
        '<bpmn:task id="t"/><bpmn:boundaryEvent id="b" attachedToRef="t" cancelActivity="false">'
        "<bpmn:timerEventDefinition><bpmn:timeCycle>R/P2D</bpmn:timeCycle></bpmn:timerEventDefinition>"
        "</bpmn:boundaryEvent>"
    )

    event = found.elements["b"]

    assert isinstance(event, Event)
    assert (event.attached_to, event.is_interrupting) == ("t", False)
    assert event.definitions[0].cycle.text == "R/P2D"


def test_a_sub_process_holds_its_own_nodes_and_repeats():
    found = document(
        '<bpmn:subProcess id="sub" triggeredByEvent="true">'
        '<bpmn:multiInstanceLoopCharacteristics isSequential="true">'
        "<bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
        '<bpmn:parallelGateway id="inner"/></bpmn:subProcess>'
    )

    sub = found.elements["sub"]

    assert isinstance(sub, SubProcess)
    assert sub.triggered_by_event
    assert sub.flow_elements == (Gateway(id="inner", kind="parallel_gateway"),)
    assert isinstance(sub.loop, MultiInstance)
    assert (sub.loop.is_sequential, sub.loop.cardinality.text) == (True, "3")


def test_lanes_may_hold_lanes():
    found = document(
        '<bpmn:laneSet id="ls"><bpmn:lane id="outer" name="总部"><bpmn:childLaneSet id="cs">'
        '<bpmn:lane id="inner" name="客服部"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>" + nodes(a="task")
    )

    outer = found.processes[0].lane_sets[0].lanes[0]

    assert outer.inner.lanes[0].nodes == ("a",)
    assert outer.inner.lanes[0].name == "客服部"


def test_a_reference_with_the_prefix_of_this_file_means_what_it_names():
    source = HEAD.replace("<bpmn:definitions", '<bpmn:definitions xmlns:tns="urn:test"')
    body = (
        '<bpmn:message id="m" name="new"/><bpmn:process id="p"><bpmn:receiveTask id="r" messageRef="tns:m"/>'
    )

    found = read_bpmn(f"{source}{body}</bpmn:process></bpmn:definitions>".encode())

    assert found.document.elements["r"].message == "m"
    assert found.findings == ()


def test_all_mistakes_are_told_at_once_with_line_and_element():
    reading = read_bpmn(
        xml(
            '<bpmn:userTask id="a"/>\n<bpmn:userTask id="a"/>\n<bpmn:dance id="d"/>\n'
            '<bpmn:task id="t" startQuantity="many"/>\n'
            '<bpmn:sequenceFlow id="f" sourceRef="a" targetRef="nowhere"/>\n<bpmn:sequenceFlow id="g" sourceRef="a"/>'
        )
    )

    told = [(finding.code, finding.element, finding.line) for finding in reading.findings]

    assert told == [
        ("id_double", "a", 12),
        ("element_unknown", "p", 13),
        ("value_wrong", "t", 14),
        ("reference_broken", "f", 15),
        ("attribute_missing", "g", 16),
    ]


def test_a_node_without_an_id_gets_one():
    reading = read_bpmn(xml('<bpmn:task name="x"/><bpmn:task id="task_1"/>'))

    ids = [element.id for element in reading.document.processes[0].flow_elements]

    assert ids == ["task_2", "task_1"]
    assert codes(reading.findings) == ["id_missing"]


def test_another_kind_of_xml_is_refused_by_name():
    reading = read_bpmn(b'<xpdl:Package xmlns:xpdl="urn:x"/>')

    assert reading.document is None
    assert codes(reading.findings) == ["root_wrong"]
    assert reading.findings[0].params["found"] == "{urn:x}Package"
