"""A pie shows every part of the whole once, the small ones together; its words come through escaped."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.monitoring.dashboards.pies import LOOKS, Part, pie


def part(value, label="部门"):
    return Part(label=label, value=value, words="")


def shares(drawn):
    return [float(one) for one in re.findall(r">(\d+\.\d)%<", drawn)]


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=20))
def test_the_shares_are_those_of_the_whole_largest_first_in_few_parts(values):
    found = shares(pie("x", [part(value) for value in values], "其他"))

    assert len(found) == min(len(values), LOOKS)
    assert abs(sum(found) - 100) < 0.1 * LOOKS
    assert found[: LOOKS - 1] == sorted(found[: LOOKS - 1], reverse=True)


def test_what_is_not_divided_is_no_pie():
    assert pie("x", [], "其他") is None
    assert pie("x", [part(3), part(0)], "其他") is None


def test_names_cannot_become_markup():
    assert "<b>" not in pie("<b>", [part(1, "<b>"), part(2)], "其他")
