"""Every built-in function of FEEL 1.5, with an example for each form."""

from datetime import UTC, datetime

import pytest

from shuli.core.feel import compile_expression, feel_text
from shuli.core.feel.functions.table import BUILTINS

EXAMPLES = [
    ('number("1 000,5", " ", ",")', "1000.5"),
    ('number("12.5")', "12.5"),
    ('number("x")', "null"),
    ('number("1.5", ".", ".")', "null"),
    ("string(1.1)", '"1.1"'),
    ('string([1, "a", {b: @"2020-01-01"}])', '"[1, \\"a\\", {b: 2020-01-01}]"'),
    ('date("2017-09-04")', "2017-09-04"),
    ('date("2017-9-4")', "null"),
    ("date(2017, 2, 29)", "null"),
    ('date(date and time("2017-09-04T10:00:00"))', "2017-09-04"),
    ('date("-2017-01-01")', "-2017-01-01"),
    (
        'date and time("2017-09-04T10:00:00.123456789@Asia/Shanghai")',
        "2017-09-04T10:00:00.123456789@Asia/Shanghai",
    ),
    ('date and time(@"2017-09-04", @"10:00:00Z")', "2017-09-04T10:00:00Z"),
    ('date and time(2017, 9, 4, 10, 0, 0, @"PT8H")', "2017-09-04T10:00:00+08:00"),
    ('time("23:59:60")', "null"),
    ("time(11, 59, 45.5, null)", "11:59:45.5"),
    ('time(11, 59, 45, @"-PT2H")', "11:59:45-02:00"),
    ('time(@"2017-09-04")', "00:00:00Z"),
    ('duration("P1DT2H")', "P1DT2H"),
    ('duration("P26M")', "P2Y2M"),
    ('duration("P1Y1D")', "null"),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', "P1Y8M"),
    ('context([{key: "a", value: 1}])', "{a: 1}"),
    ('range("[18..21)")', "[18..21)"),
    ('range("(..5]")', "(..5]"),
    ('range("[3..1]")', "null"),
    ("not(true)", "false"),
    ('substring("foobar", 3)', '"obar"'),
    ('substring("foobar", -2, 1)', '"a"'),
    ('substring("\\U01F40Eab", 2)', '"ab"'),
    ('substring(string: "foobar", start position: 3, length: 2)', '"ob"'),
    ('substring("foobar", 0)', "null"),
    ('string length("张三")', "2"),
    ('upper case("aß")', '"ASS"'),
    ('lower case("ABC")', '"abc"'),
    ('substring before("foobar", "bar")', '"foo"'),
    ('substring after("foobar", "ob")', '"ar"'),
    ('substring after("foobar", "x")', '""'),
    ('contains("foobar", "ob")', "true"),
    ('starts with("foobar", "fo")', "true"),
    ('ends with("foobar", "r")', "true"),
    ('matches("foobar", "^fo*b")', "true"),
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
    ('split("a;b;;", ";")', '["a", "b", "", ""]'),
    ('string join(["a", null, "c"], "-")', '"a-c"'),
    ('string join(["a", 1])', "null"),
    ("list contains([1, null], null)", "true"),
    ("count([1, 2])", "2"),
    ("min([3, 1, 2])", "1"),
    ("min(3, 1, 2)", "1"),
    ('max("a", "b")', '"b"'),
    ("max([])", "null"),
    ("sum([1, 2, 3])", "6"),
    ('sum(@"P1D", @"P2D")', "P3D"),
    ('sum([1, "a"])', "null"),
    ("mean([1, 2, 6])", "3"),
    ("all([true, null])", "null"),
    ("all(true, false)", "false"),
    ("any([])", "false"),
    ("sublist([4, 5, 6], 2)", "[5, 6]"),
    ("sublist([4, 5, 6], -2, 1)", "[5]"),
    ("append([1], 2, 3)", "[1, 2, 3]"),
    ("concatenate([1], [2, 3])", "[1, 2, 3]"),
    ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
    ("remove([1, 2, 3], 2)", "[1, 3]"),
    ("list replace([2, 4, 7], 3, 6)", "[2, 4, 6]"),
    ("list replace([2, 4, 7], function(item, newItem) item < newItem, 5)", "[5, 5, 7]"),
    ("reverse([1, 2])", "[2, 1]"),
    ("index of([1, 2, 1], 1)", "[1, 3]"),
    ("union([1, 2], [2, 3])", "[1, 2, 3]"),
    ('distinct values([1, 1.0, "1", null, null])', '[1, "1", null]'),
    ("flatten([[1, [2]], 3])", "[1, 2, 3]"),
    ("product([2, 3, 4])", "24"),
    ("median([8, 2, 5, 3])", "4"),
    ("stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"),
    ("mode([6, 3, 9, 6, 6, 3, 3])", "[3, 6]"),
    ("sort([3, 1, 2])", "[1, 2, 3]"),
    ("decimal(2.5, 0)", "2"),
    ("floor(-1.56, 1)", "-1.6"),
    ("ceiling(1.5)", "2"),
    ("round up(-5.5, 0)", "-6"),
    ("round down(-5.5, 0)", "-5"),
    ("round half up(-5.5, 0)", "-6"),
    ("round half down(5.5, 0)", "5"),
    ('abs(@"-P1D")', "P1D"),
    ("modulo(-12, 5)", "3"),
    ("modulo(12, -5)", "-3"),
    ("modulo(1, 0)", "null"),
    ("sqrt(16)", "4"),
    ("sqrt(-1)", "null"),
    ("log(10)", "2.302585092994045684017991454684364"),
    ("exp(5)", "148.4131591025766034211155800405523"),
    ("odd(5)", "true"),
    ("even(5.5)", "null"),
    ('is(@"10:00:00Z", @"10:00:00+00:00")', "true"),
    ('is(@"10:00:00Z", @"11:00:00+01:00")', "false"),
    ('is(@"10:00:00+01:00", @"10:00:00@Europe/Paris")', "true"),
    ('is(@"2026-07-01T10:00:00+01:00", @"2026-07-01T10:00:00@Europe/Paris")', "false"),
    ('day of year(@"2019-09-17")', "260"),
    ('day of week(@"2019-09-17")', '"Tuesday"'),
    ('month of year(@"2019-09-17")', '"September"'),
    ('week of year(@"2005-01-01")', "53"),
    ('last day of month(@"2024-02-10")', "2024-02-29"),
    ("today()", "2026-03-02"),
    ("now()", "2026-03-02T09:30:00Z"),
    ('get value({a: {b: 1}}, ["a", "b"])', "1"),
    ('get value({a: 1}, "b")', "null"),
    ("get entries({a: 1})", '[{key: "a", value: 1}]'),
    ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
    ('context put({a: {b: 1}}, ["a", "b"], 2)', "{a: {b: 2}}"),
    ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
    ("before(1, 10)", "true"),
    ("after([5..10], 4)", "true"),
    ("meets([1..5], [5..10])", "true"),
    ("met by([5..10], [1..5])", "true"),
    ("overlaps([1..5], [3..8])", "true"),
    ("overlaps before([1..5], [3..8])", "true"),
    ("overlaps after([3..8], [1..5])", "true"),
    ("finishes(10, [1..10])", "true"),
    ("finished by([1..10], [5..10])", "true"),
    ("includes([1..10], (4..6))", "true"),
    ("during((4..6), [1..10])", "true"),
    ("starts(1, [1..10])", "true"),
    ("started by([1..10], [1..5])", "true"),
    ("coincides([1..5], [1..5])", "true"),
    ("before((< 5), [5..10])", "true"),
]
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_a_function_has_its_value(text, expected):
    expression = compile_expression(text)

    assert expression.errors == ()
    assert feel_text(expression.evaluate({}, NOW)) == expected


def test_every_function_has_an_example():
    texts = " ".join(text for text, _ in EXAMPLES)

    missing = [name for name in BUILTINS if f"{name}(" not in texts]

    assert missing == []


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_every_function_survives_wrong_arguments(name):
    for arguments in ("", "null", '"x", {a: 1}, 5, null, true, [1], 7, 8'):
        outcome = compile_expression(f"{name}({arguments})").explain({})

        assert not isinstance(outcome.value, Exception)


def test_without_a_clock_there_is_no_present():
    outcome = compile_expression("now()").explain({})

    assert outcome.value is None
    assert outcome.warnings[0].code == "no_clock"


def test_a_function_can_be_handed_over():
    assert compile_expression("(function(f) f(9))(sqrt)").evaluate({}) == 3


def test_a_wrong_argument_is_named():
    outcome = compile_expression("substring(5, 1)").explain({})

    (warning,) = outcome.warnings
    assert warning.code == "wrong_argument"
    assert dict(warning.params) == {
        "function": "substring", "name": "string", "expected": "string", "found": "number",
    }  # fmt: skip
