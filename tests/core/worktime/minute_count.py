"""A count of single minutes that shares no code with the package: what its arithmetic is held against."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from shuli.core.worktime import WorkCalendar

MINUTE = timedelta(minutes=1)
DAYS = 16

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
