"""What differs between two versions of a process."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.engine.random_models import random_model
from library.shipped import graph as graph_of
from shuli.core.bpmn.compare import FACETS, compare, flows_of, marks
from shuli.core.bpmn.graph import Duty, Output, Performer
from shuli.core.text import Text
from shuli.core.worktime import WorkingDays

SEEDS = st.integers(0, 5_000)
MIRROR = {"added": "removed", "removed": "added", "changed": "changed"}


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_model_does_not_differ_from_itself(seed):
    assert compare(random_model(seed), random_model(seed)) == ()


@given(SEEDS, SEEDS)
@settings(max_examples=60, deadline=None)
def test_backwards_what_came_has_gone(one, other):
    before, after = random_model(one), random_model(other)

    there = {(d.kind, d.part, d.facet) for d in compare(before, after) if d.part != "flow"}
    back = {(MIRROR[d.kind], d.part, d.facet) for d in compare(after, before) if d.part != "flow"}

    assert {row for row in there if row[0] != "changed"} == {row for row in back if row[0] != "changed"}


@given(SEEDS, SEEDS)
@settings(max_examples=60, deadline=None)
def test_every_node_that_came_or_went_is_named(one, other):
    before, after = random_model(one), random_model(other)

    found = compare(before, after)

    nodes = {"activity", "event", "gateway"}
    added = {d.element for d in found if d.kind == "added" and d.part in nodes}
    removed = {d.element for d in found if d.kind == "removed" and d.part in nodes}
    assert added == set(after.nodes) - set(before.nodes)
    assert removed == set(before.nodes) - set(after.nodes)


def with_node(graph, node_id, **changes):
    nodes = dict(graph.nodes)
    nodes[node_id] = msgspec.structs.replace(nodes[node_id], **changes)
    return msgspec.structs.replace(graph, nodes=nodes)


def with_duty(graph, node_id, **changes):
    duty = msgspec.structs.replace(graph.nodes[node_id].duty, **changes)
    return with_node(graph, node_id, duty=duty)


DUTIES = {
    "lead": '"finance"', "cooperating": ('"legal"',), "performer": Performer(kind="starter"),
    "limits": (WorkingDays(amount=9),), "form": "other", "rights": {"a": "hidden"}, "inputs": ("a",),
    "outputs": (Output(document="x"),), "decision": True, "key_control_point": True, "standard": Text(zh="好"),
    "transfer_needs_reason": False, "most_rounds": 3, "returns": "none",
}  # fmt: skip


@given(st.integers(0, 500), st.data())
@settings(max_examples=80, deadline=None)
def test_whatever_changes_in_a_duty_is_said_at_its_node(seed, data):
    before = random_model(seed)
    node = data.draw(st.sampled_from(sorted(before.nodes)))
    name = data.draw(st.sampled_from(sorted(DUTIES)))
    after = with_duty(before, node, **{name: DUTIES[name]})

    found = compare(before, after)

    is_same = getattr(before.nodes[node].duty, name) == DUTIES[name]
    expected = [] if is_same else [(node, name if name in FACETS else "other")]
    assert [(d.element, d.facet) for d in found] == expected


@pytest.fixture(scope="module")
def complaint():
    return graph_of("P-COMPLAINT")


def test_a_shorter_limit_and_another_performer_are_told(complaint):
    node = next(key for key, one in complaint.nodes.items() if one.duty.limits and one.duty.performer)
    after = with_duty(complaint, node, limits=(WorkingDays(amount=1),), performer=Performer(kind="owner"))

    found = compare(complaint, after)

    assert [(d.kind, d.part, d.element, d.facet) for d in found] == [
        ("changed", "activity", node, "performer"),
        ("changed", "activity", node, "limits"),
    ]
    assert marks(found, on="after") == marks(found, on="before") == {node: ("sl-changed",)}


def test_a_flow_drawn_anew_between_the_same_nodes_is_the_same_flow(complaint):
    flow = next(one for one in flows_of(complaint).values() if one.condition)
    source = complaint.nodes[flow.source]
    again = tuple(
        msgspec.structs.replace(one, id="Flow_new", condition="true") if one.id == flow.id else one
        for one in source.outgoing
    )

    found = compare(complaint, with_node(complaint, source.id, outgoing=again))

    assert [(d.kind, d.part, d.element, d.facet) for d in found] == [
        ("changed", "flow", "Flow_new", "condition")
    ]


def test_a_node_that_came_is_marked_on_the_new_diagram_only(complaint):
    nodes = dict(complaint.nodes)
    node = next(key for key, one in nodes.items() if one.kind == "user_task")
    del nodes[node]
    before = msgspec.structs.replace(complaint, nodes=nodes)

    found = compare(before, complaint)

    assert marks(found, on="after")[node] == ("sl-added",)
    assert node not in marks(found, on="before")


def test_owner_goal_and_numbering_of_the_process_are_told(complaint):
    after = msgspec.structs.replace(complaint, owner="owner-new", goal=Text(zh="快"), number_pattern="X{seq}")

    assert [(d.part, d.facet, d.after) for d in compare(complaint, after)] == [
        ("process", "goal", Text(zh="快")),
        ("process", "owner", "owner-new"),
        ("process", "numbering", "X{seq}"),
    ]


def test_no_field_of_a_duty_is_forgotten():
    """A field that is new and in no facet is told as "other", never swallowed."""
    from shuli.core.bpmn.compare import TOLD_DUTY

    assert set(TOLD_DUTY) <= set(Duty.__struct_fields__)
    assert set(TOLD_DUTY) <= set(FACETS)
