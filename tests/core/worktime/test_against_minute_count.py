"""The arithmetic equals a count of single minutes, over random calendars and zones."""

import random
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import pytest

from shuli.core.worktime import (
    WorkCalendar,
    add_working_days,
    add_working_seconds,
    is_open,
    working_days_between,
    working_seconds_between,
)

MINUTE = timedelta(minutes=1)
DAYS = 16
QUERIES = 900

# places and weeks in which clocks jump: by an hour, by half an hour, at midnight, over a whole date, or never
SCENES = [
    ("Asia/Shanghai", date(2026, 2, 10)),
    ("Asia/Shanghai", date(2026, 9, 20)),
    ("Europe/Berlin", date(2025, 3, 24)),
    ("Europe/Berlin", date(2025, 10, 20)),
    ("America/New_York", date(2025, 3, 3)),
    ("America/New_York", date(2025, 10, 27)),
    ("Australia/Lord_Howe", date(2025, 3, 30)),
    ("Australia/Lord_Howe", date(2025, 9, 29)),
    ("America/Sao_Paulo", date(2018, 10, 29)),
    ("America/Sao_Paulo", date(2018, 2, 12)),
    ("Africa/Casablanca", date(2025, 2, 17)),
    ("Pacific/Apia", date(2011, 12, 22)),
    ("Asia/Kathmandu", date(2025, 12, 25)),
    ("UTC", date(2024, 2, 20)),
]


class MinuteCount:
    """Counts working minutes and days one minute at a time; it shares no code with the package."""

    def __init__(self, calendar, first):
        zone = ZoneInfo(calendar.zone)
        self.origin = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)
        end = datetime.combine(first + timedelta(days=DAYS), datetime.min.time(), zone).astimezone(UTC)
        locals_ = [
            (self.origin + n * MINUTE).astimezone(zone) for n in range(int((end - self.origin) / MINUTE))
        ]
        self.open = [self.is_working(calendar, at) for at in locals_]
        self.minutes = list(accumulate(self.open, initial=0))
        per_day = {}
        for at, working in zip(locals_, self.open, strict=True):
            per_day[at.date()] = per_day.get(at.date(), 0) + working
        steps = [
            Fraction(1, per_day[at.date()]) if working else 0
            for at, working in zip(locals_, self.open, strict=True)
        ]
        self.days = list(accumulate(steps, initial=Fraction(0)))

    @staticmethod
    def is_working(calendar, at):
        spans = calendar.exceptions.get(at.date(), calendar.week[at.weekday()])
        minute = at.hour * 60 + at.minute
        return any(start <= minute < end for start, end in spans)

    def moment(self, minute):
        return self.origin + minute * MINUTE


def random_day(rng):
    marks = sorted(rng.sample(range(0, 1441, rng.choice([1, 15, 30])), rng.choice([2, 2, 4, 6])))
    return tuple(pairwise(marks))[::2]


def random_calendar(rng, zone, first):
    patterns = [random_day(rng) for _ in range(2)]
    week = tuple(patterns[rng.random() < 0.3] if number < 5 else () for number in range(7))
    dates = [first + timedelta(days=rng.randrange(DAYS)) for _ in range(4)]
    exceptions = {on: rng.choice([(), (), random_day(rng)]) for on in dates}
    return WorkCalendar(zone=zone, week=week, exceptions=exceptions)


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
