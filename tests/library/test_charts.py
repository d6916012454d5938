"""The cross-functional chart of every process that ships, as a reader meets it: few crossings, every word free."""

from functools import cache
from importlib import resources
from itertools import combinations

import pytest

from core.bpmn.layout.rules import drawing_of, hosts_in, lines_on_one_another, names_that_touch, stretches
from library.shipped import KEYS
from shuli.core.bpmn import read_bpmn
from shuli.core.bpmn.layout.columns import lay_out_in_columns
from shuli.core.bpmn.layout.quality import crossings

LIBRARY = resources.files("shuli.library")
PLACES = [*(f"processes/{key}" for key in KEYS), *(f"company/processes/{one}" for one in ("X-618/1", "X-LAUNCH/1", "X-LAUNCH/2"))]  # fmt: skip
# What no order of these departments and phases avoids, as far as is known. P-COMPLAINT: the timer that tells the customer
# leaves the round "assign – solve – refuse" from within. X-LAUNCH 1: three desks in a row that each may skip to the end.
MOST_CROSSINGS = {"processes/P-COMPLAINT": 1, "company/processes/X-LAUNCH/1": 1}

pytestmark = pytest.mark.parametrize("place", PLACES)


@cache
def chart(place):
    return lay_out_in_columns(read_bpmn((LIBRARY / place / "process.bpmn").read_bytes()).document).document


def test_no_line_crosses_another_where_it_can_be_avoided(place):
    assert len(crossings(drawing_of(chart(place)))) <= MOST_CROSSINGS.get(place, 0)


def test_no_name_lies_over_a_line_a_shape_or_another_name(place):
    drawing = drawing_of(chart(place))

    assert drawing.labels
    assert list(names_that_touch(drawing)) == []


def test_no_two_lines_lie_on_one_another(place):
    assert list(lines_on_one_another(drawing_of(chart(place)))) == []


def test_no_shape_lies_over_another(place):
    boxes, hosts = drawing_of(chart(place)).boxes, hosts_in(chart(place))

    over = [
        (one, two)
        for one, two in combinations(boxes, 2)
        if boxes[one].overlaps(boxes[two]) and hosts.get(one) != two and hosts.get(two) != one
    ]
    assert over == []


def test_no_line_passes_through_a_shape(place):
    document = chart(place)
    drawing, hosts = drawing_of(document), hosts_in(document)
    for line, stretch in stretches(drawing):
        ends = {document.elements[line].source, document.elements[line].target}
        own = ends | {hosts.get(end) for end in ends}
        through = [key for key, box in drawing.boxes.items() if key not in own and box.overlaps(stretch)]
        assert through == [], line
