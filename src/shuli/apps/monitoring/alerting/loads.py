"""How much work is open, by person and by department; and what is late in departments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from msgspec import Struct

from shuli.apps.directory import queries as directory

BY_PERSON = """
    SELECT holder, count(*) FROM cases_task
     WHERE state IN ('open', 'opinion') AND state = 'open' AND holder <> '' GROUP BY holder ORDER BY 2 DESC, 1
"""
BY_DEPARTMENT = """
    SELECT department, count(*) FROM cases_task
     WHERE state IN ('open', 'opinion') AND state = 'open' AND department <> '' AND (%(department)s = '' OR department = %(department)s)
     GROUP BY department ORDER BY 2 DESC, 1
"""
# The index of open visits holds departments and dates.
OVERDUE = """
    SELECT c.number, c.title, c.process_key, v.node, v.department, v.due_at
      FROM cases_visit AS v JOIN cases_case AS c ON c.id = v.case_id
     WHERE v.closed_at IS NULL AND v.department = ANY(%(departments)s) AND v.due_at < %(now)s AND c.status = 'running'
     ORDER BY v.due_at, v.id
"""
ESCALATED = """
    SELECT c.number, c.title, c.process_key, n.node, n.params ->> 'department', n.at
      FROM cases_notification AS n JOIN cases_case AS c ON c.id = n.case_id
     WHERE n.person = %(person)s AND n.code = 'escalated' AND n.at >= %(since)s AND n.at < %(now)s ORDER BY n.at, n.id
"""
LOAD = """
    SELECT holder, count(*), count(*) FILTER (WHERE due_at < %(now)s) FROM cases_task
     WHERE holder = ANY(%(people)s) AND state IN ('open', 'opinion') AND state = 'open'
     GROUP BY holder ORDER BY 2 DESC, 1
"""


class Late(Struct, frozen=True, kw_only=True):
    """A step that is late, or was escalated: of which case, since when."""

    number: str
    title: str
    process: str
    node: str
    department: str
    at: datetime


class Load(Struct, frozen=True, kw_only=True):
    person: str
    open: int
    overdue: int


def by_person(department: str = "") -> list[tuple[str, str, int]]:
    """Return people with their main departments and open tasks; of one department where it is given."""
    found = [(name, directory.main_department(name) or "", tasks) for name, tasks in _rows(BY_PERSON, {})]
    return [one for one in found if not department or one[1] == department]


def by_department(department: str = "") -> list[tuple[str, str, int]]:
    return [("", unit, tasks) for unit, tasks in _rows(BY_DEPARTMENT, {"department": department})]


def overdue(departments: Sequence[str], now: datetime) -> list[Late]:
    return _late(OVERDUE, {"departments": list(departments), "now": now})


def escalated(person: str, since: datetime, now: datetime) -> list[Late]:
    """Return what was escalated to somebody in a time."""
    return _late(ESCALATED, {"person": person, "since": since, "now": now})


def load(people: Sequence[str], now: datetime) -> list[Load]:
    """Return what each of these people has to do, most first; who has nothing is left out."""
    rows = _rows(LOAD, {"people": list(people), "now": now})
    return [Load(person=name, open=tasks, overdue=late) for name, tasks, late in rows]


def _late(statement: str, values: dict[str, Any]) -> list[Late]:
    return [
        Late(number=number, title=title, process=process, node=node, department=unit or "", at=at)
        for number, title, process, node, unit, at in _rows(statement, values)
    ]


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
