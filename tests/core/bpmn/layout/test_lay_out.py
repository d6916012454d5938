"""What a whole document looks like once it is drawn."""

import pytest

from core.bpmn.layout.rules import box_of, drawing_of, hosts_in, stretches
from core.bpmn.samples import document, flows, nodes
from shuli.core.bpmn import BpmnDocument, read_bpmn, write_bpmn
from shuli.core.bpmn.document import edges_of, shapes_of
from shuli.core.bpmn.elements import FlowNode, SequenceFlow
from shuli.core.bpmn.layout import lay_out

SUB_PROCESS = (
    nodes(s="startEvent", after="userTask", e="endEvent")
    + '<bpmn:subProcess id="sub" name="sub">'
    + nodes(s2="startEvent", inside="userTask", e2="endEvent")
    + flows("s2>inside", "inside>e2")
    + '</bpmn:subProcess><bpmn:boundaryEvent id="late" attachedToRef="sub"><bpmn:timerEventDefinition id="t"/>'
    + "</bpmn:boundaryEvent>"
    + nodes(remind="userTask", e3="endEvent")
    + flows("s>sub", "sub>after", "after>e", "late>remind", "remind>e3")
)

LANES = """
<bpmn:laneSet id="lanes">
  <bpmn:lane id="service" name="客服部"><bpmn:flowNodeRef>s</bpmn:flowNodeRef><bpmn:flowNodeRef>a</bpmn:flowNodeRef>
    <bpmn:flowNodeRef>e</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="rest" name="其他"><bpmn:childLaneSet id="inner">
    <bpmn:lane id="product" name="产品部"><bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane>
    <bpmn:lane id="tech" name="技术部"><bpmn:flowNodeRef>c</bpmn:flowNodeRef></bpmn:lane>
  </bpmn:childLaneSet></bpmn:lane>
</bpmn:laneSet>
""" + nodes(s="startEvent", a="userTask", b="userTask", c="userTask", e="endEvent")

POOLS = """
<bpmn:collaboration id="together">
  <bpmn:participant id="company" name="公司" processRef="p"/>
  <bpmn:participant id="customer" name="客户"/>
  <bpmn:messageFlow id="asks" name="投诉" sourceRef="customer" targetRef="s"/>
  <bpmn:messageFlow id="answers" sourceRef="a" targetRef="customer"/>
</bpmn:collaboration>
"""


def shapes(drawn: BpmnDocument, number=0):
    return {key: box_of(shape.bounds) for key, shape in shapes_of(drawn.diagrams[number]).items()}


def holds(outer, inner):
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


def test_a_model_without_a_diagram_gets_every_node_and_flow_drawn():
    model = document(nodes(s="startEvent", a="userTask", e="endEvent") + flows("s>a", "a>e"))

    drawn = lay_out(model)

    assert shapes_of(drawn.diagrams[0]).keys() == {"s", "a", "e"}
    assert edges_of(drawn.diagrams[0]).keys() == {"s_a", "a_e"}


def test_what_is_drawn_reads_back_the_same():
    drawn = lay_out(document(SUB_PROCESS))

    again = read_bpmn(write_bpmn(drawn))

    assert again.findings == ()
    assert again.document == drawn


@pytest.mark.parametrize("process", [SUB_PROCESS, LANES + flows("s>a", "a>b", "b>c", "c>e", "c>a")])
def test_drawing_a_drawn_model_changes_nothing(process):
    drawn = lay_out(document(process))

    assert lay_out(drawn) == drawn


def test_an_open_sub_process_holds_what_stands_in_it_and_nothing_else():
    boxes = shapes(lay_out(document(SUB_PROCESS)))

    assert all(holds(boxes["sub"], boxes[key]) for key in ("s2", "inside", "e2"))
    assert not any(boxes["sub"].overlaps(boxes[key]) for key in ("s", "after", "e", "remind", "e3"))


def test_the_line_of_a_boundary_event_starts_at_the_event():
    drawn = lay_out(document(SUB_PROCESS))

    boxes, start = shapes(drawn), edges_of(drawn.diagrams[0])["late_remind"].waypoints[0]
    x, y = boxes["late"].middle
    assert (abs(start.x - x), abs(start.y - y)) == (0, 18)
    assert y in (boxes["sub"].y, boxes["sub"].bottom)


def test_a_closed_sub_process_stays_closed_and_has_a_diagram_of_its_own():
    drawn = lay_out(document(SUB_PROCESS))
    former = write_bpmn(drawn).decode().replace('isExpanded="true"', 'isExpanded="false"')

    again = lay_out(read_bpmn(former.encode()).document)

    assert [diagram.plane.element for diagram in again.diagrams] == ["p", "sub"]
    assert shapes(again)["sub"].width < 200
    assert shapes(again, 1).keys() == {"s2", "inside", "e2"}


