"""What holds for every drawing of shapes and lines in lanes."""

from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.bpmn.layout.rules import broken_rules
from core.bpmn.layout.sketches import blocks, link, name, shape, sketch_of, sketches
from shuli.core.bpmn.layout import Sketch, draw
from shuli.core.bpmn.layout.quality import crossings
from shuli.core.bpmn.layout.values import Jump

slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(sketches())
def test_any_drawing_keeps_shapes_lines_and_names_apart(sketch):
    assert broken_rules(sketch, draw(sketch)) == []


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 30), st.integers(1, 5))
def test_a_process_of_blocks_keeps_shapes_lines_and_names_apart(seed, count, lanes):
    sketch = blocks(seed, count, lanes)

    drawing = draw(sketch)

    assert broken_rules(sketch, drawing) == []


@settings(max_examples=10, deadline=None)
@given(sketches(most=10))
def test_the_same_sketch_gives_the_same_drawing(sketch):
    assert draw(sketch) == draw(sketch)


@pytest.mark.parametrize("seed", [0, 5, 10, 15, 20])
def test_nested_blocks_in_one_lane_are_drawn_without_a_crossing(seed):
    sketch = blocks(seed, 25)

    assert crossings(draw(sketch)) == []


def test_a_planted_planar_graph_over_three_lanes_has_no_crossing():
    sketch = sketch_of(
        "a>b", "b>c", "c>d", "b>e", "e>f", "f>d", "e>g", "g>h", "h>f", "d>i", "i>b",
        a=0, b=0, c=0, d=0, i=0, e=1, f=1, g=2, h=2,
    )  # fmt: skip

    assert crossings(draw(sketch)) == []


def test_a_sequence_in_one_lane_is_one_straight_line_from_left_to_right():
    sketch = sketch_of("a>b", "b>c", "c>d")

    drawing = draw(sketch)

    assert all(len(route) == 2 for route in drawing.routes.values())
    places = [drawing.boxes[key].x for key in "abcd"]
    assert places == sorted(places)


def test_a_hand_over_to_the_next_lane_runs_straight_down():
    sketch = sketch_of("a>b", "b>c", "c>d", a=0, b=0, c=1, d=1)

    drawing = draw(sketch)

    (x1, _), (x2, _) = drawing.routes["b-c"]
    assert x1 == x2


def test_a_loop_is_led_around_the_shapes_between():
    sketch = sketch_of("a>b", "b>c", "c>d", "d>b")

    drawing = draw(sketch)

    assert broken_rules(sketch, drawing) == []
    assert [len(drawing.routes[key]) for key in ("a-b", "b-c", "c-d")] == [2, 2, 2]


def test_boundary_events_sit_on_the_border_of_their_activity():
    events = [
        shape(key, outline="circle", label=name(60), attached_to="work")
        for key in ("late", "refused", "lost")
    ]
    tasks = [shape("work"), shape("next"), shape("remind"), shape("mend")]
    links = [link("work", "next"), link("late", "remind"), link("refused", "mend"), link("lost", "next")]
    sketch = Sketch(shapes=(*tasks, *events), links=tuple(links))

    drawing = draw(sketch)

    host = drawing.boxes["work"]
    for event in events:
        x, y = drawing.boxes[event.id].middle
        assert host.x < x < host.right
        assert y in (host.y, host.bottom)
    assert broken_rules(sketch, drawing) == []


def test_an_open_sub_process_covers_several_columns_without_touching_its_neighbours():
    shapes = [
        shape("before"),
        shape("inside", width=620, height=240),
        shape("after"),
        shape("above"),
        shape("end"),
    ]
    links = [link("before", "inside"), link("inside", "after"), link("before", "above"), link("above", "end")]
    sketch = Sketch(shapes=tuple(shapes), links=tuple(links))

    drawing = draw(sketch)

    assert drawing.boxes["inside"].width >= 620
    assert broken_rules(sketch, drawing) == []


def test_a_note_stands_above_or_below_what_it_explains():
    note = shape("note", width=120, height=40, beside="b")
    sketch = sketch_of("a>b", "b>c")
    sketch = Sketch(
        shapes=(*sketch.shapes, note), links=(*sketch.links, link("note", "b", kind="association"))
    )

    drawing = draw(sketch)

    assert drawing.boxes["note"].middle[0] == drawing.boxes["b"].middle[0]
    assert broken_rules(sketch, drawing) == []


def test_a_hidden_pool_takes_messages_anywhere_along_its_border():
    pool = shape("customer", lane=1, width=0, height=60, wide=True)
    sketch = sketch_of("a>b", "b>c")
    messages = [link("a", "customer", name(60), "message"), link("customer", "c", kind="message")]
    sketch = Sketch(shapes=(*sketch.shapes, pool), links=(*sketch.links, *messages), lanes=2)

    drawing = draw(sketch)

    assert all(len(drawing.routes[message.id]) == 2 for message in messages)
    assert drawing.boxes["customer"].width > drawing.boxes["c"].right - drawing.boxes["a"].x


def test_nothing_to_draw_is_an_empty_drawing():
    assert draw(Sketch(shapes=())).boxes == {}


@pytest.mark.parametrize("lanes", [1, 5])
def test_two_hundred_shapes_take_less_than_two_seconds(lanes):
    sketch = blocks(7, 200, lanes)

    begun = process_time()
    drawing = draw(sketch)

    assert process_time() - begun < 2
    assert broken_rules(sketch, drawing) == []


def test_what_follows_a_connector_stands_to_the_right_of_it():
    sketch = sketch_of("start>work", "work>out", "in>more", "more>done")
    jumps = (Jump(source="out", target="in"),)

    boxes = draw(replace(sketch, jumps=jumps)).boxes

    assert boxes["out"].x < boxes["in"].x
    assert draw(sketch).boxes["in"].x < boxes["in"].x


def test_a_connector_that_leads_back_moves_nothing():
    sketch = sketch_of("start>again", "back>again", "again>work", "work>out")

    drawing = draw(replace(sketch, jumps=(Jump(source="out", target="back"),)))

    assert drawing == draw(sketch)
