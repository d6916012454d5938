"""The SQL of running a case, named and in one place. Everything else reads through the ORM.

All changes of one command go to the server in one pipeline, inside the caller's transaction, under the
lock of the case's row.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Union, cast

import msgspec
from django.db import connection
from psycopg.types.json import Jsonb

from shuli.apps.cases.scenes import Change
from shuli.core.engine.applying import APPLIERS
from shuli.core.engine.events import Event
from shuli.core.engine.marking import Marking
from shuli.kit.chain import link
from shuli.kit.failpoints import failpoint

# Every command on a case waits here for the one before. A called case locks its root first, so that a
# command on the child and one on the parent never wait for one another.
LOCK_ROOT = "SELECT id FROM cases_case WHERE id = %s FOR UPDATE"
LOCK_CASE = """
    SELECT id, version_id, marking::text, variables::text, seq, last_hash, parent_id, parent_child, number
      FROM cases_case WHERE id = %s FOR UPDATE
"""
ROOT_OF = "SELECT coalesce(root_id, id) FROM cases_case WHERE id = %s"
# A question of its own, after the lock: only then does it see what the command before has written.
TOUCHED = """
    SELECT number, first_touched_at FROM cases_visit
     WHERE case_id = %s AND closed_at IS NULL AND first_touched_at IS NOT NULL
