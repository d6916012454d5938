"""What somebody has to do or may claim, by due time, and how much it is: the same at any number of open cases.

The to-dos come from a few indexes, each in the order of due times: what the person holds, what they may do for others, what
each of their pools offers. Only as many rows of each are read as are shown; beyond MOST nobody counts them one by one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import connection
from django.utils import timezone

from shuli.apps.cases.models import Task
from shuli.apps.directory import queries as directory
from shuli.kit import clock

MOST = 1_000  # to-dos that are counted and paged; of more it is said that they are more

# The first rows of one index. A suspended case's work is nobody's to do until it goes on.
FIRST = """(
    SELECT task.id, task.due_at FROM cases_task AS task
     WHERE {mine} AND task.state IN ('open', 'opinion') {due}
       AND NOT EXISTS (SELECT FROM cases_case AS owner WHERE owner.id = task.case_id AND owner.status = 'suspended')
     ORDER BY task.due_at, task.id LIMIT %s)"""
# Of the first to-dos by due time: all, late, due between two moments, the next.
COUNTED = """
    SELECT count(*), count(*) FILTER (WHERE due_at < %s), count(*) FILTER (WHERE due_at >= %s AND due_at < %s),
           min(due_at) FILTER (WHERE due_at >= %s)
      FROM ({rows}) AS todo (id, due_at)
"""
KEYS = "SELECT id FROM ({rows}) AS todo (id, due_at) ORDER BY due_at NULLS LAST, id OFFSET %s LIMIT %s"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How much there is to do: MOST + 1 stands for more than MOST."""

    todo: int
    overdue: int
    today: int
    next_due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Todos:
    """The to-dos of a person by due time, what has none last; as a Paginator and a list of REST read them."""

    person: str
    since: datetime | None = None  # what they are narrowed to, by due time
    until: datetime | None = None
    known: int | None = None  # how many there are, where that was counted already
    ordered: bool = True

    def count(self) -> int:
        """Return how many there are, MOST at most."""
        known = _standing(self._first(MOST + 1))[0] if self.known is None else self.known
        return min(MOST, known)

    def __getitem__(self, place: slice) -> list[Task]:
        start, stop = place.start or 0, place.stop
        if stop <= start:
            return []  # the page of somebody who has nothing to do
        rows, values = self._first(stop)
        with connection.cursor() as cursor:
            cursor.execute(KEYS.format(rows=rows), [*values, start, stop - start])
            keys = [pk for (pk,) in cursor.fetchall()]
        found = Task.objects.prefetch_related("case").in_bulk(keys)
        return [found[pk] for pk in keys]

    def standing(self) -> Standing:
        """Return how much there is to do, what is late and what comes next."""
        counts = _standing(self._first(MOST + 1))
        if counts[0] > MOST:
            # What is late may have used up the count; what is due from now on has one of its own.
            later = Todos(person=self.person, since=clock.now())
            counts = (*counts[:2], *_standing(later._first(MOST + 1))[2:])
        todo, overdue, today, next_due = counts
        return Standing(todo=min(todo, MOST + 1), overdue=overdue, today=today, next_due=next_due)

    def _first(self, size: int) -> tuple[str, list[Any]]:
        """Return the SQL of so many to-dos of each index, the same one once."""
        bounds = [("AND task.due_at >= %s", self.since), ("AND task.due_at < %s", self.until)]
        due = " ".join(text for text, at in bounds if at is not None)
        moments = [at for _, at in bounds if at is not None]
        ways = _ways(self.person)
        rows = " UNION ".join(FIRST.format(mine=mine, due=due) for mine, _ in ways)
        return rows, [value for _, name in ways for value in (name, *moments, size)]


def _ways(person: str) -> list[tuple[str, str]]:
    """Return the ways in which something is somebody's to do, each with its name; each has its index."""
    pools = [("task.holder = '' AND task.pool = %s", pool) for pool in directory.pools_of(person)]
    return [("task.holder = %s", person), ("task.substitute = %s", person), *pools]


def _standing(rows: tuple[str, list[Any]]) -> tuple[int, int, int, datetime | None]:
    statement, values = rows
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(rows=statement), [now, now, tonight(now), now, *values])
        return cast("tuple[int, int, int, datetime | None]", cursor.fetchone())


def tonight(now: datetime) -> datetime:
    """Return the midnight with which the day ends."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1)


def narrowed(person: str, only: str, found: Standing) -> Todos:
    """Return the to-dos that a counter of My work stands for: overdue, or due today; else all."""
    now = clock.now()
    if only == "overdue":
        return Todos(person=person, until=now, known=found.overdue)
    if only == "today":
        return Todos(person=person, since=now, until=tonight(now), known=found.today)
    return Todos(person=person, known=found.todo)


def standing(person: str) -> Standing:
    return Todos(person=person).standing()
