"""What Camunda and Zeebe say becomes ours, or is told; nothing of it is lost."""

import pytest

from core.bpmn.samples import codes, document
from shuli.core.bpmn import compile_process, not_runnable, read_bpmn, write_bpmn
from shuli.core.bpmn.graph import Assign, Performer

LISTENER = '<camunda:executionListener class="org.x.Y" event="start"/>'


def compiled(process):
    return compile_process(document(process))


def inside(*extensions, tag="userTask", more=""):
    content = "".join(extensions)
    return f'<bpmn:{tag} id="a"{more}><bpmn:extensionElements>{content}</bpmn:extensionElements></bpmn:{tag}>'


@pytest.mark.parametrize(
    ("process", "code", "found"),
    [
        ('<bpmn:userTask id="a" camunda:asyncBefore="true"/>', "vendor_technical", "camunda:asyncBefore"),
        (inside(LISTENER), "listener_not_run", "camunda:executionListener"),
        ('<bpmn:serviceTask id="a" camunda:class="org.x.Y"/>', "program_not_run", "camunda:class"),
        ('<bpmn:userTask id="a" camunda:priority="50"/>', "vendor_no_effect", "camunda:priority"),
        ('<bpmn:userTask id="a" camunda:brandNew="1"/>', "vendor_no_effect", "camunda:brandNew"),
        (inside("<zeebe:executionListeners/>"), "listener_not_run", "zeebe:executionListeners"),
        ('<bpmn:callActivity id="a" camunda:caseRef="c"/>', "case_model_called", "camunda:caseRef"),
        ('<bpmn:scriptTask id="a" camunda:resource="s.js"/>', "script_elsewhere", "camunda:resource"),
    ],
)
def test_what_has_no_effect_here_is_told(process, code, found):
    told = {finding.code: finding for finding in compiled(process).findings}

    assert told[code].params["found"] == found
    assert told[code].element == "a"


def test_what_only_describes_is_not_told():
    assert compiled('<bpmn:userTask id="a" camunda:modelerTemplate="x"/>').findings == ()


def test_a_listener_is_written_back():
    before = document(inside(LISTENER))

    after = read_bpmn(write_bpmn(before)).document

    assert after == before
    assert b"executionListener" in write_bpmn(after)


def test_whoever_starts_is_kept_under_the_name_that_camunda_gives():
    start = compiled('<bpmn:startEvent id="a" camunda:initiator="who"/>').graph.nodes["a"]

    assert start.duty.assign == (Assign(name="who", value="case.starter"),)


def test_a_service_task_that_works_out_an_expression_is_a_script():
    node = compiled(
        '<bpmn:serviceTask id="a" camunda:expression="${x + 1}" camunda:resultVariable="y"/>'
    ).graph.nodes["a"]

    assert (node.element, node.kind, node.script, node.result) == (
        "script_task",
        "service_task",
        "x + 1",
        "y",
    )


def test_outputs_set_variables_and_inputs_are_told():
    found = compiled(
        inside(
            '<camunda:inputOutput><camunda:inputParameter name="i">1</camunda:inputParameter>'
            '<camunda:outputParameter name="o">${x * 2}</camunda:outputParameter></camunda:inputOutput>'
        )
    )

    assert found.graph.nodes["a"].duty.assign == (Assign(name="o", value="x * 2"),)
    assert codes(found.findings) == ["vendor_no_effect"]


def test_text_around_an_expression_stays():
    found = compiled('<bpmn:userTask id="a" camunda:assignee="agent-${region}"/>').graph.nodes["a"]

    assert found.duty.performer == Performer(kind="person", value='"agent-" + string(region)')


def test_a_script_in_juel_becomes_feel():
    process = (
        '<bpmn:scriptTask id="a" scriptFormat="juel"><bpmn:script>${x + 1}</bpmn:script></bpmn:scriptTask>'
    )

    assert compiled(process).graph.nodes["a"].script == "x + 1"


def test_elements_that_the_engine_does_not_know_are_named_in_both_languages():
    model = document('<bpmn:transaction id="a" name="付款"/><bpmn:userTask id="b"/>')
    graph = compile_process(model).graph

    findings = not_runnable(model, graph, {"user_task"})

    assert [finding.element for finding in findings] == ["a"]
    assert findings[0].params["kind"].zh == "事务子流程"
