"""`shuli verify-audit`: follow the hash chain of every case's events, and find the place where somebody edited it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from django.db import connection, transaction
from msgspec import Struct

from shuli.apps.cases import store
from shuli.kit.chain import link

# All cases with their events, along the keys of both tables, so that nothing is sorted.
CHAINS = """
    SELECT c.id, c.number, c.seq, c.last_hash, e.seq, e.at, e.actor, e.payload, e.hash
      FROM cases_case AS c LEFT JOIN cases_event AS e ON e.case_id = c.id
     ORDER BY c.id, e.seq
"""
STRAYS = """
    SELECT DISTINCT ON (e.case_id) e.case_id, e.seq, e.at FROM cases_event AS e
     WHERE NOT EXISTS (SELECT 1 FROM cases_case AS c WHERE c.id = e.case_id)
     ORDER BY e.case_id, e.seq
"""
FETCHED = 2_000  # rows at a time


class Break(Struct, frozen=True, kw_only=True):
    """Where a chain does not hold: the first event of a case that is not as it was written."""

    case: str
    position: int
    at: datetime | None  # as the event says; None: the event is missing
    found: str


class Audited(Struct, kw_only=True):
    """What has been looked at so far."""

    cases: int = 0
    events: int = 0


def verify_audit(audited: Audited) -> Iterator[Break]:
    """Give the first break of each case's chain, and count what was looked at."""
    # A cursor with a name streams; outside of a transaction there is none.
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cast("Any", cursor).itersize = FETCHED
        cursor.execute(CHAINS)
        for _case, rows in groupby(cursor, key=lambda row: row[0]):
            found = _first_break(rows, audited)
            if found is not None:
                yield found
            audited.cases += 1
    with connection.cursor() as cursor:
        cursor.execute(STRAYS)
        for case_id, seq, at in cursor.fetchall():
            yield Break(case=f"#{case_id}", position=seq, at=at, found="the case of this event is gone")


def _first_break(rows: Iterable[tuple[Any, ...]], audited: Audited) -> Break | None:
    """Return where the chain of one case breaks first; all its rows are read."""
    digest, wanted, found = b"", 0, None
    for case_id, number, last, last_hash, seq, at, actor, payload, stored in rows:
        case, end = number, (number, last, bytes(last_hash))
        if seq is None:
            break
        audited.events += 1
        wanted += 1
        if found is not None:
            continue
        if seq != wanted:
            found = Break(case=case, position=wanted, at=None, found="this event is missing")
        else:
            digest = link(digest, store.event_bytes(case_id, seq, at, actor, payload.encode()))
            if digest != bytes(stored):
                found = Break(case=case, position=seq, at=at, found="this event was changed")
    return found or _at_the_end(*end, wanted, digest)


def _at_the_end(case: str, last: int, last_hash: bytes, wanted: int, digest: bytes) -> Break | None:
    if wanted < last:
        return Break(case=case, position=wanted + 1, at=None, found="the last events are missing")
    if wanted > last or digest != last_hash:
        return Break(
            case=case, position=wanted, at=None, found="the case's row does not agree with its last event"
        )
    return None
