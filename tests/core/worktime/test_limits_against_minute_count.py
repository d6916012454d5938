"""Every kind of limit falls due where a count of single minutes says, on random calendars where clocks jump (A15)."""

import random
from bisect import bisect_left
from datetime import timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from core.worktime.minute_count import DAYS, MINUTE, SCENES, MinuteCount, random_calendar
from shuli.core.worktime import (
    Agreed,
    ByExpression,
    ClockHours,
    DayOfMonth,
    Immediate,
    Minutes,
    Offset,
    Relative,
    Repeat,
    Strictest,
    WorkCalendar,
    WorkingDays,
    WorkingHours,
    due_at,
    reminder_times,
)


@cache
def scene(number):
    zone, first = SCENES[number % len(SCENES)]
    calendar = random_calendar(random.Random(number), zone, first)
    return calendar, MinuteCount(calendar, first), first


class Oracle:
    """Answers by looking at one minute after another; None where the answer lies beyond the minutes that it has."""

    def __init__(self, calendar, count, first):
        self.calendar, self.count, self.first, self.zone = calendar, count, first, ZoneInfo(calendar.zone)

    def on_the_clock(self, start, minutes):
        return self.count.moment(start) + minutes * MINUTE

    def working(self, start, minutes):
        if not minutes:
            return self._first_open(start)
        found = bisect_left(self.count.minutes, self.count.minutes[start] + minutes)
        return self.count.moment(found) if found < len(self.count.minutes) else None

    def _first_open(self, start):
        found = next((at for at in range(start, len(self.count.open)) if self.count.open[at]), None)
        return None if found is None else self.count.moment(found)

    def working_days(self, start, days):
        """Return the whole minute at or just after the moment; the arithmetic is finer than a minute."""
        if not days:
            return self._first_open(start)
        found = bisect_left(self.count.days, self.count.days[start] + days)
        return self.count.moment(found) if found < len(self.count.days) else None

    def day_of_month(self, start, day, day_off):
        for number in range(DAYS - 1):
            on = self.first + timedelta(days=number)
            if on.day == day:
                at = self._close(on, day_off)
                return at if at is not None and at > self.count.moment(start) else None
        return None

    def _close(self, on, day_off):
        minutes = self._minutes_of(on)
        if any(self.count.open[at] for at in minutes):
            return self.count.moment(max(at for at in minutes if self.count.open[at]) + 1)
        if day_off == "stay":
            return self.count.moment(max(minutes) + 1) if minutes else None
        step = timedelta(days=1 if day_off == "next" else -1)
        other = on + step
        inside = self.first <= other < self.first + timedelta(days=DAYS)
        return self._close(other, day_off) if inside else None

    def _minutes_of(self, on):
        return minutes_by_date(self.count, self.zone).get(on, [])


@cache
def minutes_by_date(count, zone):
    found = {}
    for number in range(len(count.open)):
        found.setdefault(count.moment(number).astimezone(zone).date(), []).append(number)
    return found


def drawn(rng, oracle, start, depth=0):
    """Return a random limit, what the case holds for it, the moment that is expected, and how exactly."""
    whole, days = rng.choice([0, 5, 30, 90, 480, 1500]), rng.choice([1, 2, 3, 0.5, 0.25, 1.75])
    hours = rng.choice([1, 2, 7, 24])
    day = (oracle.first + timedelta(days=rng.randrange(1, DAYS - 2))).day
    off = rng.choice(["next", "previous", "stay"])
    kinds = [
        lambda: (Minutes(amount=whole), oracle.on_the_clock(start, whole)),
        lambda: (ClockHours(amount=hours), oracle.on_the_clock(start, hours * 60)),
        lambda: (WorkingHours(amount=hours), oracle.working(start, hours * 60)),
        lambda: (WorkingDays(amount=days), oracle.working_days(start, Fraction(days))),
        lambda: (Immediate(minutes=whole), oracle.working(start, whole)),
        lambda: (
            (DayOfMonth(day=day, day_off=off), oracle.day_of_month(start, day, off))
            if day <= 28
            else (None, None)
        ),
        lambda: (Agreed(variable="hours", unit="working_hours"), oracle.working(start, 120)),
        lambda: (ByExpression(expression="hours", unit="hours"), oracle.on_the_clock(start, 120)),
    ]
    if depth:
        return rng.choice(kinds)()
    kinds.append(lambda: strictest(rng, oracle, start))
    return rng.choice(kinds)()


def strictest(rng, oracle, start):
    parts = [drawn(rng, oracle, start, depth=1) for _ in range(rng.choice([2, 3]))]
    if any(expected is None for _, expected in parts):
        return None, None
    return Strictest(limits=tuple(limit for limit, _ in parts)), min(expected for _, expected in parts)


def compare(seed, number, scenes):
    rng, compared = random.Random(seed), 0
    while compared < number:
        oracle = Oracle(*scene(rng.choice(scenes)))
        start = rng.randrange(len(oracle.count.open))
        limit, expected = drawn(rng, oracle, start)
        if limit is None or expected is None:
            continue
        begins = oracle.count.moment(start)
        if rng.random() < 0.2:
            limit, begins = Relative(variable="event", limit=limit), begins - timedelta(days=1)
        values = {"hours": 2, "event": oracle.count.moment(start)}

        due = due_at(limit, begins, oracle.calendar, values.get)

        assert due.at is not None, (seed, limit, due)
        assert expected - MINUTE < due.at <= expected, (seed, limit, begins, oracle.calendar)
        compared += 1
    return compared


def test_two_thousand_random_limits_equal_the_count():
    assert compare(20261121, 2_000, range(2, 2 * len(SCENES), 5)) == 2_000


@pytest.mark.nightly
def test_fifty_thousand_random_limits_equal_the_count():
    seed = random.randrange(10**9)

    assert compare(seed, 50_000, range(2 * len(SCENES))) == 50_000


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_a_reminder_of_every_working_day_is_neither_lost_nor_doubled_when_clocks_jump(zone):
    calendar = WorkCalendar(zone=zone)
    since = MinuteCount(calendar, SCENES[2][1]).moment(600)
    offset = Offset(when="at", repeat=Repeat(every=1, unit="working_days"))

    found = reminder_times(offset, since, calendar, until=since + timedelta(days=730))

    days = [at.astimezone(calendar.tzinfo).date() for at in found[1:]]
    wanted = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    assert days == [day for day in wanted if day.weekday() < 5]
