"""Writing cases that were played in memory: rows by COPY, and what changed later by few statements for all of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from shuli.apps.cases import store
from shuli.apps.cases.bulk_writing import Written, block_of, write_many
from shuli.apps.cases.copying import Block, Differing, copy
from shuli.apps.cases.lots import PLACE
from shuli.apps.cases.models import Comment, DecisionRecord, FormRecord, Notification, SearchField
from shuli.apps.cases.past.played import PlayedCase
from shuli.apps.cases.titles import case_title

CASE_COLUMNS = (
    "id", "number", "title", "process_key", "version_id", "status", "starter", "starter_department", "custodian",
    "marking", "variables", "seq", "last_hash", "incidents", "parent_id", "root_id", "parent_child", "started_at", "ended_at",
)  # fmt: skip
EVENT_COLUMNS = ("case_id", "seq", "at", "type", "actor", "payload", "hash")
PARTITION = "SELECT cases_event_partition(%s)"
NEXT_IDS = "SELECT nextval(pg_get_serial_sequence('cases_case', 'id')) FROM generate_series(1, %s)"


def next_keys(count: int) -> list[int]:
    """Return keys for so many cases that nobody else gets."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_IDS, [count])
        return [pk for (pk,) in cursor.fetchall()]


def write(cases: Sequence[PlayedCase]) -> None:
    """Write these cases with all their rows, in the caller's transaction."""
    if not cases:
        return
    copy("cases_case", ", ".join(CASE_COLUMNS), [_rows([_case(case) for case in cases])])
    events = [values for case in cases for _, values in case.events]
    _make_partitions(events)
    copy("cases_event", ", ".join(EVENT_COLUMNS), [_rows(events)])
    access = [(case.id, subject) for case in cases for subject in case.access]
    copy("cases_access", "case_id, subject", [_rows(access)])
    write_many([*_changes(case)] for case in cases)
    _write_answers(cases)


def _write_answers(cases: Sequence[PlayedCase]) -> None:
    """Write filled forms, what tables said of them, comments and messages."""
    FormRecord.objects.bulk_create([one for case in cases for one in case.records], batch_size=2_000)
    DecisionRecord.objects.bulk_create([one for case in cases for one in case.decisions], batch_size=2_000)
    Comment.objects.bulk_create([one for case in cases for one in case.comments], batch_size=2_000)
    Notification.objects.bulk_create([one for case in cases for one in case.letters], batch_size=2_000)
    texts = [
        SearchField(case_id=case.id, key=key, text=text)
        for case in cases
        for key, text in case.search.items()
    ]
    SearchField.objects.bulk_create(texts, batch_size=2_000)


def _rows(rows: Sequence[Sequence[Any]]) -> Block:
    return Block(columns=[Differing(values) for values in zip(*rows, strict=True)], size=len(rows))


def _case(case: PlayedCase) -> tuple[Any, ...]:
    marking, variables = store.encode_marking(case.marking)
    parent = case.parent[0] if case.parent else None
    return (
        case.id,
        case.number,
        case_title(case.graph, case.marking.variables, case.number),
        case.graph.key,
        case.version_id,
        case.marking.status,
        case.starter,
        case.department,
        case.marking.custodian or "",
        marking,
        variables,
        case.seq,
        case.last_hash,
        len(case.marking.incidents),
        parent.id if parent else None,
        _root(case).id if parent else None,
        case.parent[1] if case.parent else None,
        case.started_at,
        case.ended_at,
    )


def _root(case: PlayedCase) -> PlayedCase:
    return _root(case.parent[0]) if case.parent else case


def _make_partitions(events: Iterable[Sequence[Any]]) -> None:
    """Make the partitions of the months in which something happened, before a row of them comes."""
    with connection.cursor() as cursor:
        for month in sorted({values[2].astimezone().date().replace(day=1) for values in events}):
            cursor.execute(PARTITION, [month])


def _changes(case: PlayedCase) -> Iterator[Written]:
    keys = Differing([case.id])
    return (block_of(change, keys, PLACE) for change in case.changes)
