from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from shuli.core.worktime import STANDARD, Offset, Repeat, next_repeat, reminder_times

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour, minute=0):
    # June 2025: the 3rd is a Tuesday
    return datetime(2025, 6, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (Offset(), at(3, 10)),
        (Offset(amount=30, unit="minutes", when="before"), at(3, 9, 30)),
        (Offset(amount=2, unit="hours", when="before"), at(3, 8)),
        (Offset(amount=2, unit="working_hours", when="before"), at(2, 17)),
        (Offset(amount=0.5, unit="working_days", when="before"), at(2, 15)),
        (Offset(amount=1, unit="working_days", when="after"), at(4, 10)),
        (Offset(amount=1, unit="calendar_days", when="after"), at(4, 10)),
    ],
)
def test_a_reminder_stands_before_at_or_after_the_limit(offset, expected):
    assert reminder_times(offset, at(3, 10), STANDARD) == (expected,)


def test_at_means_the_due_moment_even_when_it_is_a_closing():
    assert reminder_times(Offset(), at(3, 18), STANDARD) == (at(3, 18),)


def test_a_reminder_repeats_every_two_working_days_until_closed():
    every_two_days = Offset(repeat=Repeat(every=2, unit="working_days"))

    found = reminder_times(every_two_days, at(3, 10), STANDARD, until=at(11, 10))

    assert found == (at(3, 10), at(5, 10), at(9, 10), at(11, 10))


def test_the_next_repetition_follows_the_last_one():
    every_two_days = Offset(repeat=Repeat(every=2, unit="working_days"))

    assert next_repeat(every_two_days, at(5, 10), STANDARD) == at(9, 10)
    assert next_repeat(Offset(), at(5, 10), STANDARD) is None


def test_a_reminder_repeats_so_many_times_and_no_more():
    thrice = Offset(amount=10, unit="minutes", when="after", repeat=Repeat(every=10, unit="minutes", times=2))

    found = reminder_times(thrice, at(3, 10), STANDARD, until=at(30, 10))

    assert found == (at(3, 10, 10), at(3, 10, 20), at(3, 10, 30))


def test_no_reminder_repeats_faster_than_every_minute():
    flood = Offset(repeat=Repeat(every=0.0001, unit="minutes"))

    found = reminder_times(flood, at(3, 10), STANDARD, until=at(30, 10))

    assert len(found) == 1000
    assert found[1] - found[0] == timedelta(minutes=1)


def test_a_reminder_beyond_all_calendars_never_comes():
    never = Offset(amount=1e300, unit="working_days", when="after")

    assert reminder_times(never, at(3, 10), STANDARD) == ()


def test_an_offset_travels_as_json():
    offset = Offset(amount=1, unit="working_days", when="after", repeat=Repeat(every=2, unit="working_days"))

    assert msgspec.json.decode(msgspec.json.encode(offset), type=Offset) == offset
