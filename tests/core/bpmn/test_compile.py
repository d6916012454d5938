import pytest

from core.bpmn.samples import codes, document, flows, nodes
from shuli.core.bpmn import compile_process
from shuli.core.bpmn.graph import Assign, Performer, ServiceRule
from shuli.core.worktime import ByExpression


def graph(process: str, around: str = ""):
    found = compile_process(document(process, around)).graph
    assert found is not None
    return found


def test_flows_carry_names_conditions_and_the_default():
    found = graph(
        '<bpmn:exclusiveGateway id="g" default="no"/>' + nodes(a="task", b="task") + "<bpmn:sequenceFlow "
        'id="yes" name="重大" sourceRef="g" targetRef="a"><bpmn:extensionElements><shuli:name lang="en">major'
        "</shuli:name></bpmn:extensionElements><bpmn:conditionExpression>level = 2</bpmn:conditionExpression>"
        '</bpmn:sequenceFlow><bpmn:sequenceFlow id="no" sourceRef="g" targetRef="b"/>'
    )

    yes, no = found.nodes["g"].outgoing

    assert (yes.name.zh, yes.name.en, yes.condition, yes.is_default) == ("重大", "major", "level = 2", False)
    assert (no.condition, no.is_default) == (None, True)
    assert found.nodes["a"].incoming == (yes,)


def test_connectors_with_one_name_are_joined():
    link = '<bpmn:{0} id="{1}"><bpmn:linkEventDefinition name="A"/></bpmn:{0}>'
    found = graph(link.format("intermediateThrowEvent", "out") + link.format("intermediateCatchEvent", "in"))

    assert found.nodes["out"].link_target == "in"
    assert found.nodes["out"].element == "intermediate_throw_event:link"


def test_a_connector_without_its_other_end_is_told():
    compilation = compile_process(
        document(
            '<bpmn:intermediateThrowEvent id="out"><bpmn:linkEventDefinition name="A"/></bpmn:intermediateThrowEvent>'
        )
    )

    assert codes(compilation.findings) == ["link_unresolved"]


def test_events_know_messages_by_name_and_errors_by_code():
    found = graph(
        '<bpmn:startEvent id="s"><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>'
        '<bpmn:endEvent id="e"><bpmn:errorEventDefinition errorRef="x"/></bpmn:endEvent>',
        '<bpmn:message id="m" name="complaint"/><bpmn:error id="x" name="late" errorCode="E1"/>',
    )

    assert (found.nodes["s"].event.trigger, found.nodes["s"].event.name) == ("message", "complaint")
    assert (found.nodes["e"].element, found.nodes["e"].event.name) == ("end_event:error", "E1")


def test_boundary_events_hang_on_their_activity():
    found = graph(
        '<bpmn:task id="a"/><bpmn:boundaryEvent id="t" attachedToRef="a" cancelActivity="false">'
        "<bpmn:timerEventDefinition><bpmn:timeDuration>PT5M</bpmn:timeDuration></bpmn:timerEventDefinition>"
        "</bpmn:boundaryEvent>"
    )

    assert found.nodes["a"].boundaries == ("t",)
    assert (found.nodes["t"].attached_to, found.nodes["t"].interrupting) == ("a", False)
    assert (found.nodes["t"].event.timer.kind, found.nodes["t"].event.timer.expression) == (
        "duration",
        "PT5M",
    )


def test_an_event_sub_process_is_a_kind_of_its_own():
    found = graph(
        '<bpmn:subProcess id="x" triggeredByEvent="true"><bpmn:startEvent id="i" isInterrupting="false">'
        "<bpmn:timerEventDefinition><bpmn:timeDate>2026-01-01</bpmn:timeDate></bpmn:timerEventDefinition>"
        "</bpmn:startEvent></bpmn:subProcess>"
    )

    assert (found.nodes["x"].kind, found.nodes["x"].starts) == ("event_sub_process", ("i",))
    assert found.nodes["i"].interrupting is False


def test_a_node_is_in_its_innermost_lane_and_led_by_its_department():
    found = graph(
        '<bpmn:laneSet id="ls"><bpmn:lane id="o"><bpmn:extensionElements><shuli:lane><shuli:department>"hq"'
        "</shuli:department></shuli:lane></bpmn:extensionElements><bpmn:flowNodeRef>a</bpmn:flowNodeRef>"
        '<bpmn:childLaneSet id="cs"><bpmn:lane id="i"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
        '</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet><bpmn:userTask id="a"/>'
    )

    assert (found.nodes["a"].lane, found.nodes["a"].duty.lead) == ("i", '"hq"')


def test_the_process_is_chosen_by_id_or_because_it_can_run():
    two = document(
        "<bpmn:task id='a'/>", '<bpmn:process id="q" name="另一个"><bpmn:task id="b"/></bpmn:process>'
    )

    assert list(compile_process(two).graph.nodes) == ["a"]
    assert compile_process(two, "q").graph.name.zh == "另一个"
    assert codes(compile_process(two, "nowhere").findings) == ["process_missing"]


