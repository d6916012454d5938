from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.monitoring.periods import KINDS, before, last_periods, period_of


@given(st.sampled_from(KINDS), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_periods_touch_and_do_not_overlap(kind, day):
    period = period_of(kind, day)

    assert period.first <= day <= period.last
    assert before(period).last + timedelta(days=1) == period.first
    assert period_of(kind, period.first) == period_of(kind, period.last) == period


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [("week", date(2026, 11, 16), date(2026, 11, 22)), ("month", date(2026, 11, 1), date(2026, 11, 30)),
     ("quarter", date(2026, 10, 1), date(2026, 12, 31))],
)  # fmt: skip
def test_a_day_falls_into_its_period(kind, first, last):
    period = period_of(kind, date(2026, 11, 21))

    assert (period.first, period.last) == (first, last)


def test_the_last_periods_end_with_the_one_of_the_day():
    found = last_periods("quarter", date(2026, 2, 1), 3)

    assert [one.first for one in found] == [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]
