from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from shuli.core.worktime import (
    STANDARD,
    BeyondCalendarError,
    WorkCalendar,
    add_working_days,
    add_working_seconds,
    is_open,
    roll_forward,
    working_days_between,
    working_seconds_between,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour, minute=0, month=6):
    # June 2025: the 3rd is a Tuesday
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


def test_three_working_days_from_tuesday_ten_are_friday_ten():
    assert add_working_days(STANDARD, at(3, 10), 3) == at(6, 10)


def test_a_working_day_is_a_day_and_not_a_number_of_hours():
    half_friday = WorkCalendar(zone="Asia/Shanghai", exceptions={date(2025, 6, 6): ((540, 720),)})

    due = add_working_days(half_friday, at(5, 10), 1)

    # an eighth of Thursday had passed, so an eighth of Friday's three hours
    assert due == at(6, 9, 22) + timedelta(seconds=30)


def test_a_whole_day_from_the_opening_ends_at_the_closing():
    assert add_working_days(STANDARD, at(3, 9), 1) == at(3, 18)


def test_a_start_outside_hours_rolls_to_the_next_opening():
    assert add_working_days(STANDARD, at(6, 20), 1) == at(9, 18)
    assert add_working_seconds(STANDARD, at(6, 20), 3600) == at(9, 10)


def test_half_a_day_is_half_of_its_working_time():
    assert add_working_days(STANDARD, at(3, 9), 0.5) == at(3, 14)
    assert add_working_days(STANDARD, at(3, 15), Decimal("0.5")) == at(4, 10)


def test_tenths_written_as_floats_are_tenths():
    due = at(3, 9)

    for _ in range(10):
        due = add_working_days(STANDARD, due, 0.1)

    assert due == at(3, 18)
    assert add_working_days(STANDARD, at(3, 9), 0.1 + 0.2 + 0.7) == at(3, 18)


def test_no_time_at_all_is_the_next_opening():
    assert add_working_days(STANDARD, at(7, 10), 0) == at(9, 9)
    assert add_working_seconds(STANDARD, at(7, 10), 0) == at(9, 9)


def test_one_working_day_before_a_closing_is_that_days_opening():
    assert add_working_days(STANDARD, at(3, 18), -1) == at(3, 9)
    assert add_working_days(STANDARD, at(3, 10), -3) == datetime(2025, 5, 29, 10, tzinfo=SHANGHAI)
    assert add_working_seconds(STANDARD, at(3, 10), -7200) == at(2, 17)


def test_answers_are_in_utc():
    assert add_working_days(STANDARD, at(3, 10), 1).tzinfo is UTC
    assert add_working_seconds(STANDARD, at(3, 10), 1).tzinfo is UTC
    assert roll_forward(STANDARD, at(3, 10)).tzinfo is UTC


def test_a_make_up_day_counts_and_a_holiday_does_not():
    spring = {date(2025, 6, 7): ((540, 720), (780, 1080)), date(2025, 6, 9): ()}
    calendar = WorkCalendar(zone="Asia/Shanghai", exceptions=spring)

    assert is_open(calendar, at(7, 10))
    assert not is_open(calendar, at(9, 10))
    assert add_working_days(calendar, at(6, 10), 2) == at(10, 10)


def test_a_clock_change_makes_a_night_shift_an_hour_shorter():
    night = tuple(((0, 360),) for _ in range(7))
    berlin = WorkCalendar(zone="Europe/Berlin", week=night)
    evening = datetime(2025, 3, 29, 20, tzinfo=ZoneInfo("Europe/Berlin"))

    due = add_working_days(berlin, evening, 1)

    assert due == datetime(2025, 3, 30, 4, tzinfo=UTC)
    assert working_seconds_between(berlin, evening, due) == 5 * 3600
    assert working_days_between(berlin, evening, due) == 1


def test_microseconds_are_kept():
    start = at(3, 9) + timedelta(microseconds=1)

    assert add_working_seconds(STANDARD, start, 8 * 3600 - 0.000001) == at(3, 18)
    assert add_working_seconds(STANDARD, start, 8 * 3600) == at(4, 9) + timedelta(microseconds=1)


def test_years_far_away_are_reckoned_too():
    far = add_working_days(STANDARD, at(3, 10), 20_000)

    assert far.year > 2100
    assert working_days_between(STANDARD, at(3, 10), far) == 20_000
    assert add_working_days(STANDARD, far, -20_000) == at(3, 10)


def test_an_amount_beyond_all_calendars_is_told_apart():
    with pytest.raises(BeyondCalendarError, match="Expected working time between"):
        add_working_days(STANDARD, at(3, 10), 10**9)
    with pytest.raises(BeyondCalendarError, match="Expected working time between"):
        add_working_seconds(STANDARD, at(3, 10), -(10**10))
    with pytest.raises(BeyondCalendarError, match="found the years"):
        is_open(STANDARD, datetime(2500, 1, 1, tzinfo=UTC))


def test_a_datetime_without_a_zone_is_refused():
    naive = datetime(2025, 6, 3, 10)

    with pytest.raises(ValueError, match="with a time zone"):
        add_working_seconds(STANDARD, naive, 1)
    with pytest.raises(ValueError, match="with a time zone"):
        working_seconds_between(STANDARD, at(3, 9), naive)
    with pytest.raises(ValueError, match="with a time zone"):
        add_working_days(STANDARD, naive, 1)


def test_a_make_up_saturday_is_a_working_day_and_a_holiday_is_none():
    # Saturday the 7th is worked for Monday the 9th
    calendar = WorkCalendar(
        zone="Asia/Shanghai", exceptions={date(2025, 6, 7): STANDARD.week[0], date(2025, 6, 9): ()}
    )

    assert add_working_days(calendar, at(6, 10), 1) == at(7, 10)
    assert add_working_days(calendar, at(7, 10), 1) == at(10, 10)
