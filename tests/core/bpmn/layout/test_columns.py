"""The cross-functional chart: departments as columns, phases as rows."""

from itertools import pairwise
from pathlib import Path

import pytest

from shuli.core.bpmn import draw_chart, read_bpmn
from shuli.core.bpmn.document import edges_of, shapes_of
from shuli.core.bpmn.layout.columns import lay_out_in_columns

LIBRARY = Path(__file__).parents[4] / "src/shuli/library"
FILES = sorted([*LIBRARY.glob("processes/*/process.bpmn"), *LIBRARY.glob("templates/*/process.bpmn")])


def document_of(file):
    return read_bpmn(file.read_bytes()).document


def chart_of(name):
    return lay_out_in_columns(document_of(LIBRARY / "processes" / name / "process.bpmn"))


def inside(box, other):
    return box.x <= other.x and box.x + box.width >= other.x + other.width


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_step_stands_in_the_column_of_its_department(file):
    document = lay_out_in_columns(document_of(file)).document
    shapes = shapes_of(document.diagrams[0])
    lanes = [
        lane for lane_set in document.process().lane_sets for lane in lane_set.lanes if lane.inner is None
    ]

    wrong = [
        node
        for lane in lanes
        for node in lane.nodes
        if not inside(shapes[lane.id].bounds, shapes[node].bounds)
    ]

    assert wrong == []


@pytest.mark.accepts("H3-21")
def test_the_rows_of_the_phases_follow_one_another_and_hold_what_belongs_to_them():
    chart = chart_of("P-NEW")

    assert [row.name.zh for row in chart.rows][:3] == ["需求提出", "可行性分析", "方案评审"]
    assert all(one.box.bottom == two.box.y for one, two in pairwise(chart.rows))
    shapes = shapes_of(chart.document.diagrams[0])
    last = chart.rows[-1].box
    assert [node for node, shape in shapes.items() if node.startswith("N7") and shape.bounds.y < last.y] == []


def test_the_flow_runs_downwards():
    shapes = shapes_of(chart_of("P-REVIEW").document.diagrams[0])

    assert shapes["R2"].bounds.y < shapes["R3"].bounds.y < shapes["R4"].bounds.y


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_lines_are_right_angled(file):
    edges = edges_of(lay_out_in_columns(document_of(file)).document.diagrams[0])

    slanted = [
        key
        for key, edge in edges.items()
        for one, two in pairwise(edge.waypoints)
        if one.x != two.x and one.y != two.y
    ]

    assert slanted == []


def test_a_process_without_phases_or_departments_has_no_rows():
    chart = lay_out_in_columns(document_of(LIBRARY / "templates/empty/process.bpmn"))

    assert chart.rows == ()
    assert "<svg" in draw_chart(chart.document)
