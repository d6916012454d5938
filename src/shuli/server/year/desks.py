"""When people do their work: each one thing after another, in working time, with days off and habits."""

from datetime import datetime, timedelta
from random import Random

from msgspec import Struct

from shuli.apps.directory import queries as directory
from shuli.core.worktime import WorkCalendar, add_working_seconds, roll_forward

LEAVE_DAYS = (5, 9)  # calendar days of each of the two leaves of a year
MINUTE = 60
AT_ONCE = 12  # what is to be looked at within so many minutes comes before what lies on the desk
# Who looks at what waits on these days of the week only, from this hour of UTC on: the year's bottleneck.
HABITS: dict[str, tuple[frozenset[int], int]] = {"finance": (frozenset({1, 3}), 6)}  # Tuesday, Thursday 14:00


class Slot(Struct, frozen=True, kw_only=True):
    """When somebody takes a task up and when it is done."""

    start: datetime
    finish: datetime


class Desk:
    """One person's working year."""

    def __init__(self, person: str, chance: Random, first: datetime, last: datetime) -> None:
        self.person = person
        self.department = directory.main_department(person) or ""
        self.calendar: WorkCalendar = directory.calendar_for(self.department, person)
        self.free_at = first
        days = max((last - first).days, 1)
        self._leaves = sorted(self._leave(chance, first, days) for _ in range(2))

    def _leave(self, chance: Random, first: datetime, days: int) -> tuple[datetime, datetime]:
        since = first + timedelta(days=chance.randrange(days))
        return since, since + timedelta(days=chance.randint(*LEAVE_DAYS))

    def take(self, opened: datetime, reading: float, minutes: float) -> Slot:
        """Put a task behind what is there already: looked at so many working minutes later, done in so many."""
        seen = add_working_seconds(self.calendar, opened, reading * MINUTE)
        if reading < AT_ONCE:
            start = self._there(seen)
            self.free_at = add_working_seconds(self.calendar, max(self.free_at, start), minutes * MINUTE)
        else:
            start = self._there(max(seen, self.free_at))
            self.free_at = add_working_seconds(self.calendar, start, minutes * MINUTE)
        return Slot(start=start, finish=add_working_seconds(self.calendar, start, minutes * MINUTE))

    def _there(self, at: datetime) -> datetime:
        """Return the first moment from `at` on at which the person is at work."""
        for since, until in self._leaves:
            if since <= at < until:
                at = until
        habit = HABITS.get(self.department)
        if habit is not None:
            days, hour = habit
            while at.weekday() not in days:
                at = (at + timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)
            at = max(at, at.replace(hour=hour, minute=0, second=0, microsecond=0))
        return roll_forward(self.calendar, at)


class Office:
    """All desks; who is free first takes what lies in a pool."""

    def __init__(self, chance: Random, first: datetime, last: datetime) -> None:
        self._chance, self._first, self._last = chance, first, last
        self._desks: dict[str, Desk] = {}

    def desk(self, person: str) -> Desk:
        if person not in self._desks:
            self._desks[person] = Desk(person, self._chance, self._first, self._last)
        return self._desks[person]

    def whose(self, holder: str | None, pool: str | None, at: datetime) -> Desk | None:
        """Return the desk on which a task lands; None: nobody may do it."""
        if holder is not None:
            return self.desk(holder)
        people = directory.members(pool) if pool else []
        desks = [self.desk(person) for person in people]
        # among those who have nothing to do chance decides, so that work is spread
        return min(desks, key=lambda one: (max(one.free_at, at), self._chance.random()), default=None)
