"""Who of several people has the least to do: fewest open tasks; of equals, whoever has been idle longest."""

from collections.abc import Sequence

from django.db import connection

from shuli.apps.directory import queries as directory
from shuli.kit import clock

# A task that is held counts, wherever it stands; who never had one has been idle longest. The last task given
# tells how long somebody has been idle, so that of equals each gets one in turn.
LOADS = """
    SELECT person,
           (SELECT count(*) FROM cases_task WHERE holder = person AND state = 'open'),
           (SELECT max(greatest(opened_at, claimed_at, done_at)) FROM cases_task
             WHERE (holder = person AND state = 'open') OR (done_by = person AND state = 'done'))
      FROM unnest(%s::text[]) AS person
     ORDER BY 2, 3 NULLS FIRST, person
"""


def least_loaded(people: Sequence[str]) -> str | None:
    """Return who of these is to get the next task; whoever is away only if everybody is."""
    if not people:
        return None
    with connection.cursor() as cursor:
        cursor.execute(LOADS, [list(people)])
        ordered: list[str] = [person for person, _open, _last in cursor.fetchall()]
    away = directory.away(ordered, clock.now())
    return next((person for person in ordered if person not in away), ordered[0])
