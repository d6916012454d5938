"""How complete the documents of closed cases are: looked at once when a case has ended, and again when it ended again."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from shuli.apps.cases import completeness
from shuli.apps.monitoring.models import CaseDocuments

BATCH = 500  # cases that are looked at together

NOT_LOOKED_AT = """
    SELECT c.id, c.ended_at FROM cases_case AS c LEFT JOIN monitoring_casedocuments AS d ON d.case_id = c.id
     WHERE c.ended_at >= %s AND c.ended_at < %s AND d.ended_at IS DISTINCT FROM c.ended_at
     ORDER BY c.id
"""


def look_at_closed_cases(first: datetime, until: datetime) -> None:
    """Note the completeness of the cases that ended within a time and of which it is not noted yet."""
    with connection.cursor() as cursor:
        cursor.execute(NOT_LOOKED_AT, [first, until])
        ended: dict[int, datetime] = dict(cursor.fetchall())
    for ids in _batches(list(ended)):
        counts = completeness.counts_of(ids)
        rows = [
            CaseDocuments(case_id=pk, ended_at=ended[pk], due=due, there=there)
            for pk, (due, there) in counts.items()
        ]
        CaseDocuments.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["case"], update_fields=["ended_at", "due", "there"]
        )


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(ids), BATCH):
        yield ids[at : at + BATCH]
