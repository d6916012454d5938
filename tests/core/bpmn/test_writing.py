import pytest

from core.bpmn.samples import HEAD, document, flows, nodes
from shuli.core.bpmn import BpmnDocument, read_bpmn, write_bpmn
from shuli.core.bpmn.elements import (
    Bounds,
    Definitions,
    Diagram,
    Edge,
    Plane,
    Point,
    Process,
    SequenceFlow,
    Shape,
    Task,
)


def again(found: BpmnDocument) -> BpmnDocument:
    return read_bpmn(write_bpmn(found)).document


def test_a_model_made_here_reads_back_equal():
    shape = Shape(id="a_di", element="a", bounds=Bounds(x=1.5, y=2, width=100, height=80))
    edge = Edge(id="f_di", element="f", waypoints=(Point(x=0, y=0), Point(x=-3.25, y=1e9)))
    made = BpmnDocument(
        definitions=Definitions(
            target_namespace="urn:shuli",
            roots=(
                Process(
                    id="p",
                    is_executable=True,
                    flow_elements=(
                        Task(id="a", kind="user_task", name='<登记 & "a">\n第二行'),
                        SequenceFlow(id="f", source="a", target="a"),
                    ),
                ),
            ),
            diagrams=(Diagram(id="d", plane=Plane(id="pl", element="p", items=(shape, edge))),),
        )
    )

    assert again(made) == made


def test_what_others_added_is_written_back():
    found = document(
        '<bpmn:documentation textFormat="text/html">See <b xmlns="urn:html">this</b> first.</bpmn:documentation>'
        '<bpmn:userTask id="a" camunda:assignee="demo" xmlns:x="urn:x" x:colour="red"><bpmn:extensionElements>'
        "<camunda:properties><camunda:property name='k' value=' v '/></camunda:properties>"
        '<x:note>  two\n lines </x:note></bpmn:extensionElements><bpmn:property id="prop"/></bpmn:userTask>'
    )

    task = again(found).elements["a"]

    assert again(found) == found
    assert task.attributes == {"{http://camunda.org/schema/1.0/bpmn}assignee": "demo", "{urn:x}colour": "red"}
    assert task.extensions[1].text == "  two\n lines "
    assert [kept.name for kept in task.more] == ["property"]


def test_a_prefix_that_means_two_things_keeps_both_meanings():
    found = document(
        '<bpmn:task id="a"><bpmn:extensionElements><k:v xmlns:k="urn:one"/></bpmn:extensionElements></bpmn:task>'
        '<bpmn:task id="b"><bpmn:extensionElements><k:v xmlns:k="urn:two"/></bpmn:extensionElements></bpmn:task>'
    )

    tags = [again(found).elements[name].extensions[0].tag for name in "ab"]

    assert tags == ["{urn:one}v", "{urn:two}v"]
    assert again(found) == found


def test_an_element_without_a_namespace_stays_without():
    source = HEAD.replace("bpmn:definitions", "definitions").replace("xmlns:bpmn=", "xmlns=")
    inner = '<process id="p"><extensionElements><plain xmlns="">x</plain></extensionElements></process></definitions>'
    found = read_bpmn((source + inner).encode()).document

    assert found.processes[0].extensions[0].tag == "plain"
    assert again(found) == found


def test_the_prefixes_of_the_file_stay():
    source = HEAD.replace("bpmn:definitions", "semantic:definitions").replace(
        "xmlns:bpmn=", "xmlns:semantic="
    )
    found = read_bpmn(f'{source}<semantic:process id="p"/></semantic:definitions>'.encode()).document

    written = write_bpmn(found).decode()

    assert "<semantic:definitions " in written
    assert '<semantic:process id="p"/>' in written


@pytest.mark.parametrize("value", ["1", "true"])
def test_a_flag_is_written_in_one_way(value):
    found = document(f'<bpmn:task id="t" isForCompensation="{value}"/>')

    assert b'isForCompensation="true"' in write_bpmn(found)


def test_children_are_written_in_the_order_of_the_schema():
    found = document(
        '<bpmn:task id="t"><bpmn:multiInstanceLoopCharacteristics/><bpmn:outgoing>t_t</bpmn:outgoing>'
        "<bpmn:incoming>t_t</bpmn:incoming><bpmn:extensionElements/><bpmn:documentation>d</bpmn:documentation>"
        "</bpmn:task>" + flows("t>t")
    )

    written = write_bpmn(found).decode()

    names = ["documentation", "incoming", "outgoing", "multiInstance"]
    positions = [written.index(f"<bpmn:{name}") for name in names]
    assert positions == sorted(positions)


def test_writing_twice_gives_the_same_bytes():
    found = document(nodes(a="task", b="task") + flows("a>b"))

    assert write_bpmn(again(found)) == write_bpmn(found)
