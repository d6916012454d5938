"""A cell that can never fit the type of its column is an error at that cell."""

import pytest

from shuli.core.feel.dmn import DecisionTable, Input, Output, Rule, check_table


def wrong_cells(test, output, *, takes="number", gives="string"):
    table = DecisionTable(
        inputs=(Input(expression="x", type=takes),),
        outputs=(Output(name="answer", type=gives),),
        rules=(Rule(tests=("-",), outputs=("null",)), Rule(tests=(test,), outputs=(output,))),
    )
    findings = check_table(table, ("x",))
    return [(one.rules, one.column, one.params["found"]) for one in findings if one.code == "wrong_cell_type"]


@pytest.mark.parametrize(
    ("test", "output", "places"),
    [
        ("> 5", '"a"', []),
        ("[1..5], 7", "null", []),
        ('"five"', '"a"', [((2,), 1, "string")]),
        ('5, "five"', '"a"', [((2,), 1, "string")]),
        ("true", '"a"', [((2,), 1, "boolean")]),
        ('> date("2026-01-01")', '"a"', [((2,), 1, "date")]),
        ("5", "5", [((2,), 2, "number")]),
        ("5", "x + 1", []),
        ("5", 'string(x) + "!"', []),
        ("5", "1 + 1", [((2,), 2, "number")]),
        ("? * 2 > x", '"a"', []),
    ],
)
def test_a_cell_is_held_against_the_type_of_its_column(test, output, places):
    assert wrong_cells(test, output) == places


def test_a_column_without_a_type_or_with_one_of_the_model_takes_anything():
    assert wrong_cells('"five"', "5", takes="", gives="tLevel") == []
