"""Values know their types, and an expression can be checked before it runs."""

import pytest

from shuli.core.feel import check_types, compile_expression, compile_unary_tests
from shuli.core.feel.types import ContextType, ListType, Simple


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 instance of number", True),
        ("1 instance of Any", True),
        ("null instance of number", False),
        ("null instance of Null", True),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("[] instance of list<string>", True),
        ("{a: 1} instance of context<a: number>", True),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("{a: 1} instance of context<a: number, b: number>", False),
        ("{a: 1} instance of context", True),
        ("[1..3] instance of range<number>", True),
        ('["a".."b"] instance of range<number>', False),
        ("(function(x: number) x) instance of function<number>->Any", True),
        ("(function(x: number) x) instance of function<string>->Any", False),
        ("(function(x) x) instance of function<number, number>->Any", False),
        ('@"2020-01-01" instance of date', True),
        ('@"2020-01-01T10:00:00" instance of date and time', True),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1Y" instance of days and time duration', False),
        ('@"P1Y" instance of years and months duration', True),
        ("1 + 2 instance of number", None),
    ],
)
def test_a_value_is_an_instance_of_its_types(text, expected):
    expression = compile_expression(text)

    assert expression.errors == ()
    assert expression.evaluate({}) is expected


TYPES = {
    "amount": "number",
    "name": "string",
    "due": "date",
    "urgent": "boolean",
    "lines": ListType(element=ContextType(entries=(("price", Simple.NUMBER), ("title", Simple.STRING)))),
}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('amount > 10 and name = "x"', []),
        ("amount > name", ["wrong_types"]),
        ("amount + due", ["wrong_types"]),
        ('due + duration("P1D")', []),
        ("due - due > amount", ["wrong_types"]),
        ("amount and urgent", ["wrong_type"]),
        ("if name then 1 else 2", ["wrong_type"]),
        ("amount = due", ["wrong_types"]),
        ("unknown > 5", ["unknown_name"]),
        ("lines[price > 5].title", []),
        ('lines[price > "5"]', ["wrong_types"]),
        ("lines.cost", ["no_entry"]),
        ("due.year > 2020", []),
        ("due.hour", ["no_property"]),
        ("sum(lines.price) > 5", []),
        ("substring(amount, 1)", ["wrong_arguments"]),
        ("substring(name)", ["wrong_arguments"]),
        ("upper case(name) > 5", ["wrong_types"]),
        ("amount in [1..5]", []),
        ('amount in ["a".."b"]', ["wrong_types", "wrong_types"]),
        ("amount between 1 and due", ["wrong_types"]),
        ("some line in lines satisfies line.price > 3", []),
        ("some line in lines satisfies line.title > 3", ["wrong_types"]),
        ("for i in 1..3 return i + name", ["wrong_types"]),
        ("{a: amount, b: a + name}", ["wrong_types"]),
        ("-name", []),
    ],
)
def test_what_can_never_work_is_reported(text, codes):
    found = check_types(compile_expression(text, tuple(TYPES)), TYPES)

    assert [error.code for error in found] == codes


def test_a_cell_is_checked_against_the_type_of_its_column():
    found = check_types(compile_unary_tests('"high", > 5'), {}, tested="number")

    assert [(error.code, error.position) for error in found] == [("wrong_types", 0)]
