"""Comparison and logic have three values: true, false and null."""

import pytest

from shuli.core.feel import compile_expression, compile_unary_tests

TABLE = [
    ("true and true", True),
    ("true and false", False),
    ("false and null", False),
    ("null and false", False),
    ("true and null", None),
    ('false and "x"', False),
    ('true and "x"', None),
    ("true and true and null and false", False),
    ("true or null", True),
    ("null or true", True),
    ("false or null", None),
    ("false or false or false", False),
    ("false or 1", None),
    ("not(true)", False),
    ("not(null)", None),
    ("1 = 1.0", True),
    ('1 = "1"', None),
    ("1 != null", True),
    ("null = null", True),
    ("1 < 2", True),
    ('"a" < "b"', True),
    ("true < false", None),
    ("1 < null", None),
    ("[1, 2] = [1, 2]", True),
    ("[1, 2] = [2, 1]", False),
    ("{a: 1} = {a: 1}", True),
    ("{a: 1} = {b: 1}", False),
    ("[1..3] = [1..3]", True),
    ("[1..3] = (1..3]", False),
    ('@"PT24H" = @"P1D"', True),
    ('@"P1Y" = @"P12M"', True),
    ('@"P1Y" = @"P365D"', None),
    ('@"2020-01-01T10:00:00+08:00" = @"2020-01-01T02:00:00Z"', True),
    ('@"10:00:00" = @"10:00:00Z"', False),
    ('@"10:30:00+01:00" = @"10:30:00@Europe/Paris"', True),
    ('@"2020-01-01" < @"2020-01-01T00:00:01Z"', True),
    ('@"99999-01-01" > @"2020-01-01"', True),
    ("5 between 1 and 10", True),
    ("5 between 6 and 10", False),
    ("5 between 1 and null", None),
    ("11 between 1 and null", None),
    ("if null then 1 else 2", 2),
    ('if "x" then 1 else 2', 2),
    ("1 in [1, 2]", True),
    ("5 in (1..5)", False),
    ("5 in (1..5]", True),
    ("5 in [1..5[", False),
    ("5 in ]1..5]", True),
    ("5 in (> 3, < 1)", True),
    ("5 in < 3", False),
    ("5 in (=5)", True),
    ("5 in != 5", False),
    ("5 in [[1..2], [4..6]]", True),
    ("null in [1..2]", None),
    ("5 in (? > 4)", True),
    ("x in [1..3] and y", True),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_logic_has_three_values(text, expected):
    expression = compile_expression(text)

    assert expression.errors == ()
    assert expression.evaluate({"x": 2, "y": True}) is expected or (
        expression.evaluate({"x": 2, "y": True}) == expected and not isinstance(expected, bool)
    )


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_a_reason_is_given_for_every_null(text, expected):
    outcome = compile_expression(text).explain({"x": 2, "y": True})

    assert outcome.value == expected
    assert bool(outcome.warnings) or outcome.value is not None


CELLS = [
    ("-", 5, True),
    ("5", 5, True),
    ("5", 6, False),
    ("> 5", 6, True),
    ("> 5", None, None),
    ("[1..5], 9", 9, True),
    ("not(1, 2)", 3, True),
    ("not(1, 2)", 1, False),
    ('"a", "b"', "b", True),
    ('not("a")', "a", False),
    ("? > 3 and ? < 6", 5, True),
    ("limit", 7, True),
    ("> limit", 8, True),
    ("[1, 2, 3]", 3, True),
    ("true", True, True),
    ("true", False, False),
    ("false", False, True),
    ("null", None, True),
    ('starts with(?, "ab")', "abc", True),
    ('@"2020-01-01"', "2020", None),
    ("not(null)", 1, True),
]


@pytest.mark.parametrize(("text", "tested", "expected"), CELLS)
def test_a_cell_tests_its_value(text, tested, expected):
    expression = compile_unary_tests(text, ("limit",))

    assert expression.evaluate({"?": tested, "limit": 7}) is expected
