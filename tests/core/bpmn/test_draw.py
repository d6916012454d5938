import re
from itertools import pairwise
from time import perf_counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bpmn.gallery import gallery
from core.bpmn.samples import HEAD, document, flows, nodes
from shuli.core.bpmn import BpmnDocument, Pin, draw_svg, localize, read_bpmn, write_bpmn
from shuli.core.bpmn.draw.icons import EVENTS, GATEWAYS, PINS, REPEATS, TASKS
from shuli.core.bpmn.draw.labels import Labels
from shuli.core.bpmn.draw.lettering import box_of
from shuli.core.bpmn.draw.scene import Scene
from shuli.core.bpmn.draw.words import balanced, fitted, is_broken, is_chinese, width_of, wrap
from shuli.core.bpmn.elements import Bounds, Definitions, Diagram, Edge, Plane, Process, Shape, Task

SVG = "{http://www.w3.org/2000/svg}"
GALLERY = read_bpmn(gallery()).document


def groups(svg: str) -> dict[str, ET.Element]:
    return {node.get("data-element"): node for node in ET.fromstring(svg).iter() if node.get("data-element")}


def words_in(node: ET.Element) -> list[str]:
    return [span.text for span in node.iter(f"{SVG}tspan")]


def test_every_sign_of_the_standard_is_drawn():
    found = groups(draw_svg(GALLERY))

    shown = {shape.element for shape in GALLERY.diagrams[0].plane.items}
    assert shown == set(found)
    assert found["任务1"].get("class") == "sl-dia-node is-user-task"
    assert found["任务1"].get("id") == "dia-任务1"


def test_every_element_says_what_it_is_in_the_language_of_the_drawing():
    chinese, english = groups(draw_svg(GALLERY)), groups(draw_svg(GALLERY, language="en"))

    assert chinese["startEvent2"][0].text == "开始（定时）：timer"
    assert english["startEvent2"][0].text == "Start (timer): timer"
    assert chinese["by_event"][0].text == "事件子流程：事件子流程"


def test_what_interrupts_nothing_is_dashed():
    found = groups(draw_svg(GALLERY))

    dashes = {name: found[name][1].get("stroke-dasharray") for name in ("边界0", "边界1")}

    assert dashes == {"边界0": "4 3", "边界1": None}


def test_a_throwing_event_is_filled_and_a_catching_one_is_not():
    found = groups(draw_svg(GALLERY, medium="paper"))

    fills = [found[f"{tag}3"].find(f"{SVG}g/{SVG}path").get("fill") for tag in ("startEvent", "endEvent")]

    assert fills == ["none", "#626c7a"]


def test_an_exclusive_gateway_may_hide_its_cross():
    found = groups(draw_svg(GALLERY))

    assert found["exclusiveGateway"].find(f"{SVG}g") is not None
    assert found["plain"].find(f"{SVG}g") is None


def test_nothing_in_a_drawing_needs_script_or_style():
    svg = draw_svg(
        GALLERY, markers={"任务1": {"sl-now"}}, pins={"任务1": Pin(state="late", text="超时 40 分钟")}
    )

    names = {attribute for node in ET.fromstring(svg).iter() for attribute in node.attrib}

    assert not [name for name in names if name == "style" or name.startswith("on") or "href" in name]
    assert {node.tag.removeprefix(SVG) for node in ET.fromstring(svg).iter()} == {
        "svg", "title", "g", "path", "rect", "circle", "text", "tspan",
    }  # fmt: skip


def test_markers_become_classes_and_colours():
    svg = draw_svg(GALLERY, markers={"任务1": {"sl-done", "mine"}, "任务2": ["sl-late", "sl-now"]})

    found = groups(svg)

    assert found["任务1"].get("class") == "sl-dia-node is-user-task mine sl-done"
    assert found["任务1"][1].get("fill") == "var(--sl-accent-soft, #edf2ff)"
    assert found["任务2"][1].get("stroke") == "var(--sl-late, #b42318)"


