"""Which open steps are likely to be late, by what like steps took that are closed.

Like is: the same step of the same process, in the latest cases that were completed within half a year. What they took is
working time, so that a weekend counts for nobody.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from msgspec import Struct

from shuli.apps.directory import queries as directory
from shuli.core.figures import Likely, likely
from shuli.core.worktime import BeyondCalendarError, working_seconds_between

BASELINE = timedelta(days=182)  # the last six months (H1-03)
LATEST = 300  # completed cases of a process that are looked at

# Steps with a date that has not passed, of cases that go on.
OPEN = """
    SELECT c.number, c.process_key, v.node, v.department, v.opened_at, v.due_at
      FROM cases_visit AS v JOIN cases_case AS c ON c.id = v.case_id
     WHERE v.closed_at IS NULL AND v.due_at > %(now)s AND v.opened_at <= %(now)s AND c.status = 'running'
       AND (%(process)s = '' OR c.process_key = %(process)s) AND (%(node)s = '' OR v.node = %(node)s)
       AND (%(department)s = '' OR v.department = %(department)s)
     ORDER BY v.due_at, v.id
"""
# What each step of a process took in its latest completed cases.
TOOK = """
    SELECT v.node, v.waiting_seconds + v.handling_seconds
      FROM (SELECT id FROM cases_case
             WHERE process_key = %(process)s AND status = 'approved' AND started_at >= %(since)s
             ORDER BY started_at DESC LIMIT %(latest)s) AS latest
      JOIN cases_visit AS v ON v.case_id = latest.id
     WHERE v.closed_at IS NOT NULL AND v.outcome <> 'cancelled' AND v.waiting_seconds IS NOT NULL
     ORDER BY 2
"""


class OpenVisit(Struct, frozen=True, kw_only=True):
    number: str  # of the case
    process: str
    node: str
    department: str
    due_at: datetime
    likely: Likely


def open_visits(
    now: datetime, *, process: str = "", node: str = "", department: str = "", least: int = 0
) -> Iterator[OpenVisit]:
    """Give the open steps of which something can be said, the next due first."""
    known: dict[str, dict[str, list[float]]] = {}
    where = {"now": now, "process": process, "node": node, "department": department}
    for number, key, at, unit, opened, due in _rows(OPEN, where):
        if key not in known:
            known[key] = _took(key, now)
        found = _likely(known[key].get(at, []), unit, (opened, now, due))
        if found is not None and found.like >= least:
            yield OpenVisit(number=number, process=key, node=at, department=unit, due_at=due, likely=found)


def _likely(
    took: list[float], department: str, moments: tuple[datetime, datetime, datetime]
) -> Likely | None:
    opened, now, due = moments
    calendar = directory.calendar_for(department or None)
    try:
        passed = working_seconds_between(calendar, opened, now)
        return likely(took, passed, working_seconds_between(calendar, now, due))
    except BeyondCalendarError:
        return None


def _took(process: str, now: datetime) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for node, seconds in _rows(TOOK, {"process": process, "since": now - BASELINE, "latest": LATEST}):
        found.setdefault(node, []).append(float(seconds))
    return found


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
