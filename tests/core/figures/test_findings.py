"""Findings say what the figures say, each with its number."""

from hypothesis import given
from hypothesis import strategies as st

from shuli.core.figures import Line, findings

VALUES = st.lists(st.one_of(st.none(), st.integers(0, 100).map(float)), max_size=14).map(tuple)


def line(*values, place="", **facts):
    return Line(
        figure="on_time",
        place=place,
        values=tuple(values),
        **{"target": 95.0, "better": "up", "weight": 1.0, **facts},
    )


def codes(*lines):
    return {(one.section, one.code) for one in findings(lines)}


def test_a_falling_rate_below_its_target_is_a_trend_and_a_problem():
    found = codes(line(99.0, 98.0, 97.0, 96.0, 95.0, 90.0))

    assert found >= {("trend", "worse"), ("problem", "off_target"), ("problem", "worse_in_a_row")}


def test_a_rising_rate_on_target_is_a_trend_only():
    assert codes(line(95.0, 96.0, 97.0, 98.0, 99.0)) == {("trend", "better")}


def test_a_fall_to_just_above_the_target_is_a_warning():
    assert codes(line(99.0, 96.0)) == {("problem", "near_target")}


def test_a_value_that_stands_apart_now_is_a_problem_and_one_of_the_past_is_not():
    calm = (97.0, 98.0, 97.0, 99.0, 97.5, 98.5, 97.0, 98.0)

    assert ("problem", "outlier") in codes(line(*calm, 60.0))
    assert ("problem", "outlier") not in codes(line(60.0, *calm))


def test_the_best_of_several_places_is_an_opportunity():
    lines = [line(80.0, place="a"), line(82.0, place="b"), line(99.0, place="c")]

    [found] = [one for one in findings(lines) if one.code == "best_practice"]
    assert (found.place, found.value, found.other) == ("c", 99.0, 87.0)


def test_the_place_with_most_of_the_waiting_is_an_opportunity():
    lines = [
        line(5.0, place=place, better="down", target=None, weight=weight)
        for place, weight in (("a", 1.0), ("b", 1.0), ("c", 8.0))
    ]

    [found] = [one for one in findings(lines) if one.code == "largest_part"]
    assert (found.place, found.other) == ("c", 0.8)


@given(st.dictionaries(st.sampled_from("abcd"), st.none() | st.integers(0, 100).map(float)), VALUES)
def test_findings_do_not_depend_on_the_order_of_the_lines(lasts, values):
    lines = [line(*values), *(line(last, place=place) for place, last in lasts.items())]

    assert findings(lines) == findings(lines[::-1])