def test_a_drawing_for_paper_has_plain_colours_and_a_size():
    svg = draw_svg(GALLERY, medium="paper")

    assert "var(" not in svg
    assert re.search(r'width="\d+(\.\d+)?" height="\d+', svg)


def test_a_pin_stands_above_its_node():
    svg = draw_svg(GALLERY, pins={"任务1": Pin(state="risk", text="剩余 1 小时")})

    pin = next(node for node in ET.fromstring(svg).iter() if node.get("class") == "sl-pin is-risk")

    task = next(item for item in GALLERY.diagrams[0].plane.items if item.element == "任务1")
    assert float(pin[0].get("y")) < task.bounds.y < float(pin[0].get("y")) + float(pin[0].get("height"))
    assert words_in(pin) == ["剩余 1 小时"]


def test_names_are_shown_in_the_language_that_is_asked_for():
    found = document(
        '<bpmn:userTask id="a" name="登记"><bpmn:extensionElements><shuli:name lang="en">Register</shuli:name>'
        "</bpmn:extensionElements></bpmn:userTask>"
    )

    assert words_in(groups(draw_svg(found))["a"]) == ["登记"]
    assert words_in(groups(draw_svg(found, language="en"))["a"]) == ["Register"]


def test_a_document_in_one_language_has_its_names_in_bpmns_own_place():
    found = document(
        '<bpmn:userTask id="a" name="登记"><bpmn:extensionElements><shuli:name lang="en">Register</shuli:name>'
        '</bpmn:extensionElements></bpmn:userTask><bpmn:task id="b" name="只有中文"/>'
    )

    english = localize(found, "en")

    assert [english.elements[name].name for name in "ab"] == ["Register", "只有中文"]
    assert localize(found, "zh") == found
    assert read_bpmn(write_bpmn(english)).document == english


def test_a_model_without_a_diagram_is_laid_out_first():
    found = document(nodes(s="startEvent", a="userTask", e="endEvent") + flows("s>a", "a>e"))

    drawn = groups(draw_svg(found))

    assert set(drawn) == {"s", "a", "e", "s_a", "a_e"}
    assert drawn["s_a"].get("class") == "sl-dia-flow is-sequence-flow"


def placed(*waypoints: tuple[int, int], extra: str = "", name: str = "不满意") -> bytes:
    """Return two tasks and a named flow between them without a place for its name."""
    points = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in waypoints)
    return (
        f'{HEAD}<bpmn:process id="p"><bpmn:task id="a"/><bpmn:task id="b"/>{extra}'
        f'<bpmn:sequenceFlow id="f" name="{name}" sourceRef="a" targetRef="b"/></bpmn:process>'
        '<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="pl" bpmnElement="p">'
        '<bpmndi:BPMNShape id="a_di" bpmnElement="a"><dc:Bounds x="0" y="0" width="100" height="80"/></bpmndi:BPMNShape>'
        '<bpmndi:BPMNShape id="b_di" bpmnElement="b"><dc:Bounds x="300" y="0" width="100" height="80"/>'
        f'</bpmndi:BPMNShape><bpmndi:BPMNEdge id="f_di" bpmnElement="f">{points}</bpmndi:BPMNEdge>'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    ).encode()


def label_boxes(found):
    labels = Labels(Scene(document=found, diagram=found.diagrams[0], language="zh", medium="page"))
    list(labels.drawn())
    return labels


@pytest.mark.parametrize(
    "waypoints",
    [
        ((100, 40), (300, 40)),
        ((50, 80), (50, 160), (350, 160), (350, 80)),
        ((100, 20), (200, 20), (200, 60), (300, 60)),
    ],
)
def test_a_name_stands_beside_its_line_and_not_over_it(waypoints):
    labels = label_boxes(read_bpmn(placed(*waypoints)).document)

    assert len(labels.taken) == 1
    assert [piece for piece in labels.lines if labels.taken[0].overlap(piece)] == []
    assert [shape for shape in labels.shapes if labels.taken[0].overlap(shape)] == []


