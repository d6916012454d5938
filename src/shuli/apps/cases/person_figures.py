"""What one person did and has to do, from the rows of tasks: shown to themselves and to who leads them."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from msgspec import Struct

from shuli.apps.cases.models import Task
from shuli.apps.directory import queries as directory

# By the index of what somebody has done; the visit tells how long it took. Steps that several decided count for each.
DONE = """
    SELECT count(*), count(v.due_at), count(*) FILTER (WHERE t.done_at <= v.due_at),
           coalesce(sum(v.waiting_seconds), 0), coalesce(sum(v.handling_seconds), 0),
           count(*) FILTER (WHERE v.outcome = 'returned')
      FROM cases_task AS t JOIN cases_visit AS v ON v.case_id = t.case_id AND v.number = t.visit_number
     WHERE t.state = 'done' AND t.done_by = %s AND t.done_at >= %s AND t.done_at < %s
"""


class Done(Struct, frozen=True, kw_only=True):
    """What somebody did within a time."""

    tasks: int
    due: int  # of these, with a date
    on_time: int
    waiting_seconds: int
    handling_seconds: int
    returned: int


class Load(Struct, frozen=True, kw_only=True):
    """What somebody has to do."""

    open_tasks: int
    overdue: int
    this_week: int  # due within the next seven days


def may_see(reader: str, person: str) -> bool:
    """Say whether figures of a person are shown to somebody: to themselves and to who heads their department."""
    return reader == person or directory.main_department(person) in directory.departments_led(reader)


def done(person: str, since: datetime, until: datetime) -> Done:
    with connection.cursor() as cursor:
        cursor.execute(DONE, [person, since, until])
        tasks, due, on_time, waiting, handling, returned = cursor.fetchone()
    return Done(
        tasks=tasks,
        due=due,
        on_time=on_time,
        waiting_seconds=int(waiting),
        handling_seconds=int(handling),
        returned=returned,
    )


def load(person: str, now: datetime) -> Load:
    rows = _open(person)
    return Load(
        open_tasks=rows.count(),
        overdue=rows.filter(due_at__lt=now).count(),
        this_week=rows.filter(due_at__gte=now, due_at__lt=now + timedelta(days=7)).count(),
    )


def _open(person: str) -> QuerySet[Task]:
    return Task.objects.filter(holder=person, state=Task.State.OPEN)
