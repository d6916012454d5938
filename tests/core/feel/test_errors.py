"""Errors name the place, several at a time, and cannot be changed."""

import pickle

import pytest

from shuli.core.feel import ExpressionError, compile_expression, compile_unary_tests


def places(text):
    return [(error.code, error.position) for error in compile_expression(text).errors]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("unexpected_end", 0)]),
        ("1 +", [("unexpected_end", 3)]),
        ("(1 + 2", [("unexpected_end", 6)]),
        ("1 + * 2", [("unexpected_token", 4)]),
        ('"abc', [("unclosed_string", 0)]),
        ("1 /* note", [("unclosed_comment", 2)]),
        ("if a then b", [("unexpected_end", 11)]),
        ("[1, 2,]", [("unexpected_token", 6)]),
        ("f(, 1)", [("unexpected_token", 2)]),
        ("{a: 1, a: 2}", [("duplicate_entry", 7)]),
        ("function(a, a) 1", [("duplicate_parameter", 12)]),
        ("x instance of thing", [("unknown_type", 14)]),
        ('@"yesterday"', [("wrong_literal", 0)]),
        ("a # b", [("unknown_character", 2)]),
        ("1e99999", [("out_of_range", 0)]),
        ("a in (1, 2) + (3, 4)", [("unexpected_token", 5), ("unexpected_token", 14)]),
    ],
)
def test_the_place_of_an_error_is_named(text, expected):
    assert places(text)[: len(expected)] == expected


def test_several_errors_are_reported_at_once():
    found = places("if a > then [1, ] else f(2 +)")

    assert [position for _, position in found] == [7, 16, 28]


def test_line_and_column_count_from_one():
    (error,) = compile_expression("1 +\n  2 +\n  )").errors

    assert (error.line, error.column) == (3, 3)
    assert "line 3, column 3" in str(error)


def test_an_expression_with_errors_raises_the_first_one_when_it_runs():
    expression = compile_expression("1 +")

    with pytest.raises(ExpressionError) as raised:
        expression.evaluate({})

    assert raised.value == expression.errors[0]


def test_an_expression_with_errors_explains_them():
    outcome = compile_expression("1 +").explain({})

    assert outcome.value is None
    assert [error.code for error in outcome.warnings] == ["unexpected_end"]


def test_an_error_never_changes():
    (error,) = compile_expression("1 +").errors

    with pytest.raises(AttributeError):
        error.code = "other"


def test_an_error_survives_pickling():
    (error,) = compile_expression("1 +").errors

    assert pickle.loads(pickle.dumps(error)) == error


def test_a_reason_names_the_expression_the_position_and_the_values():
    outcome = compile_expression("amount + rate > 10").explain({"amount": 3, "rate": "high"})

    first = outcome.warnings[0]
    assert outcome.value is None
    assert (first.code, first.position, first.params["right"]) == ("wrong_types", 7, "string")
    assert dict(first.values) == {"amount": "3", "rate": '"high"'}


def test_an_unknown_variable_is_null_and_named():
    outcome = compile_expression("amount > 10").explain({})

    assert outcome.value is None
    assert outcome.warnings[0].params["name"] == "amount"


def test_a_value_without_a_reason_has_no_warnings():
    assert compile_expression("1 > 0").explain({}).warnings == ()


@pytest.mark.parametrize("text", [">", "[1..", "not(", "1,", "< > 5", "-, 5"])
def test_a_broken_cell_has_errors(text):
    assert compile_unary_tests(text).errors != ()
