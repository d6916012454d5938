from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuli.core.feel import compile_expression
from shuli.core.worktime import (
    STANDARD,
    Agreed,
    ByExpression,
    CalendarDays,
    ClockHours,
    DayOfMonth,
    Due,
    Immediate,
    Limit,
    Minutes,
    Relative,
    Strictest,
    WorkCalendar,
    WorkingDays,
    WorkingHours,
    due_at,
    strictest,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour, minute=0, month=6):
    # June 2025: the 3rd is a Tuesday
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


def due(limit, start=None, calendar=STANDARD, buffer=1, **variables):
    return due_at(limit, start or at(3, 10), calendar, variables.get, buffer)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (Minutes(amount=10), at(6, 20, 10)),
        (ClockHours(amount=24), at(7, 20)),
        (CalendarDays(amount=7), at(13, 20)),
        (WorkingHours(amount=4), at(9, 14)),
        (WorkingDays(amount=0.5), at(9, 14)),
        (WorkingDays(amount=3), at(11, 18)),
        (Immediate(), at(9, 9, 10)),
        (Immediate(minutes=30), at(9, 9, 30)),
    ],
)
def test_each_kind_of_amount_from_a_friday_evening(limit, expected):
    assert due(limit, start=at(6, 20)).at == expected


def test_calendar_days_keep_the_wall_clock_over_a_clock_change():
    berlin = WorkCalendar(zone="Europe/Berlin")
    start = datetime(2025, 3, 28, 10, tzinfo=ZoneInfo("Europe/Berlin"))

    assert due(CalendarDays(amount=7), start, berlin).at == datetime(2025, 4, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, at(10, 10)),
        (Decimal("0.5"), at(3, 15)),
        ("2", at(5, 10)),
        (at(20, 15), at(20, 15)),
        ("2025-06-20T15:00:00+08:00", at(20, 15)),
        ("2025-06-20T15:00", at(20, 15)),
        (date(2025, 6, 20), at(20, 18)),
        ("2025-06-20", at(20, 18)),
        # a Saturday: nothing closes, so its midnight
        (date(2025, 6, 21), at(22, 0)),
        (timedelta(hours=2), at(3, 12)),
    ],
)
def test_what_was_agreed_may_be_a_number_a_date_or_a_moment(value, expected):
    assert due(Agreed(variable="agreed_due"), agreed_due=value).at == expected


def test_the_default_holds_until_something_is_agreed():
    limit = Agreed(variable="agreed_due", default=WorkingDays(amount=15))

    assert due(limit).at == at(24, 10)
    assert due(limit, agreed_due="").at == at(24, 10)
    assert due(limit, agreed_due=1).at == at(4, 10)


def test_a_limit_that_leads_nowhere_says_why():
    assert due(Agreed(variable="x")) == Due(missing="nothing_agreed", about="x")
    assert due(Agreed(variable="x"), x="soon") == Due(missing="value_not_understood", about="x", found="soon")
    assert due(Agreed(variable="x"), x=True).missing == "value_not_understood"
    assert due(Agreed(variable="x"), x=-1).missing == "amount_negative"
    assert due(Agreed(variable="x"), x=10**12).missing == "beyond_calendar"
    assert due(ByExpression(expression="a + b")).missing == "expression_gives_nothing"
    assert due(Relative(variable="go_live_at", limit=WorkingDays(amount=7))).missing == "event_missing"
    assert due(Strictest(limits=())).missing == "no_limit"


def test_an_expression_chooses_the_limit_by_level():
    limit = ByExpression(expression='if level = "major" then 5 else 3')

    found = due_at(limit, at(3, 10), STANDARD, {limit.expression: Decimal(5)}.get)

    assert found.at == at(10, 10)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('if level = "major" then 5 else 3', at(10, 10)),
        ("0.5 * 3", at(4, 15)),
        ('duration("PT2H")', at(3, 12)),
        ('date("2025-06-20")', at(20, 18)),
        ('date and time("2025-06-20T15:00:00")', at(20, 15)),
        ('date and time("2025-06-20T15:00:00Z")', at(20, 23)),
        ("null", None),
        ("[1]", None),
    ],
)
def test_what_feel_gives_is_understood(source, expected):
    evaluate = partial(evaluate_feel, context={"level": "major"})

    assert due_at(ByExpression(expression=source), at(3, 10), STANDARD, evaluate).at == expected


