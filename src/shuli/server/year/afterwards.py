"""What the year left beside its cases: answers to surveys, alerts, scorecards, reports. Made by the same jobs, at their moments."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from shuli.apps.cases.past import told
from shuli.apps.monitoring import past
from shuli.kit import clock, jobs
from shuli.server.year.story import facts

WEEK = timedelta(days=7)
TOLD = timedelta(days=14)  # before the end: messages that people may still want to read
EVENING_BEFORE = timedelta(days=1, hours=14)  # of the month's last day, when its figures are whole
REPORTED = 4  # months before the end of which reports are there


def leave_the_rest(seed: int, first: datetime, last: datetime) -> None:
    """Let the year's weeks and months leave what they do; nobody is written to about what is long over."""
    chance = Random(f"{seed}/afterwards")  # noqa: S311 -- an example, not secrets
    with jobs.dropped():
        for at in _weeks(first, last):
            with clock.frozen(at):
                past.ask_and_answer(facts()["survey"], chance, since=first, until=last)
    past.count()
    with jobs.dropped():
        for at in _months(first, last):
            with clock.frozen(at - EVENING_BEFORE):
                past.watch_figures()
            with clock.frozen(at):
                past.close_month(makes_reports=at > last - REPORTED * timedelta(days=31))
        with clock.frozen(last):
            past.watch_everything()
    told.forget_before(last - TOLD)


def _weeks(first: datetime, last: datetime) -> Iterator[datetime]:
    at = first + WEEK
    while at < last:
        yield at
        at += WEEK


def _months(first: datetime, last: datetime) -> Iterator[datetime]:
    """Give the second morning of each month, when what is over is reckoned and reported."""
    month = timezone.localtime(first).replace(day=2, hour=10, minute=0, second=0, microsecond=0)
    for _ in range(12):
        month = (month + timedelta(days=32)).replace(day=2)
        if first + timedelta(days=20) < month < last:
            yield month