def test_camunda_says_who_until_when_and_with_which_form():
    duty = (
        graph(
            '<bpmn:userTask id="a" camunda:candidateGroups="service" camunda:dueDate="PT24H" camunda:formKey="f"/>'
        )
        .nodes["a"]
        .duty
    )

    assert duty.performer == Performer(kind="department", value='"service"')
    assert duty.limits == (ByExpression(expression='duration("PT24H")', unit="minutes"),)
    assert duty.form == "f"


def test_an_assignee_goes_before_a_group_and_shuli_before_both():
    found = graph(
        '<bpmn:userTask id="a" camunda:candidateGroups="g" camunda:assignee="${starter}"/><bpmn:userTask id="b" '
        'camunda:assignee="x"><bpmn:extensionElements><shuli:duty><shuli:performer kind="owner"/></shuli:duty>'
        "</bpmn:extensionElements></bpmn:userTask>"
    ).nodes

    assert found["a"].duty.performer == Performer(kind="person", value="starter")
    assert found["b"].duty.performer == Performer(kind="owner")


def test_zeebe_says_the_same_in_elements():
    found = graph(
        '<bpmn:userTask id="a"><bpmn:extensionElements><zeebe:assignmentDefinition assignee="=manager"/>'
        '<zeebe:taskSchedule dueDate="=due"/><zeebe:formDefinition formKey="f"/><zeebe:ioMapping>'
        '<zeebe:output source="=a + 1" target="b"/></zeebe:ioMapping></bpmn:extensionElements></bpmn:userTask>'
        '<bpmn:serviceTask id="w"><bpmn:extensionElements><zeebe:taskDefinition type="mail"/>'
        "</bpmn:extensionElements></bpmn:serviceTask>"
    ).nodes

    assert found["a"].duty.performer == Performer(kind="person", value="manager")
    assert found["a"].duty.limits[0].expression == "due"
    assert found["a"].duty.assign == (Assign(name="b", value="a + 1"),)
    assert (found["w"].service.kind, found["w"].service.name) == ("worker", "mail")


def test_others_external_tasks_are_fetched_by_workers_and_keep_their_retries():
    found = graph(
        '<bpmn:serviceTask id="a" camunda:type="external" camunda:topic="packing"/>'
        '<bpmn:serviceTask id="b"><bpmn:extensionElements><zeebe:taskDefinition type="mail" retries="5"/>'
        "</bpmn:extensionElements></bpmn:serviceTask>"
    ).nodes

    assert found["a"].service == ServiceRule(kind="worker", name="packing")
    assert found["b"].service == ServiceRule(kind="worker", name="mail", retries=4)


def test_a_call_over_http_needs_an_address():
    compiled = compile_process(
        document(
            '<bpmn:serviceTask id="a"><bpmn:extensionElements><shuli:service kind="http"/></bpmn:extensionElements>'
            "</bpmn:serviceTask>"
        )
    )

    assert ("service_without_address", "a") in [(found.code, found.element) for found in compiled.findings]


def test_a_call_takes_in_and_gives_out_what_camunda_says():
    call = (
        graph(
            '<bpmn:callActivity id="c" calledElement="child"><bpmn:extensionElements><camunda:in source="a" target="x"/>'
            '<camunda:out variables="all"/></bpmn:extensionElements></bpmn:callActivity>'
        )
        .nodes["c"]
        .call
    )

    assert (call.process, call.inputs, call.all_in, call.all_out) == (
        "child",
        (Assign(name="x", value="a"),),
        False,
        True,
    )


@pytest.mark.parametrize(
    ("process", "code"),
    [
        ('<bpmn:userTask id="a" camunda:candidateUsers="x, y"/>', "performers_many"),
        ('<bpmn:userTask id="a" camunda:assignee="${bean.who()}"/>', "juel_call"),
        (
            '<bpmn:scriptTask id="a" scriptFormat="groovy"><bpmn:script>x</bpmn:script></bpmn:scriptTask>',
            "script_language",
        ),
        ('<bpmn:startEvent id="a"><bpmn:timerEventDefinition/></bpmn:startEvent>', "timer_empty"),
        ('<bpmn:task id="a"><bpmn:multiInstanceLoopCharacteristics/></bpmn:task>', "multiple_empty"),
        ('<bpmn:callActivity id="a" calledElement="${which}"/>', "call_by_expression"),
        (
            '<bpmn:startEvent id="a"><bpmn:signalEventDefinition/><bpmn:messageEventDefinition/></bpmn:startEvent>',
            "event_multiple",
        ),
    ],
)
def test_what_has_no_meaning_here_is_told_at_its_element(process, code):
    findings = compile_process(document(process)).findings

    assert [(finding.code, finding.element) for finding in findings] == [(code, "a")]


def test_flows_in_a_sub_process_stay_there():
    found = graph(
        '<bpmn:subProcess id="x">'
        + nodes(i="task", j="task")
        + flows("i>j")
        + "</bpmn:subProcess>"
        + nodes(a="task")
        + flows("a>x", "a>i")
    )

    assert [flow.target for flow in found.nodes["a"].outgoing] == ["x"]
    assert [flow.target for flow in found.nodes["i"].outgoing] == ["j"]


def test_a_process_that_nobody_could_read_is_not_compiled():
    steps = "".join(f'<bpmn:task id="t{number}"/>' for number in range(2001))

    compilation = compile_process(document(steps))

    assert compilation.graph is None
    assert codes(compilation.findings) == ["process_too_large"]
