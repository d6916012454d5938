"""Laws of working time, over calendars and moments that hypothesis chooses."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from shuli.core.worktime import (
    WorkCalendar,
    add_working_days,
    add_working_seconds,
    is_open,
    openings_between,
    roll_backward,
    roll_forward,
    working_days_between,
    working_seconds_between,
)

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]

days = st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(
    lambda quarters: tuple(
        (quarters[n] * 15, quarters[n + 1] * 15)
        for n in range(0, len(quarters) - 1, 2)
        if quarters.sort() is None
    ),
)
weeks = st.tuples(days, *[st.one_of(st.just(()), days)] * 6)
dates = st.dates(date(2010, 1, 1), date(2030, 12, 31))
calendars = st.builds(
    WorkCalendar,
    zone=st.sampled_from(ZONES),
    week=weeks,
    exceptions=st.dictionaries(dates, st.one_of(st.just(()), days), max_size=5),
)
moments = st.datetimes(datetime(2011, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))
seconds = st.integers(1, 60 * 86_400 * 10**6).map(lambda micros: micros / 10**6)
amounts = st.decimals(Decimal("0.001"), Decimal(90), places=3)
few = settings(max_examples=60, deadline=None)


@few
@given(calendars, moments, seconds, seconds)
def test_working_seconds_add_up(calendar, start, first, second):
    in_two_steps = add_working_seconds(calendar, add_working_seconds(calendar, start, first), second)

    at_once = add_working_seconds(calendar, start, first + second)

    # the sum of two floats may be off by less than a microsecond
    assert abs(working_seconds_between(calendar, in_two_steps, at_once)) <= 2e-6


@few
@example(
    calendar=WorkCalendar(
        zone="Asia/Shanghai", week=(((0, 15),), (), (), ((0, 15),), ((0, 15),), ((195, 300),), ())
    ),
    start=datetime(2021, 1, 1, 19, 16, tzinfo=UTC),
    first=Decimal("0.010"),
    second=Decimal("3.000"),
)
@given(calendars, moments, amounts, amounts)
def test_working_days_add_up_both_ways(calendar, start, first, second):
    for sign in (1, -1):
        step = add_working_days(calendar, start, sign * first)

        difference = add_working_days(calendar, step, sign * second) - add_working_days(
            calendar, start, sign * (first + second)
        )

        rounding = _rounding(calendar)
        assert abs(difference) <= rounding or _is_free(calendar, start, sign * (first + second), rounding)


def _rounding(calendar):
    """A microsecond of a short day is a larger part of it, and so more of a long day."""
    opened = [*calendar.week, *calendar.exceptions.values()]
    lengths = [sum(end - begin for begin, end in day) for day in opened if day]
    return timedelta(microseconds=1 + max(lengths) / min(lengths))


def _is_free(calendar, start, amount, rounding):
    """What was rounded may fall on either side of an idle stretch: compare in working time then."""
    due = add_working_days(calendar, start, amount)
    near = 2 * rounding
    return working_seconds_between(calendar, due - near, due + near) < 2 * near.total_seconds()


@few
@given(calendars, moments, moments, seconds)
def test_a_later_start_is_never_due_earlier(calendar, one, other, amount):
    first, second = sorted((one, other))

    assert add_working_seconds(calendar, first, amount) <= add_working_seconds(calendar, second, amount)
    assert add_working_days(calendar, first, 2.5) <= add_working_days(calendar, second, 2.5)
    assert add_working_days(calendar, first, -2.5) <= add_working_days(calendar, second, -2.5)


@few
@given(calendars, moments, amounts, amounts)
def test_more_time_is_never_due_earlier(calendar, start, one, other):
    less, more = sorted((one, other))

    dues = [add_working_days(calendar, start, days) for days in (-more, -less, 0, less, more)]

    assert dues == sorted(dues)


@few
@given(calendars, moments, amounts)
def test_taking_away_what_was_added_leads_back_to_the_next_opening(calendar, start, amount):
    opening = roll_forward(calendar, start)

    back = add_working_days(calendar, add_working_days(calendar, start, amount), -amount)
    back_in_seconds = add_working_seconds(calendar, add_working_seconds(calendar, start, 5000), -5000)

    # the due moment is rounded to a microsecond, and a long day makes that a few of a short one
    assert abs(working_seconds_between(calendar, opening, back)) < 1e-3
    assert back_in_seconds == opening


@few
@given(calendars, moments, moments)
def test_adding_the_difference_leads_to_the_later_moment(calendar, one, other):
    first, last = sorted((one, other))
    closing = roll_backward(calendar, last)

    by_seconds = add_working_seconds(calendar, first, working_seconds_between(calendar, first, last))
    by_days = add_working_days(calendar, first, working_days_between(calendar, first, last))

    if working_seconds_between(calendar, first, last):
        assert by_seconds == by_days == closing


@few
@given(calendars, moments, moments)
def test_differences_change_their_sign_with_the_direction(calendar, one, other):
    there = working_seconds_between(calendar, one, other)
    there_in_days = working_days_between(calendar, one, other)

    assert working_seconds_between(calendar, other, one) == -there
    assert working_days_between(calendar, other, one) == -there_in_days
    assert (there > 0) == (there_in_days > 0)


@few
@given(calendars, moments)
def test_rolling_leads_to_working_time(calendar, at):
    forward, backward = roll_forward(calendar, at), roll_backward(calendar, at)

    assert is_open(calendar, forward)
    assert (forward == at) == is_open(calendar, at)
    assert is_open(calendar, backward - timedelta(microseconds=1))
    assert backward <= at <= forward
    assert working_seconds_between(calendar, backward, forward) == 0


@few
@given(calendars, moments, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_openings_hold_all_working_time_between_two_moments(calendar, start, length):
    openings = list(openings_between(calendar, start, start + length))

    total = sum(((end - begin) / timedelta(seconds=1) for begin, end in openings), 0.0)

    assert abs(total - working_seconds_between(calendar, start, start + length)) < 1e-3
    assert all(begin < end for begin, end in openings)
