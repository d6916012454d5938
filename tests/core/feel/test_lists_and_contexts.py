"""Lists, contexts, paths, filters, loops and functions."""

import pytest

from shuli.core.feel import compile_expression, feel_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3][1]", "1"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][4]", "null"),
        ("[1, 2, 3][0]", "null"),
        ("[1, 2, 3][item > 1]", "[2, 3]"),
        ("[1, 2, 3][1 + 1]", "2"),
        ("[1, 2, 3][true]", "[1, 2, 3]"),
        ("5[1]", "5"),
        ("5[item > 9]", "[]"),
        ("null[1]", "null"),
        ('[1, 2]["x"]', "null"),
        ("[1, 2][false]", "[]"),
        ("[1, null, 3][item > 2]", "[3]"),
        ("[{a: 1}, {a: 2}][a > 1]", "[{a: 2}]"),
        ("[{a: 1}, {a: 2}].a", "[1, 2]"),
        ("[{a: 1}, {b: 2}].a", "[1, null]"),
        ("[{item: 1}, {item: 2}][item > 1]", "[{item: 2}]"),
        ("[{v: 1}, {v: 9}][item.v > limit]", "[{v: 9}]"),
        ("{a: 1, b: {c: a + 1}}.b.c", "2"),
        ('{"two words": 1}.two words', "1"),
        ("{a: 1}.b", "null"),
        ("for i in 1..3 return i * i", "[1, 4, 9]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in [1..3] return i", "[1, 2, 3]"),
        ("for i in (1..3) return i", "[2]"),
        ("for i in 1..2, j in [i, 10] return i * j", "[1, 10, 4, 20]"),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"),
        ("for i in 1..3 return partial", "[[], [[]], [[], [[]]]]"),
        ("for i in 1..3 return count(partial)", "[0, 1, 2]"),
        ('for d in @"2020-02-28"..@"2020-03-01" return d', "[2020-02-28, 2020-02-29, 2020-03-01]"),
        ("for i in 5 return i", "[5]"),
        ("for i in null return i", "null"),
        ("some x in [1, 2] satisfies x > 1", "true"),
        ("every x in [1, 2] satisfies x > 1", "false"),
        ("every x in [] satisfies false", "true"),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", "true"),
        ("some x in [1] satisfies null", "null"),
        ("(function(a, b) a - b)(5, 2)", "3"),
        ("(function(a, b) a - b)(b: 5, a: 2)", "-3"),
        ("(function(a) a)(1, 2)", "null"),
        ("(function(a: number) a)([5])", "5"),
        ('(function(a: number) a)("x")', "null"),
        ("(function(a: list<number>) a)(5)", "[5]"),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1)}.f(5)", "120"),
        ("(for x in [1, 2] return function() x)[1]()", "1"),
        ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
        ('{a: "\\u0041\\U01F40E"}.a', '"A🐎"'),
        ("1 // a note\n + /* another */ 2", "3"),
    ],
)
def test_an_expression_has_its_value(text, expected):
    expression = compile_expression(text)

    assert expression.errors == ()
    assert feel_text(expression.evaluate({"limit": 5})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2018-12-10".year', "2018"),
        ('@"2018-12-10".weekday', "1"),
        ('@"2018-12-10T10:30:01".minute', "30"),
        ('@"10:30:01+05:00".time offset', "PT5H"),
        ('@"10:30:01@Asia/Shanghai".timezone', '"Asia/Shanghai"'),
        ('@"2026-07-01T00:00:00@Europe/Paris".time offset', "PT2H"),
        ('@"2026-01-01T00:00:00@Europe/Paris".time offset', "PT1H"),
        ('@"P1DT2H3M4.5S".seconds', "4.5"),
        ('@"-P1DT2H".hours', "-2"),
        ('@"P2Y3M".months', "3"),
        ("[1..10).end included", "false"),
        ("(>= 10).start", "10"),
        ("(< 10).start", "null"),
        ('@"P1Y".days', "null"),
        ('"text".length', "null"),
    ],
)
def test_a_value_has_its_properties(text, expected):
    assert feel_text(compile_expression(text).evaluate({})) == expected


def test_a_result_may_be_changed_by_its_receiver():
    expression = compile_expression("[1, 2]")

    expression.evaluate({}).append(3)

    assert feel_text(expression.evaluate({})) == "[1, 2]"


def test_a_function_keeps_the_scope_that_it_was_made_in():
    adder = compile_expression("function(a) a + base").evaluate({"base": 10})

    result = compile_expression("add(5)").evaluate({"add": adder, "base": 1000})

    assert result == 15
