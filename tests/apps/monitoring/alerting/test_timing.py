"""Nobody is disturbed in quiet hours, and the digest waits for the next working day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.monitoring.alerting.timing import Hours, is_quiet, tell_at

TIMES = st.times().map(lambda at: at.replace(microsecond=0))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


def is_weekday(day):
    return day.weekday() < 5


def hours(quiet_from=time(21), quiet_until=time(8), digest_at=time(8, 30), working=is_weekday):
    return Hours(quiet_from=quiet_from, quiet_until=quiet_until, digest_at=digest_at, is_working_day=working)


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (at(19, 14), at(19, 14)),  # Thursday afternoon: at once
        (at(19, 22), at(20, 8)),  # Thursday night: Friday morning
        (at(20, 3), at(20, 8)),  # before dawn: the same morning
        (at(20, 22), at(23, 8)),  # Friday night: Monday
        (at(21, 14), at(23, 8)),  # Saturday: Monday
    ],
)
def test_quiet_hours_end_on_the_next_working_morning(now, told):
    assert tell_at(now, hours(), in_digest=False) == told


@pytest.mark.parametrize(
    ("now", "told"), [(at(19, 7), at(19, 8, 30)), (at(19, 9), at(20, 8, 30)), (at(20, 9), at(23, 8, 30))]
)
def test_the_digest_comes_with_the_next_working_day(now, told):
    assert tell_at(now, hours(), in_digest=True) == told


def test_quiet_hours_may_lie_within_a_day():
    noon = hours(time(12), time(14))

    assert tell_at(at(19, 13), noon, in_digest=False) == at(19, 14)
    assert tell_at(at(19, 23), noon, in_digest=False) == at(19, 23)


@given(MOMENTS, TIMES, TIMES, TIMES, st.booleans())
def test_nobody_is_told_before_or_in_quiet_hours(now, quiet_from, quiet_until, digest_at, in_digest):
    kept = hours(quiet_from, quiet_until, digest_at)

    told = tell_at(now, kept, in_digest=in_digest)

    assert told >= now
    assert told - now < timedelta(days=5)
    assert in_digest or not is_quiet(told, kept)


def test_where_nobody_ever_works_it_is_told_all_the_same():
    never = hours(working=lambda _day: False)

    assert tell_at(at(19, 14), never, in_digest=False).date() == date(2026, 11, 20)
