"""What an expression gives, and what many values give together."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.monitoring.own.measuring import Definition, Sum, explained, measured, problems, put_together
from shuli.core.feel import compile_expression

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
TYPES = {"waiting": "days and time duration", "on_time": "boolean", "amount": "number", "what": "string"}


def defined(source, together="mean", unit="number"):
    return Definition(grain="visit", source=source, together=together, unit=unit)


def value(definition, **facts):
    return measured(definition, compile_expression(definition.source, tuple(TYPES)), facts, NOW)


def test_a_duration_becomes_seconds_and_a_number_of_hours_too():
    assert value(defined("waiting", unit="hours"), waiting=timedelta(minutes=90)) == 5_400
    assert value(defined("amount", unit="hours"), amount=1.5) == 5_400
    assert value(defined("amount", unit="days"), amount=2) == 57_600


def test_a_condition_counts_one_or_nothing_and_null_says_nothing():
    share = defined("on_time", together="share", unit="share")

    assert [value(share, on_time=one) for one in (True, False, None)] == [1, 0, None]


def test_what_is_no_number_has_no_value_and_says_why():
    definition = defined("amount / 0")
    found = explained(definition, compile_expression(definition.source, tuple(TYPES)), {"amount": 3}, NOW)

    assert found.value is None
    assert found.reason.code == "division_by_zero"


def test_an_unknown_name_and_a_wrong_type_are_found_at_their_place():
    (unknown,) = problems(defined("amount + weight"), TYPES)
    (text,) = problems(defined("amount + what"), TYPES)

    assert (unknown.code, unknown.position, dict(unknown.params)) == ("unknown_name", 9, {"name": "weight"})
    assert text.code == "wrong_types"


def test_what_comes_of_it_must_fit_the_unit_and_how_it_is_put_together():
    assert not problems(defined("waiting", unit="hours"), TYPES)
    assert problems(defined("waiting", unit="money"), TYPES)[0].code == "wrong_type"
    assert problems(defined("amount", together="share", unit="share"), TYPES)[0].code == "wrong_type"
    assert problems(defined("amount > 3"), TYPES)[0].code == "wrong_type"


@given(st.lists(st.one_of(st.none(), st.decimals(-1000, 1000, places=4)), max_size=30), st.integers(0, 30))
def test_days_added_up_give_what_all_of_them_give_at_once(values, at):
    parts = [Sum(), Sum(), Sum()]
    for part, own in zip(parts, (values[:at], values[at:], values), strict=True):
        for one in own:
            part.add(one)

    known, total = parts[0].known + parts[1].known, parts[0].total + parts[1].total
    assert put_together("mean", known, total) == put_together("mean", parts[2].known, parts[2].total)
    exact = [Fraction(one) for one in values if one is not None]
    assert put_together("sum", known, total) == sum(exact, Fraction(0))
    assert Decimal(parts[2].known + parts[2].unknown) == len(values)
