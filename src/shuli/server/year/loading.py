"""Loading the example company with a year behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

from django.db import connection, transaction
from msgspec import Struct

from shuli.apps.cases.past import writing
from shuli.apps.cases.past.played import PlayedCase
from shuli.apps.directory import kept_calendars
from shuli.apps.directory import queries as directory
from shuli.kit import clock
from shuli.server.installation import start_django
from shuli.server.year.playing import Year
from shuli.server.year.story import Story

DAYS = 365
LOT = 400  # cases that are written together
ROOM = 2  # keys for each case, so that those that others call have some, too


class Loaded(Struct, frozen=True, kw_only=True):
    """What came of it."""

    cases: int
    open_cases: int
    events: int
    problems: dict[str, int]  # what people of the year could not do at once, how often


class Half(Struct, frozen=True, kw_only=True):
    cases: int  # of both halves
    seed: int
    last: datetime
    half: int
    keys: list[int]  # of its cases


class Keeper:
    """Writes cases as they are over, many together, so that the year needs little memory."""

    def __init__(self) -> None:
        self.waiting: list[PlayedCase] = []
        self.cases = self.events = 0

    def take(self, case: PlayedCase) -> None:
        self.waiting.append(case)
        if len(self.waiting) >= LOT:
            self.write()

    def write(self) -> None:
        writing.write(self.waiting)
        self.cases += len(self.waiting)
        self.events += sum(case.seq for case in self.waiting)
        self.waiting = []


def load_year(cases: int, seed: int, last: datetime, *, together: bool = False) -> Loaded:
    """Play so many cases of the year before a moment and write them; the same ones for the same seed and moment.

    Half of the company buys, makes and delivers, the other half answers customers and develops: each half is played for
    itself, `together` at the same time by two processes. Somebody who works for both has a desk in each.
    """
    kept_calendars.keep({one.fingerprint: one for one in directory.calendars().values()})
    keys = writing.next_keys(cases * ROOM)
    halves = [Half(cases=cases, seed=seed, last=last, half=n, keys=keys[n::2]) for n in range(2)]
    if together:
        with get_context("spawn").Pool(len(halves), start_django) as pool:
            loaded = pool.map(_played, halves)
    else:
        loaded = [_played(half) for half in halves]
    return Loaded(
        cases=sum(one.cases for one in loaded),
        open_cases=sum(one.open_cases for one in loaded),
        events=sum(one.events for one in loaded),
        problems={name: count for one in loaded for name, count in one.problems.items()},
    )


def first_moment(last: datetime) -> datetime:
    """Return when the year before a moment begins."""
    return (last - timedelta(days=DAYS)).astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _played(half: Half) -> Loaded:
    first = first_moment(half.last)
    keeper, story = Keeper(), Story(half.seed, half.half)
    with transaction.atomic(), one_view(), clock.frozen(first):
        year = Year(story, first, half.last, iter(half.keys), keeper.take)
        year.play(story.arrivals(half.cases, first, half.last))
        for case in year.open.values():
            keeper.take(case)
        keeper.write()
    return Loaded(
        cases=keeper.cases,
        open_cases=len(year.open),
        events=keeper.events,
        problems=dict(year.problems.most_common()),
    )


@contextmanager
def one_view() -> Iterator[None]:
    """Ask each question about people once for the whole year: nobody comes, nobody leaves."""
    with connection.cursor() as cursor:
        cursor.execute(directory.EDITION)
        edition: directory.Edition = cursor.fetchone()
    with directory.one_organisation(edition), directory.answers_kept():
        yield
