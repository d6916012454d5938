"""Working time over arrays is the same as one by one, for every calendar, sign and size of the tables."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.worktime.test_laws import calendars, moments
from shuli.core.worktime import (
    STANDARD,
    BeyondCalendarError,
    WorkCalendar,
    add_working_seconds,
    arrays,
    working_seconds_between,
)
from shuli.core.worktime.arrays import add_working_seconds_all, instants, working_seconds_between_all

FRIDAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai
some = st.lists(moments, min_size=1, max_size=20)
seconds = st.one_of(
    st.floats(-90 * 86_400, 90 * 86_400, allow_nan=False),
    st.integers(-30 * 24, 30 * 24).map(lambda hours: hours * 3600.0),  # boundaries, and zero
)
FINE = (((541, 702), (781, 1080)),) * 5 + ((), ())  # a grid of single minutes


@pytest.fixture(params=["tables", "search"], scope="module")
def by(request):
    """Look answers up in tables, or, as where a grid would be too fine, search for them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "MOST_CELLS", {"tables": 1 << 24, "search": 0}[request.param])
        yield request.param


pairs = some.flatmap(
    lambda starts: st.tuples(st.just(starts), st.lists(moments, min_size=len(starts), max_size=len(starts)))
)
sums = some.flatmap(
    lambda starts: st.tuples(st.just(starts), st.lists(seconds, min_size=len(starts), max_size=len(starts)))
)


@settings(max_examples=40, deadline=None)
@given(calendar=calendars, pair=pairs)
def test_differences_are_those_of_single_moments(by, calendar, pair):
    found = working_seconds_between_all(calendar, instants(pair[0]), instants(pair[1]))

    assert found.tolist() == [working_seconds_between(calendar, a, b) for a, b in zip(*pair, strict=True)]


@settings(max_examples=40, deadline=None)
@given(calendar=calendars, given_sum=sums)
def test_sums_are_those_of_single_moments(by, calendar, given_sum):
    starts, amounts = given_sum

    found = add_working_seconds_all(calendar, instants(starts), np.array(amounts))

    singly = [add_working_seconds(calendar, at, amount) for at, amount in zip(starts, amounts, strict=True)]
    assert found.tolist() == instants(singly).tolist()


def test_blocks_leave_nothing_out(by, monkeypatch):
    monkeypatch.setattr(arrays, "BLOCK", 7)
    starts = [FRIDAY + timedelta(minutes=37 * n) for n in range(100)]

    later = add_working_seconds_all(STANDARD, instants(starts), 3600.0)

    assert working_seconds_between_all(STANDARD, instants(starts), later).tolist() == [3600.0] * 100
    assert later.tolist() == instants(add_working_seconds(STANDARD, at, 3600) for at in starts).tolist()


def test_an_opening_of_odd_minutes_makes_a_finer_grid():
    calendar = WorkCalendar(zone="Asia/Shanghai", week=FINE)

    later = add_working_seconds_all(calendar, instants([FRIDAY]), 3600.0 * 8)

    assert later.tolist() == instants([add_working_seconds(calendar, FRIDAY, 3600 * 8)]).tolist()


def test_one_instant_and_many_amounts_make_many_answers():
    later = add_working_seconds_all(STANDARD, instants([FRIDAY]), np.array([3600.0, 7200.0, 10800.0]))

    assert later.astype("datetime64[h]").astype(str).tolist() == [
        "2026-11-20T09",
        "2026-11-20T10",
        "2026-11-23T02",
    ]


def test_nothing_asked_is_nothing_answered():
    assert working_seconds_between_all(STANDARD, instants([]), instants([])).tolist() == []
    assert add_working_seconds_all(STANDARD, instants([]), 5.0).tolist() == []


def test_coarser_instants_are_understood():
    a, b = np.array(["2026-11-20T08"], "datetime64[h]"), np.array(["2026-11-23T02:00:00"], "datetime64[s]")

    assert working_seconds_between_all(STANDARD, a, b).tolist() == [3 * 3600.0]


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), 1e12])
def test_an_amount_beyond_all_calendars_is_refused(amount):
    with pytest.raises(BeyondCalendarError):
        add_working_seconds_all(STANDARD, instants([FRIDAY]), np.array([1.0, amount]))


def test_a_missing_instant_is_refused():
    with pytest.raises(BeyondCalendarError):
        working_seconds_between_all(STANDARD, np.array(["NaT"], "datetime64[us]"), instants([FRIDAY]))


def test_numbers_are_no_instants():
    with pytest.raises(TypeError, match="instants"):
        working_seconds_between_all(STANDARD, np.array([1, 2]), np.array([3, 4]))
