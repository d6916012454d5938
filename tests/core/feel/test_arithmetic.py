"""Numbers keep 34 digits, dates and durations add up, and what cannot be computed is null with a reason."""

from decimal import Decimal

import pytest

from shuli.core.feel import compile_expression, feel_text


def value(text, **context):
    expression = compile_expression(text)
    assert expression.errors == ()
    return expression.evaluate(context)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("2 ** 3 ** 2", "64"),
        ("-3 ** 2", "9"),
        ("5 ** -1", "0.2"),
        ("0 ** 0", "1"),
        ("--5", "5"),
        ("1/3", "0.3333333333333333333333333333333333"),
        ("0.1 + 0.2", "0.3"),
        (".5 + 1.2e3", "1200.5"),
        ("2e-3", "0.002"),
        ('"a" + "b"', '"ab"'),
        ("1.10 = 1.1", "true"),
        ("string(1.50)", '"1.5"'),
    ],
)
def test_numbers_and_strings_are_computed(text, expected):
    assert feel_text(value(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2021-01-31" + @"P1M"', "2021-02-28"),
        ('@"P1D" + @"2020-02-28"', "2020-02-29"),
        ('@"2021-03-01" - @"P1Y"', "2020-03-01"),
        ('@"2021-03-01" - @"2021-02-01"', "P28D"),
        ('@"2021-03-01T10:00:00" - @"PT36H"', "2021-02-27T22:00:00"),
        ('@"10:00:00+08:00" + @"PT20H"', "06:00:00+08:00"),
        ('@"10:00:00" - @"10:00:30"', "-PT30S"),
        ('@"2021-03-01T10:00:00+08:00" - @"2021-03-01T01:00:00Z"', "PT1H"),
        ('@"P1DT2H" * 2', "P2DT4H"),
        ('0.5 * @"P1Y"', "P6M"),
        ('@"P1D" / @"PT6H"', "4"),
        ('@"P2Y" / 4', "P6M"),
        ('-@"P1Y2M"', "-P1Y2M"),
        ('@"9999-12-31" + @"P1D"', "10000-01-01"),
        ('@"0001-01-01" - @"P1D"', "0000-12-31"),
    ],
)
def test_dates_times_and_durations_are_computed(text, expected):
    assert feel_text(value(text)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 / 0", "division_by_zero"),
        ('@"P1D" / 0', "division_by_zero"),
        ('1 + "a"', "wrong_types"),
        ("true * 2", "wrong_types"),
        ('"a" - "b"', "wrong_types"),
        ('"a" + null', "wrong_types"),
        ("-true", "wrong_type"),
        ("10 ** 7000", "out_of_range"),
        ("(-1) ** 0.5", "out_of_range"),
        ('@"999999999-12-31" + @"P1D"', "out_of_range"),
        ('@"2021-03-01T10:00:00Z" - @"2021-03-01T10:00:00"', "out_of_range"),
    ],
)
def test_what_cannot_be_computed_is_null_and_says_why(text, code):
    outcome = compile_expression(text).explain({})

    assert outcome.value is None
    assert [warning.code for warning in outcome.warnings] == [code]


def test_a_number_that_python_gives_counts_as_a_decimal():
    context = {"whole": 3, "real": 0.1, "exact": Decimal("2.5")}

    result = value("whole + real + exact", **context)

    assert result == Decimal("5.6")
    assert type(result) is Decimal


def test_a_result_has_at_most_34_digits():
    assert str(value("2 / 3")) == "0." + "6" * 33 + "7"