def evaluate_feel(source, context):
    return compile_expression(source).evaluate(context)


def test_a_limit_may_start_at_an_event_of_the_case():
    limit = Relative(variable="go_live_at", limit=WorkingDays(amount=7))

    assert due(limit, go_live_at=at(9, 15)).at == at(18, 15)
    # a date begins with its first opening
    assert due(limit, go_live_at=date(2025, 6, 9)).at == at(17, 18)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (DayOfMonth(day=5), at(5, 18)),
        (DayOfMonth(day=3), at(3, 18)),
        (DayOfMonth(day=2), at(2, 18, month=7)),
        # Sunday the 8th
        (DayOfMonth(day=8), at(9, 18)),
        (DayOfMonth(day=8, day_off="previous"), at(6, 18)),
        (DayOfMonth(day=8, day_off="stay"), at(9, 0)),
        (DayOfMonth(day=31), at(30, 18)),
        (DayOfMonth(day=15, every=3, month=1), at(15, 18, month=7)),
        (DayOfMonth(day=20, every=12, month=11), at(20, 18, month=11)),
    ],
)
def test_a_day_of_the_month_is_due_at_its_closing(limit, expected):
    assert due(limit).at == expected


def test_a_monthly_limit_that_has_passed_is_due_in_the_next_month():
    assert due(DayOfMonth(day=3), start=at(3, 18)).at == at(3, 18, month=7)


def test_the_stricter_of_two_limits_wins():
    both = Strictest(limits=(WorkingDays(amount=3), ClockHours(amount=24)))
    dues = [due(WorkingDays(amount=3)), Due(missing="nothing_agreed"), due(ClockHours(amount=24))]

    assert due(both).at == at(4, 10)
    assert strictest(dues).at == at(4, 10)
    assert strictest([Due(missing="nothing_agreed")]).missing == "nothing_agreed"


def test_a_buffer_stretches_amounts_but_not_dates():
    agreed = Agreed(variable="x")

    assert due(WorkingDays(amount=2), buffer=1.5).at == at(6, 10)
    assert due(agreed, buffer=1.5, x=2).at == at(6, 10)
    assert due(agreed, buffer=1.5, x=date(2025, 6, 5)).at == at(5, 18)
    assert due(Relative(variable="x", limit=WorkingDays(amount=2)), buffer=1.5, x=at(4, 10)).at == at(9, 10)


def test_limits_travel_as_json():
    limit = Agreed(variable="x", default=Strictest(limits=(WorkingDays(amount=0.5), DayOfMonth(day=5))))

    text = msgspec.json.encode(limit)

    assert msgspec.json.decode(text, type=Limit) == limit
    assert msgspec.json.decode(b'{"kind":"working_days","amount":3}', type=Limit) == WorkingDays(amount=3)


@settings(deadline=None)
@given(st.one_of(st.none(), st.booleans(), st.floats(), st.text(), st.integers(), st.decimals(), st.dates()))
def test_no_value_of_a_variable_makes_a_limit_fail(value):
    for limit in (Agreed(variable="x"), Relative(variable="x", limit=Immediate())):
        found = due(limit, x=value)
        assert (found.at is None) == (found.missing is not None)


def test_the_working_day_before_is_none_that_the_date_line_left_out():
    # Samoa had no 30 December 2011, a Friday; 1 January 2012 was a Sunday, and here the Saturday is a day off too
    samoa = WorkCalendar(zone="Pacific/Apia")
    limit = DayOfMonth(day=1, day_off="previous")

    due = due_at(limit, datetime(2011, 12, 20, tzinfo=UTC), samoa, {}.get)

    assert due.at == datetime(2011, 12, 29, 18, tzinfo=ZoneInfo("Pacific/Apia"))
