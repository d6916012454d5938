"""When a process starts by itself."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from shuli.core.bpmn.graph import TimerRule
from shuli.core.engine.schedule import MOST_AT_ONCE, due_starts, first_start, moments
from shuli.core.worktime import (
    STANDARD,
    DayOfMonth,
    Offset,
    Repeat,
    WorkCalendar,
    WorkingDays,
    close_of,
    open_of,
)

SINCE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday, nine o'clock in Shanghai
LATE = 3600


def shown(rule, n=4, calendar=STANDARD, since=SINCE):
    found = islice(moments(rule, since, calendar), n)
    return [at.astimezone(calendar.tzinfo).strftime("%Y-%m-%d %H:%M") for at in found]


def cycle(text, **more):
    return TimerRule(kind="cycle", expression=text, **more)


def test_a_date_starts_once_and_a_past_one_never():
    assert shown(TimerRule(kind="date", expression="2026-04-01T08:00")) == ["2026-04-01 08:00"]
    assert shown(TimerRule(kind="date", expression="2026-01-01")) == []
    assert shown(TimerRule(kind="date", expression='"2026-04-" + "01"')) == ["2026-04-01 00:00"]


def test_a_repetition_counts_from_its_start_and_leaves_out_what_was_before():
    assert shown(cycle("R/2026-02-27T08:00/P2D"), 2) == ["2026-03-03 08:00", "2026-03-05 08:00"]
    assert shown(cycle("R3/2026-02-27T08:00/P2D")) == ["2026-03-03 08:00"]
    assert shown(cycle("R2/PT36H")) == ["2026-03-03 21:00", "2026-03-05 09:00"]


def test_the_last_day_of_a_month_stays_the_last_day():
    assert shown(cycle("R/2026-01-31T09:00/P1M"), 3) == [
        "2026-03-31 09:00",
        "2026-04-30 09:00",
        "2026-05-31 09:00",
    ]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        # 1 March is a Sunday; the third working day of March is Wednesday the 4th
        (DayOfMonth(day=3, working=True), ["2026-03-04 09:00", "2026-04-03 09:00"]),
        (DayOfMonth(day=5), ["2026-03-05 09:00", "2026-04-06 09:00"]),
        (DayOfMonth(day=5, day_off="previous"), ["2026-03-05 09:00", "2026-04-03 09:00"]),
        (DayOfMonth(day=5, day_off="stay"), ["2026-03-05 09:00", "2026-04-05 00:00"]),
        (DayOfMonth(day=15, every=3, month=1), ["2026-04-15 09:00", "2026-07-15 09:00"]),
        (DayOfMonth(day=31, every=12, month=2), ["2027-03-01 09:00", "2028-02-29 09:00"]),
    ],
)
def test_monthly_quarterly_and_yearly_starts_come_at_the_opening_of_the_day(limit, expected):
    assert shown(TimerRule(kind="duration", limit=limit), 2) == expected


def test_a_cycle_in_working_time_skips_nights_and_weekends():
    rule = TimerRule(kind="cycle", repeat=Offset(repeat=Repeat(every=2, unit="working_days")))

    assert shown(rule, 3) == ["2026-03-03 18:00", "2026-03-05 18:00", "2026-03-09 18:00"]


def test_a_cycle_may_end_after_so_many_times():
    rule = TimerRule(kind="cycle", repeat=Offset(repeat=Repeat(every=2, unit="working_days", times=2)))

    assert shown(rule, 9) == ["2026-03-03 18:00", "2026-03-05 18:00", "2026-03-09 18:00"]


def test_a_limit_starts_once_and_what_is_no_time_never():
    assert shown(TimerRule(kind="duration", limit=WorkingDays(amount=1))) == ["2026-03-02 18:00"]
    for text in ("", "nonsense", "1 + 1", "R/nonsense/P1D", "null"):
        assert first_start(TimerRule(kind="date", expression=text), SINCE, STANDARD) is None


@pytest.mark.parametrize(("missed", "days"), [("once", [6]), ("each", [3, 4, 5, 6]), ("skip", [])])
def test_what_an_outage_missed_is_started_once_each_or_not_at_all(missed, days):
    rule = cycle("R/P1D", missed=missed)
    now = SINCE + timedelta(days=4, hours=5)

    starts = due_starts(rule, SINCE, 0, now, STANDARD, LATE)

    assert [at.day for at in starts.due] == days
    assert (starts.count, starts.next_at) == (4, SINCE + timedelta(days=5))
    assert due_starts(rule, SINCE, starts.count, now, STANDARD, LATE).due == ()


def test_a_start_within_the_hour_is_not_missed():
    starts = due_starts(
        cycle("R/P1D", missed="skip"), SINCE, 0, SINCE + timedelta(days=1, minutes=59), STANDARD, LATE
    )

    assert starts.due == (SINCE + timedelta(days=1),)


def test_catching_up_starts_a_bounded_number():
    starts = due_starts(cycle("R/PT1M", missed="each"), SINCE, 0, SINCE + timedelta(days=2), STANDARD, LATE)

    assert (len(starts.due), starts.count) == (MOST_AT_ONCE, 2880)


def test_a_day_has_an_opening_and_a_close_also_where_nobody_works():
    assert open_of(STANDARD, date(2026, 3, 2)) == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert open_of(STANDARD, date(2026, 3, 1)) == datetime(2026, 2, 28, 16, 0, tzinfo=UTC)
    assert close_of(STANDARD, date(2026, 3, 1)) == datetime(2026, 3, 1, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_a_daily_start_keeps_its_hour_when_the_clocks_change(zone):
    calendar = WorkCalendar(zone=zone)
    since = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)

    found = list(islice(moments(cycle("R/2026-01-02T08:00/P1D"), since, calendar), 365))

    local = [at.astimezone(calendar.tzinfo) for at in found]
    assert {(at.hour, at.minute) for at in local} == {(8, 0)}
    assert len({at.date() for at in local}) == 365
