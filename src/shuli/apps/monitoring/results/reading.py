"""The cases of two versions, as far as they can be compared fairly.

Cases that take long are missing from whoever has run for a short time only. So both sides are looked at for equally long: the
cases that began *and* ended within so many days after the version came into force, and within as many days before.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from msgspec import Struct

from shuli.apps.catalogue import queries as catalogue
from shuli.kit import clock

LONGEST = timedelta(days=180)
MOST = 5_000  # cases of a side, the newest

CASES = """
    SELECT extract(epoch FROM c.ended_at - c.started_at)::float, made.waiting, made.handling, made.steps, made.due,
           made.on_time, made.returned, made.reworked,
           (SELECT count(*) FROM (
                SELECT department, lag(department) OVER (ORDER BY number) AS former
                  FROM cases_visit WHERE case_id = c.id AND outcome <> 'cancelled' AND department <> '') AS line
             WHERE department <> former),
           (SELECT avg(points)::float FROM (
                SELECT s.points FROM cases_formrecord AS f
                  JOIN monitoring_satisfactionanswer AS s ON s.process_key = c.process_key AND s.form_key = f.form_key
                   AND s.answer = f.answers ->> s.field WHERE f.case_id = c.id
                UNION ALL
                SELECT s.points FROM monitoring_survey AS v
                  JOIN monitoring_satisfactionanswer AS s ON s.process_key = c.process_key AND s.form_key = 'survey'
                   AND s.field = v.kind AND s.answer = v.answer WHERE v.case_id = c.id AND v.kind = 'customer') AS said)
      FROM cases_case AS c
      CROSS JOIN LATERAL (
            SELECT coalesce(sum(waiting_seconds), 0)::float AS waiting, coalesce(sum(handling_seconds), 0)::float AS handling,
                   count(*) AS steps, count(due_at) AS due, count(*) FILTER (WHERE closed_at <= due_at) AS on_time,
                   count(*) FILTER (WHERE outcome = 'returned') AS returned, count(*) FILTER (WHERE round > 1) AS reworked
              FROM cases_visit WHERE case_id = c.id AND outcome <> 'cancelled' AND closed_at IS NOT NULL) AS made
     WHERE c.process_key = %(process)s AND c.version_id = %(version)s AND c.status = 'approved'
       AND c.started_at >= %(first)s AND c.started_at < %(until)s AND c.ended_at < %(until)s
     ORDER BY c.started_at DESC LIMIT %(most)s
"""


class Run(Struct, frozen=True, array_like=True):
    """What is known of a completed case; times in seconds, waiting and handling in working time."""

    cycle: float
    waiting: float
    handling: float
    steps: int
    due: int
    on_time: int
    returned: int
    reworked: int
    handovers: int
    points: float | None  # what the customer said, of 100


class Side(Struct, frozen=True, kw_only=True):
    number: str
    first: datetime
    until: datetime
    runs: Sequence[Run]


class Sides(Struct, frozen=True, kw_only=True):
    before: Side
    after: Side


def sides(process: str, number: str) -> Sides | None:
    """Return the cases of the version before and of this one; None where there is no version before, or not yet this one."""
    known = catalogue.version_numbers(process)
    at = next((at for at, (_pk, name) in enumerate(known[:-1]) if name == number), None)
    if at is None:
        return None
    version, now = catalogue.version(known[at][0]), clock.now()
    since = version.effective_at or now
    length = min(min(now, version.replaced_at or now) - since, LONGEST)
    if length <= timedelta(0):
        return None
    return Sides(
        before=_side(process, known[at + 1], since - length, since),
        after=_side(process, known[at], since, since + length),
    )


def _side(process: str, version: tuple[int, str], first: datetime, until: datetime) -> Side:
    pk, number = version
    asked: dict[str, Any] = {"process": process, "version": pk, "first": first, "until": until, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(CASES, asked)
        runs = [Run(*row) for row in cursor.fetchall()]
    return Side(number=number, first=first, until=until, runs=runs)
