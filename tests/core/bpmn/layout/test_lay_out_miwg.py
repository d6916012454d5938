"""Models that others made, drawn anew."""

import os
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from core.bpmn.layout.rules import drawing_of, hosts_in
from shuli.core.bpmn import read_bpmn
from shuli.core.bpmn.elements import Group
from shuli.core.bpmn.layout import lay_out

DATA = Path(os.environ.get("SHULI_TEST_DATA", Path(__file__).parents[4].parent / "shared/data"))
MIWG = sorted(DATA.glob("miwg/*.bpmn"))


@pytest.fixture(autouse=True)
def _data_is_there():
    if MIWG:
        return
    message = f"Expected the MIWG models under {DATA} but found none; set SHULI_TEST_DATA."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def shown_in(document):
    return {item.element for diagram in document.diagrams for item in diagram.plane.items}


@pytest.mark.parametrize("file", MIWG, ids=lambda file: file.stem)
def test_everything_that_was_drawn_is_drawn_again(file):
    document = read_bpmn(file.read_bytes()).document

    drawn = lay_out(document)

    assert shown_in(document) - shown_in(drawn) == set()


@pytest.mark.parametrize("file", MIWG, ids=lambda file: file.stem)
def test_shapes_stand_apart_and_lines_are_right_angled(file):
    drawn = lay_out(read_bpmn(file.read_bytes()).document)

    hosts = hosts_in(drawn)
    for number in range(len(drawn.diagrams)):
        drawing = drawing_of(drawn, number)
        boxes = {key: box for key, box in drawing.boxes.items() if not isinstance(drawn.elements[key], Group)}
        for (one, box), (two, other) in combinations(boxes.items(), 2):
            assert hosts.get(one) == two or hosts.get(two) == one or not box.overlaps(other), (one, two)
        for key, route in drawing.routes.items():
            assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(route)), key
