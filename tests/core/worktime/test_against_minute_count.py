"""The arithmetic equals a count of single minutes, over random calendars and zones."""

import random
from bisect import bisect_left
from fractions import Fraction

import pytest

from core.worktime.minute_count import SCENES, MinuteCount, random_calendar
from shuli.core.worktime import (
    add_working_days,
    add_working_seconds,
    is_open,
    working_days_between,
    working_seconds_between,
)

QUERIES = 900


@pytest.fixture(
    scope="module",
    params=range(2 * len(SCENES)),
    ids=lambda number: f"{SCENES[number // 2][0]}-{number}",
)
def scene(request):
    zone, first = SCENES[request.param // 2]
    calendar = random_calendar(random.Random(request.param), zone, first)
    return calendar, MinuteCount(calendar, first)


@pytest.fixture
def rng():
    return random.Random(20260714)


def test_a_minute_is_open_when_the_local_clock_says_so(scene):
    calendar, count = scene

    found = [is_open(calendar, count.moment(minute)) for minute in range(len(count.open))]

    assert found == count.open


def test_working_time_added_and_compared_equals_the_count(scene, rng):
    calendar, count = scene

    for _ in range(QUERIES):
        start, end = rng.randrange(len(count.open)), rng.randrange(len(count.open))
        minutes = count.minutes[end] - count.minutes[start]
        found = working_seconds_between(calendar, count.moment(start), count.moment(end))
        assert found == minutes * 60
        if minutes > 0:
            due = add_working_seconds(calendar, count.moment(start), minutes * 60)
            assert due == count.moment(bisect_left(count.minutes, count.minutes[end]))


def test_working_days_compared_equal_the_count(scene, rng):
    calendar, count = scene

    for _ in range(QUERIES):
        start, end = rng.randrange(len(count.days)), rng.randrange(len(count.days))
        days = count.days[end] - count.days[start]
        found = working_days_between(calendar, count.moment(start), count.moment(end))
        assert abs(Fraction(found) - days) < Fraction(1, 10**20)


def test_working_days_added_equal_the_count(scene, rng):
    calendar, count = scene

    for _ in range(QUERIES):
        start, days = rng.randrange(len(count.days)), rng.choice([1, 2, 3, 0.5, 0.25, 1.75, 5])
        target = count.days[start] + Fraction(days)
        minute = bisect_left(count.days, target)
        if minute < len(count.days):
            due = add_working_days(calendar, count.moment(start), days)
            assert count.moment(minute - 1) < due <= count.moment(minute)
            assert (due == count.moment(minute)) == (count.days[minute] == target)
