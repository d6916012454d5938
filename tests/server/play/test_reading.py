"""Expressions tell which values of a variable make a difference."""

import pytest

from shuli.server.play.reading import Candidates, Read


def learned(source, role="bool"):
    found = Candidates()
    found.read(Read(source=source, role=role))
    return found.values


@pytest.mark.parametrize(
    ("source", "path", "values"),
    [
        ("x > 5", ("x",), [5, 6, 4]),
        ('level = "major"', ("level",), ["major", "not major"]),
        ("approved", ("approved",), [True, False]),
        ("not(approved)", ("approved",), [True, False]),
        ("order.price <= 100", ("order", "price"), [100, 101, 99]),
        ("orders[2].price > 1", ("orders", "[]", "price"), [1, 2, 0]),
        ('kind in ("a", "b")', ("kind",), ["a", "not a", "b", "not b"]),
        ("x between 1 and 3", ("x",), [1, 2, 0, 3, 4]),
        ("flag = true", ("flag",), [True, False]),
    ],
)
def test_values_on_both_sides_of_a_condition_are_tried(source, path, values):
    assert learned(source)[path] == values


def test_what_an_expression_is_for_says_what_its_variable_holds():
    assert learned("people", "list") == {("people",): [["a", "b"]]}
    assert learned("n + 1", "any") == {("n",): [1, 2, 3]}


def test_true_and_one_are_different_values():
    found = Candidates()

    found.add(("x",), 1, True, 1.0)

    assert [type(value) for value in found.values["x",]] == [int, bool, float]