"""

STATEMENTS = {
    "save_case": """
        UPDATE cases_case
           SET marking = %s::jsonb, variables = %s::jsonb, seq = %s, last_hash = %s, status = %s, title = %s,
               custodian = %s, incidents = %s,
               ended_at = CASE WHEN %s::timestamptz IS NULL THEN NULL ELSE coalesce(ended_at, %s) END
         WHERE id = %s""",
    "append_event": """
        INSERT INTO cases_event (case_id, seq, at, type, actor, payload, hash)
        VALUES (%s, %s, %s, %s, %s, %s, %s)""",
    "open_visit": """
        INSERT INTO cases_visit (case_id, number, node, round, department, opened_at, due_at,
                                 outcome, person, reason, is_overdue, reminders)
        VALUES (%s, %s, %s, %s, %s, %s, %s, '', '', '', false, 0)""",
    "touch_visit": """
        UPDATE cases_visit SET first_touched_at = %s
         WHERE case_id = %s AND number = %s AND first_touched_at IS NULL""",
    "close_visit": """
        UPDATE cases_visit
           SET closed_at = %s, outcome = %s, person = %s, reason = %s, waiting_seconds = %s, handling_seconds = %s
         WHERE case_id = %s AND number = %s AND closed_at IS NULL""",
    "mark_overdue": "UPDATE cases_visit SET is_overdue = true WHERE case_id = %s AND number = %s",
    "count_reminder": "UPDATE cases_visit SET reminders = reminders + 1 WHERE case_id = %s AND number = %s",
    "open_task": """
        INSERT INTO cases_task (case_id, visit_number, seat, node, role, seat_key, department, holder, pool, state,
                                opened_at, due_at, sender, reason, substitute, principal, added_by, parent_seat,
                                done_by, decision, opinion, signed, transfers, is_offered, is_carried, urges)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', '', false, 0,
                false, false, 0)""",
    # The holder of somebody else's seat is woken too, when those who were asked first have spoken.
    "wake_task": """
        UPDATE cases_task SET opened_at = CASE WHEN state = 'waiting' THEN %s ELSE opened_at END, state = 'open'
         WHERE case_id = %s AND seat = %s""",
    # A substitute who takes it acts for the holder; a holder who takes it needs no substitute.
    "claim_task": """
        UPDATE cases_task
           SET substitute = CASE WHEN holder = %s THEN '' ELSE substitute END, holder = %s, claimed_at = %s,
               principal = coalesce(nullif(%s, ''), principal)
         WHERE case_id = %s AND seat = %s""",
    "release_task": """
        UPDATE cases_task
           SET substitute = CASE WHEN principal <> '' THEN holder ELSE '' END, holder = principal, principal = '',
               claimed_at = NULL
         WHERE case_id = %s AND seat = %s""",
    "transfer_task": """
        UPDATE cases_task SET holder = %s, sender = %s, reason = %s, substitute = %s, principal = '',
               is_offered = %s, transfers = transfers + 1
         WHERE case_id = %s AND seat = %s""",
    "accept_task": "UPDATE cases_task SET is_offered = false WHERE case_id = %s AND seat = %s",
    "decline_task": """
        UPDATE cases_task SET holder = %s, sender = %s, reason = %s, is_offered = false, substitute = ''
         WHERE case_id = %s AND seat = %s""",
    "set_substitute": "UPDATE cases_task SET substitute = %s WHERE case_id = %s AND seat = %s",
    "urge_task": "UPDATE cases_task SET urges = urges + 1, urged_at = %s WHERE case_id = %s AND seat = %s",
    "cancel_seat": """
        UPDATE cases_task SET state = 'cancelled', done_at = %s, reason = %s
         WHERE case_id = %s AND (seat = %s OR parent_seat = %s) AND state IN ('open', 'waiting')""",
    "finish_task": """
        UPDATE cases_task
           SET state = 'done', done_by = %s, done_at = %s, decision = %s, opinion = %s, signed = %s, principal = %s,
               draft = NULL
         WHERE case_id = %s AND seat = %s""",
    "carry_vote": """
        UPDATE cases_task SET state = 'done', done_by = holder, done_at = %s, decision = %s, is_carried = true
         WHERE case_id = %s AND seat = %s""",
    "leave_opinion": "UPDATE cases_task SET state = 'opinion', done_at = NULL WHERE case_id = %s AND seat = %s",
    "cancel_tasks": """
        UPDATE cases_task SET state = 'cancelled', done_at = %s, reason = %s
         WHERE case_id = %s AND visit_number = %s AND state IN ('open', 'waiting')""",
    "set_timer": """
        INSERT INTO cases_timer (case_id, number, kind, node, due_at, state)
        VALUES (%s, %s, %s, %s, %s, 'pending')
        ON CONFLICT (case_id, number) DO UPDATE SET due_at = excluded.due_at, state = 'pending'""",
    "move_due": "UPDATE cases_visit SET due_at = %s WHERE case_id = %s AND number = %s",
    "move_task_due": """
        UPDATE cases_task SET due_at = %s
         WHERE case_id = %s AND visit_number = %s AND state IN ('open', 'waiting')""",
    "repeat_timer": "UPDATE cases_timer SET due_at = %s WHERE case_id = %s AND number = %s",
    "end_timer": "UPDATE cases_timer SET state = %s WHERE case_id = %s AND number = %s AND state = 'pending'",
    "raise_incident": """
        INSERT INTO cases_incident (case_id, number, code, node, params, raised_at)
        VALUES (%s, %s, %s, %s, %s, %s)""",
    "resolve_incident": "UPDATE cases_incident SET resolved_at = %s WHERE case_id = %s AND number = %s",
    "open_subscription": """
        INSERT INTO cases_subscription (case_id, number, kind, name, correlation, node, opened_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s)""",
    "close_subscription": """
        UPDATE cases_subscription SET closed_at = %s WHERE case_id = %s AND number = %s AND closed_at IS NULL""",
    "hold_subscription": "UPDATE cases_subscription SET held_at = %s WHERE case_id = %s AND number = %s",
    "free_subscriptions": """
        UPDATE cases_subscription SET held_at = NULL WHERE case_id = %s AND held_at IS NOT NULL""",
    # When it may be tried is real time: the movable clock is about due dates, not about programs.
    "ask_service": """
        INSERT INTO cases_servicecall (case_id, number, node, kind, name, request, timeout, retries, created_at,
                                       next_at, state, attempts, worker, error)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, now(), 'open', 0, '', '')""",
    "hold_service": "UPDATE cases_servicecall SET state = 'held' WHERE case_id = %s AND number = %s",
    "close_service": """
        UPDATE cases_servicecall SET state = %s, closed_at = %s, lease_until = NULL
         WHERE case_id = %s AND number = %s""",
    "record_decision": """
        INSERT INTO cases_decisionrecord (case_id, node, decision, version, rows, by, value, chosen, deviates, reason,
                                          person, at)
        SELECT %s, %s, %s, %s, by->'rows', by, by->'value', NULL, false, '', '', %s
          FROM (SELECT %s::jsonb AS by) record""",
    "give_access": """
        INSERT INTO cases_access (case_id, subject) VALUES (%s, %s) ON CONFLICT DO NOTHING""",
}

# Events carry their kind in the payload too, so that a row's text alone says what happened.
_event = msgspec.json.Decoder(Union[tuple(APPLIERS)])  # noqa: UP007 -- made from a table
_encode = msgspec.json.Encoder(enc_hook=str).encode
_marking = msgspec.json.Decoder(Marking)


@dataclass(frozen=True, kw_only=True)
class LockedCase:
    """A case under its lock, as the engine reads it."""

    id: int
    version_id: int
    marking: Marking
    seq: int
    last_hash: bytes
    parent_id: int | None
    parent_child: int | None
    number: str
    touched: dict[int, datetime]


@lru_cache(maxsize=100_000)
def root_of(case_id: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(ROOT_OF, [case_id])
        row = cursor.fetchone()
    return row[0] if row else None


def lock_root(case_id: int) -> None:
    """Lock the row of the case's root; whoever locks a case's own row locks this one before."""
    root = root_of(case_id)
    if root is not None and root != case_id:
        with connection.cursor() as cursor:
            cursor.execute(LOCK_ROOT, [root])


def lock_case(case_id: int) -> LockedCase | None:
    """Lock the case's row and return what the engine needs of it, or None when there is no such case."""
    lock_root(case_id)
    with connection.cursor() as cursor:
        cursor.execute(LOCK_CASE, [case_id])
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(TOUCHED, [case_id])
        touched = dict(cursor.fetchall())
    marking = _marking.decode(row[2])
    marking.variables = msgspec.json.decode(row[3])
    return LockedCase(
        id=row[0],
        version_id=row[1],
        marking=marking,
        seq=row[4],
        last_hash=bytes(row[5]),
        parent_id=row[6],
        parent_child=row[7],
        number=row[8],
        touched=touched,
    )


