"""What happened in the cases, as a log of `core.eventlog`: streamed out of the event table, whatever its size.

PostgreSQL puts the columns together and Arrow reads them as they come, so no row is ever a Python object.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BufferedReader, RawIOBase
from typing import Any, cast

import pyarrow as pa
from django.db import connection, transaction
from msgspec import Struct
from psycopg import Copy, sql
from pyarrow import csv

from shuli.core.engine import token_events
from shuli.core.engine.event import Event
from shuli.core.eventlog import AT, Log, log_schema

SCHEMA = log_schema(
    {
        "case:process": pa.string(),
        "case:version": pa.string(),
        "case:starter_department": pa.string(),
        "event": pa.string(),  # what the engine calls it
        "position": pa.int64(),  # within the case, from 1
        "visit": pa.int64(),
        "round": pa.int64(),
        "outcome": pa.string(),  # of the visit that it closes
        "opened": AT,
        "started": AT,
        "due": AT,
        "waiting": pa.int64(),  # working seconds
        "handling": pa.int64(),  # working seconds
    }
)
# How the engine keeps its tokens, clocks and values: nothing that anybody did. `everything` has it, too.
BOOKKEEPING = (
    *(name for name, kind in vars(token_events).items() if isinstance(kind, type) and issubclass(kind, Event)),
    "VariablesSet", "TimerSet", "TimerCancelled", "Subscribed", "Unsubscribed", "BranchesForgotten", "BranchKept",
)  # fmt: skip
# Words of the XES standard's lifecycle; what has none stands without.
LIFECYCLE = {
    "VisitOpened": "schedule",
    "TaskClaimed": "assign",
    "TaskTransferred": "reassign",
    "VisitClosed": "complete",
    "CaseStarted": "start",
    "CaseEnded": "complete",
    "CaseSuspended": "suspend",
    "CaseResumed": "resume",
    "ServiceRequested": "start",
    "ServiceClosed": "complete",
}
# Serves `shuli log export`. A visit's own columns stand with the event that closes it.
EVENTS = """
    SELECT c.number, coalesce(v.node, e.node, e.type), e.at AT TIME ZONE 'UTC',
           CASE WHEN v.outcome = 'cancelled' AND e.type = 'VisitClosed' THEN 'withdraw' ELSE l.word END,
           {person}, nullif(v.department, ''),
           c.process_key, version.number, nullif(c.starter_department, ''),
           e.type, e.seq, e.visit, v.round,
           CASE WHEN e.type = 'VisitClosed' THEN v.outcome END,
           CASE WHEN e.type = 'VisitClosed' THEN v.opened_at AT TIME ZONE 'UTC' END,
           CASE WHEN e.type = 'VisitClosed' THEN v.first_touched_at AT TIME ZONE 'UTC' END,
           v.due_at AT TIME ZONE 'UTC',
           CASE WHEN e.type = 'VisitClosed' THEN v.waiting_seconds END,
           CASE WHEN e.type = 'VisitClosed' THEN v.handling_seconds END
      FROM (SELECT case_id, seq, at, type, nullif(actor, 'system') AS actor, about.visit, about.node
              FROM cases_event CROSS JOIN LATERAL json_to_record(payload::json) AS about(visit bigint, node text)
             WHERE type <> ALL({left_out})) AS e
      JOIN cases_case AS c ON c.id = e.case_id
      JOIN catalogue_processversion AS version ON version.id = c.version_id
  LEFT JOIN log_position AS p ON p.case_id = e.case_id
      LEFT JOIN (VALUES {lifecycle}) AS l(type, word) ON l.type = e.type
      LEFT JOIN cases_visit AS v ON v.case_id = e.case_id AND v.number = e.visit
     WHERE e.seq > coalesce(p.seq, 0){order}
"""
WORK_MEMORY = (
    "64MB"  # of PostgreSQL for each join: those of visits and cases, which the usual 4 MB would put on disk
)
POSITIONS = "SELECT id, seq FROM cases_case"


class Wanted(Struct, frozen=True, kw_only=True):
    """Which events, and how."""

    everything: bool = False  # the engine's bookkeeping, too
    together: bool = False  # the events of a case one after another
    pseudonym_key: str = ""  # people appear under a sign that only this key connects with them


@contextmanager
def one_moment(known: Iterable[tuple[int, int]] = ()) -> Iterator[None]:
    """Read everything in the block as it was at one moment; `known`: cases, and up to which position to leave them out."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        cursor.execute("CREATE TEMP TABLE log_position (case_id bigint, seq integer) ON COMMIT DROP")
        with _copy("COPY log_position FROM STDIN") as copy:
            for row in known:
                copy.write_row(row)
        cursor.execute("ANALYZE log_position")
        yield


def positions() -> Iterator[tuple[int, int]]:
    """Give each case with the position of its last event."""
    with _copy(f"COPY ({POSITIONS}) TO STDOUT") as copy:
        copy.set_types(["bigint", "integer"])
        yield from cast("Iterator[tuple[int, int]]", copy.rows())


def event_log(wanted: Wanted) -> Log:
    """Return the log of all cases, behind what `one_moment` was told is known; it is read within that block."""
    return Log(schema=SCHEMA, batches=lambda: _batches(_statement(wanted)))


def _statement(wanted: Wanted) -> sql.Composed:
    left_out = () if wanted.everything else BOOKKEEPING
    person: sql.Composable = sql.SQL("e.actor")
    if wanted.pseudonym_key:
        mixed = sql.SQL("left(encode(sha256(convert_to({} || e.actor, 'UTF8')), 'hex'), 12)")
        person = sql.SQL("'p-' || ") + mixed.format(sql.Literal(wanted.pseudonym_key))
    words = [
        sql.SQL("({}, {})").format(sql.Literal(name), sql.Literal(word)) for name, word in LIFECYCLE.items()
    ]
    return sql.SQL(EVENTS).format(
        person=person,
        left_out=sql.Literal(list(left_out)),
        lifecycle=sql.SQL(", ").join(words),
        order=sql.SQL(" ORDER BY e.case_id, e.seq" if wanted.together else ""),
    )


def _batches(statement: sql.Composed) -> Iterator[pa.RecordBatch]:
    types = {
        name: pa.timestamp("us") if kind == AT else kind
        for name, kind in zip(SCHEMA.names, SCHEMA.types, strict=True)
    }
    with (
        _copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(statement)) as copy,
        BufferedReader(_Blocks(copy), 1 << 20) as source,
    ):
        if not source.peek(1):
            return
        reader = csv.open_csv(
            source,
            read_options=csv.ReadOptions(column_names=SCHEMA.names, block_size=4 << 20),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=types,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
        for batch in reader:
            yield batch.cast(SCHEMA)


class _Blocks(RawIOBase):
    """What a COPY sends, as a file to read."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            block = self._copy.read()
            if not block:
                return 0
            self._rest = memoryview(bytes(block))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _copy(statement: str | sql.Composed) -> AbstractContextManager[Copy]:
    connection.ensure_connection()
    raw = cast("Any", connection.connection)
    return cast("Callable[..., AbstractContextManager[Copy]]", raw.cursor().copy)(statement)