def test_lanes_stand_in_their_order_and_hold_their_nodes():
    boxes = shapes(lay_out(document(LANES + flows("s>a", "a>b", "b>c", "c>e"))))

    assert boxes["service"].bottom == boxes["product"].y
    assert boxes["product"].bottom == boxes["tech"].y
    pairs = [("service", "a"), ("product", "b"), ("tech", "c"), ("rest", "product"), ("rest", "tech")]
    assert all(holds(boxes[lane], boxes[key]) for lane, key in pairs)


def test_pools_stand_apart_and_messages_run_between_their_borders():
    process = nodes(s="startEvent", a="userTask", e="endEvent") + flows("s>a", "a>e")

    drawn = lay_out(document(process, POOLS))

    boxes = shapes(drawn)
    assert not boxes["company"].overlaps(boxes["customer"], gap=30)
    assert holds(boxes["company"], boxes["a"])
    answer = edges_of(drawn.diagrams[0])["answers"].waypoints
    assert answer[-1].y == boxes["customer"].y


def test_a_message_into_a_sub_process_is_led_around_what_stands_there():
    around = POOLS.replace('targetRef="s"', 'targetRef="inside"').replace('sourceRef="a"', 'sourceRef="e2"')

    drawn = lay_out(document(SUB_PROCESS, around))

    drawing = drawing_of(drawn)
    lines = [(key, box) for key, box in stretches(drawing) if key in ("asks", "answers")]
    ends = {"asks": "inside", "answers": "e2"}
    assert lines
    for key, stretch in lines:
        assert not any(box.overlaps(stretch) for other, box in drawing.boxes.items() if other != ends[key])


def test_notes_and_data_stand_beside_their_activity():
    process = (
        nodes(s="startEvent", e="endEvent")
        + '<bpmn:userTask id="a" name="a"><bpmn:dataOutputAssociation id="makes"><bpmn:targetRef>form</bpmn:targetRef>'
        + '</bpmn:dataOutputAssociation></bpmn:userTask><bpmn:dataObject id="d"/>'
        + '<bpmn:dataObjectReference id="form" name="登记表" dataObjectRef="d"/>'
        + flows("s>a", "a>e")
        + '<bpmn:textAnnotation id="note"><bpmn:text>首问负责</bpmn:text></bpmn:textAnnotation>'
        + '<bpmn:association id="dots" sourceRef="note" targetRef="a"/>'
    )

    boxes = shapes(lay_out(document(process)))

    assert boxes["form"].middle[0] == boxes["note"].middle[0] == boxes["a"].middle[0]
    assert not boxes["form"].overlaps(boxes["note"])


def test_colours_and_ids_of_a_former_diagram_are_kept():
    drawn = lay_out(document(nodes(s="startEvent", e="endEvent") + flows("s>e")))
    coloured = (
        write_bpmn(drawn)
        .decode()
        .replace(
            'id="s_di"', 'id="mine" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:fill="#eee"'
        )
    )

    again = shapes_of(lay_out(read_bpmn(coloured.encode()).document).diagrams[0])["s"]

    assert again.id == "mine"
    assert "#eee" in again.attributes.values()


def test_an_id_that_the_model_uses_itself_is_not_given_to_a_shape():
    drawn = lay_out(
        document(nodes(s="startEvent", s_di="userTask", e="endEvent") + flows("s>s_di", "s_di>e"))
    )

    ids = [item.id for item in drawn.diagrams[0].plane.items]
    assert len(set(ids)) == len(ids)
    assert "s_di" not in ids


def test_a_model_without_lines_is_drawn_side_by_side():
    drawn = lay_out(document(nodes(a="userTask", b="userTask", c="userTask")))

    boxes = list(shapes(drawn).values())
    assert not any(one.overlaps(two) for one in boxes for two in boxes if one is not two)


def test_a_flow_to_the_same_task_comes_back_to_it():
    drawn = lay_out(document(nodes(s="startEvent", a="userTask", e="endEvent") + flows("s>a", "a>a", "a>e")))

    waypoints = edges_of(drawn.diagrams[0])["a_a"].waypoints
    assert len(waypoints) > 3


def test_every_node_of_a_drawn_document_has_a_shape():
    drawn = lay_out(document(SUB_PROCESS, POOLS.replace('sourceRef="a"', 'sourceRef="after"')))

    shown = shapes_of(drawn.diagrams[0]).keys() | edges_of(drawn.diagrams[0]).keys()
    wanted = {key for key, element in drawn.elements.items() if isinstance(element, FlowNode | SequenceFlow)}
    assert wanted <= shown
    assert hosts_in(drawn) == {"late": "sub"}