def decode_marking(marking: object, variables: dict[str, Any]) -> Marking:
    """Return the marking that the case's two columns hold."""
    decoded = msgspec.convert(marking, Marking, strict=False)
    decoded.variables = variables
    return decoded


def encode_marking(marking: Marking) -> tuple[str, str]:
    """Return the marking without its variables, and the variables, as JSON."""
    variables = marking.variables
    marking.variables = {}
    try:
        return _encode(marking).decode(), _encode(variables).decode()
    finally:
        marking.variables = variables


def event_rows(
    case: LockedCase, events: Iterable[Event], actor: str, at: datetime
) -> tuple[list[Change], int, bytes]:
    """Chain the events to the case's last one; return their rows, the new last number and its hash."""
    rows: list[Change] = []
    seq, digest = case.seq, case.last_hash
    for event in events:
        seq += 1
        kind, payload = type(event).__name__, _encode(event)
        digest = link(digest, event_bytes(case.id, seq, at, actor, payload))
        rows.append(("append_event", (case.id, seq, at, kind, actor, payload.decode(), digest)))
    failpoint("events.chained")
    return rows, seq, digest


def event_bytes(case_id: int, seq: int, at: datetime, actor: str, payload: bytes) -> bytes:
    """Return what an event's hash covers; the payload is stored as text so that it stays the same bytes."""
    return b"\n".join([f"{case_id}/{seq}/{at.timestamp():.6f}/{actor}".encode(), payload])


def decode_event(payload: str) -> Event:
    """Return the event that a row's payload holds."""
    return cast("Event", _event.decode(payload))


def write(changes: Sequence[Change]) -> None:
    """Send the changes in one pipeline; the first failure fails the transaction."""
    connection.ensure_connection()
    raw = cast("Any", connection.connection)
    pipeline = cast("AbstractContextManager[Any]", raw.pipeline())
    with pipeline, raw.cursor() as cursor:
        for name, values in changes:
            cursor.execute(STATEMENTS[name], [Jsonb(v) if isinstance(v, dict) else v for v in values])
        failpoint("rows.sent")