def test_a_default_flow_is_crossed_and_a_conditional_one_has_a_diamond():
    condition = "<bpmn:conditionExpression>x</bpmn:conditionExpression>"
    conditional = placed((100, 40), (300, 40)).replace(
        b'targetRef="b"/>', f'targetRef="b">{condition}</bpmn:sequenceFlow>'.encode()
    )
    default = placed((100, 40), (300, 40)).replace(b'<bpmn:task id="a"/>', b'<bpmn:task id="a" default="f"/>')

    drawn = [draw_svg(read_bpmn(data).document) for data in (conditional, default)]

    assert ["sl-dia-condition" in svg for svg in drawn] == [True, False]
    assert ["sl-dia-default" in svg for svg in drawn] == [False, True]


HOSTILE = [
    "<script>alert(1)</script>",
    '"onload="x',
    "]]>&amp;",
    "\x07\x00",
    "a" * 5000,
    "客户\n" * 300,
    "  ",
]


def one_task(name: str) -> BpmnDocument:
    shape = Shape(id="a_di", element="a", bounds=Bounds(x=0, y=0, width=100, height=80))
    diagram = Diagram(id="d", plane=Plane(id="pl", element="p", items=(shape,)))
    task = Task(id="a", kind="user_task", name=name)
    return BpmnDocument(
        definitions=Definitions(roots=(Process(id="p", flow_elements=(task,)),), diagrams=(diagram,))
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_words(name):
    before = perf_counter()

    svg = draw_svg(one_task(name), markers={"a": {'"><script>'}}, pins={"a": Pin(text=name[:50])})

    tags = {node.tag.removeprefix(SVG) for node in ET.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "g", "path", "rect", "circle", "text", "tspan"}
    assert perf_counter() - before < 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.floats(20, 200), st.floats(15, 120))
def test_words_in_a_box_stay_in_it(text, width, height):
    lines, size = fitted(text, width, height, 14)

    assert all(width_of(line, size) <= width + size for line in lines)
    assert len(lines) * size * 1.25 <= max(height, size * 1.25) + 0.01


@given(st.text(st.sampled_from("客户投诉，处理。abc d（）"), max_size=40), st.integers(30, 150))
def test_lines_keep_every_letter_and_no_line_begins_with_a_closing_sign(text, width):
    lines = wrap(text, width, 12)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not [
        line
        for before, line in pairwise(lines)
        if line[0] in "，。）" and width_of(before, 12) < width - 24 and before[-1] not in "，。）"
    ]


def test_a_last_line_is_not_left_with_one_letter():
    assert balanced("分管领导签字确认", 84, 12) == ["分管领导", "签字确认"]
    assert balanced("Complaint arrives", 96, 12) == ["Complaint", "arrives"] or not is_broken(
        "Complaint arrives", balanced("Complaint arrives", 96, 12)
    )


def test_chinese_in_a_lane_stands_upright_and_english_is_turned():
    lane = (
        '<bpmn:laneSet id="ls"><bpmn:lane id="l" name="{}"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
        '</bpmn:laneSet><bpmn:task id="a" name="x"/>'
    )

    chinese, english = (groups(draw_svg(document(lane.format(name))))["l"] for name in ("客服部", "Service"))

    assert is_chinese("客服部")
    assert words_in(chinese) == ["客", "服", "部"]
    assert english.find(f"{SVG}g").get("transform").startswith("rotate(-90")


def test_every_icon_is_drawn_with_numbers_only():
    icons = [icon for table in (EVENTS, TASKS, REPEATS, GATEWAYS, PINS) for icon in table.values()]

    assert all(re.fullmatch(r"[MmLlHhVvCcSsQqAaZz0-9.\s-]+", icon.path + icon.over) for icon in icons)


def test_everything_lies_inside_the_picture():
    svg = ET.fromstring(draw_svg(GALLERY))
    left, top, width, height = map(float, svg.get("viewBox").split())

    boxes = [box_of(item.bounds) for item in GALLERY.diagrams[0].plane.items if isinstance(item, Shape)]

    assert not [item for item in GALLERY.diagrams[0].plane.items if isinstance(item, Edge)]
    assert all(left < box.x and box.right < left + width for box in boxes)
    assert all(top < box.y and box.bottom < top + height for box in boxes)
