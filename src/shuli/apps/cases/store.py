"""The SQL of running a case, named and in one place. Everything else reads through the ORM.

All changes of one command go to the server in few statements, most often one, inside the caller's transaction, under
the lock of the case's row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Union, cast

import msgspec
from django.db import connection

from shuli.apps.cases.changes import Change, one_statement, statements
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.core.engine.applying import APPLIERS
from shuli.core.engine.events import Event
from shuli.core.engine.marking import Marking
from shuli.kit import clock
from shuli.kit.chain import link
from shuli.kit.failpoints import failpoint
from shuli.kit.straight import ask

# Every command on a case waits here for the one before. A called case locks its root first, so that a
# command on the child and one on the parent never wait for one another.
LOCK_ROOT = "SELECT id FROM cases_case WHERE id = $1 FOR UPDATE"
LOCK_CASE = """
    SELECT id, version_id, marking::text, variables::text, seq, last_hash, parent_id, parent_child, number
      FROM cases_case WHERE id = $1 FOR UPDATE
"""
# Of many cases: those on which commands will run, and their roots, in one order for all. A root is older than what it calls.
LOCK_MANY = """
    WITH family AS (SELECT id, coalesce(root_id, id) AS root FROM cases_case WHERE id = ANY(%s))
    SELECT id, version_id, marking::text, variables::text, seq, last_hash, parent_id, parent_child, number
      FROM cases_case WHERE id IN (SELECT id FROM family UNION SELECT root FROM family) ORDER BY id FOR UPDATE
"""
TOUCHED_OF_MANY = """
    SELECT case_id, number, first_touched_at FROM cases_visit
     WHERE case_id = ANY(%s) AND closed_at IS NULL AND first_touched_at IS NOT NULL
"""
LOCK_FREE = "SELECT id FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR UPDATE SKIP LOCKED"
FAMILIES_OF = "SELECT id, coalesce(root_id, id), version_id FROM cases_case WHERE id = ANY(%s)"
ROOT_OF = "SELECT coalesce(root_id, id) FROM cases_case WHERE id = %s"
_OPEN = "case_id = $1 AND closed_at IS NULL AND first_touched_at IS NOT NULL"
# A question of its own, after the lock: only then does it see what the command before has written. It asks in one what
# any command needs beside the case: when open visits were first touched, the organisation's edition, the versions whose
# limits are stretched today, and whether an address outside is told what happens.
BESIDE = f"""
    SELECT (SELECT array_agg(number ORDER BY number) FROM cases_visit WHERE {_OPEN}),
           (SELECT array_agg(first_touched_at ORDER BY number) FROM cases_visit WHERE {_OPEN}),
           ({directory.EDITION}), ({catalogue.BUFFERS.format(day="$2")}),
           EXISTS (SELECT FROM cases_hookout WHERE is_active)
"""  # noqa: S608 -- made of constants

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
    # Asked in the same breath, for each question of its own costs a round trip under the lock:
    edition: directory.Edition  # of the organisation
    buffer: float = 1  # by which limits of the version are stretched now
    is_announced: bool = True  # some address outside may be told what happens


@lru_cache(maxsize=100_000)
def known_root(case_id: int) -> int:
    """Return the case's root; LookupError: there is no such case, which is not remembered, for one may come."""
    with connection.cursor() as cursor:
        cursor.execute(ROOT_OF, [case_id])
        row = cursor.fetchone()
    if row is None:
        raise LookupError(f"Expected a case {case_id} but found none.")
    return cast("int", row[0])


def root_of(case_id: int) -> int | None:
    try:
        return known_root(case_id)
    except LookupError:
        return None


def lock_root(case_id: int) -> None:
    """Lock the row of the case's root, for whoever will lock further rows of that family."""
    root = root_of(case_id)
    if root is not None and root != case_id:
        ask(LOCK_ROOT, [root])


def lock_case(case_id: int) -> LockedCase | None:
    """Lock the case's row and return what the engine needs of it, or None when there is no such case.

    Whoever locks a case's own row locks that of its root before.
    """
    root = root_of(case_id)
    if root is not None and root != case_id:
        ask(LOCK_ROOT, [root])
    found = ask(LOCK_CASE, [case_id])
    if not found:
        return None
    [row], [around] = found, ask(BESIDE, [case_id, clock.local_now().date()])
    numbers, moments, stamp, buffers, is_announced = around
    beside = Beside(
        edition=None if stamp is None else (stamp,),
        buffers={int(version): factor for version, factor in (buffers or {}).items()},
        is_announced=is_announced,
    )
    return _locked(row, dict(zip(numbers or (), moments or (), strict=True)), beside)


def edition() -> directory.Edition:
    """Return the organisation's edition as it is now."""
    with connection.cursor() as cursor:
        cursor.execute(directory.EDITION)
        return cast("directory.Edition", cursor.fetchone())


def families_of(case_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return the root and the version of each of these cases that there is."""
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES_OF, [list(case_ids)])
        return {pk: (root, version) for pk, root, version in cursor.fetchall()}


def lock_free_roots(roots: Iterable[int]) -> set[int]:
    """Lock those of these cases that nobody holds, without waiting; return which."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_FREE, [sorted(roots)])
        return {pk for (pk,) in cursor.fetchall()}


def lock_cases(case_ids: Sequence[int]) -> dict[int, LockedCase]:
    """Lock the rows of these cases and of their roots; return, by id, what the engine needs of those that there are."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_MANY, [list(case_ids)])
        rows = {row[0]: row for row in cursor.fetchall()}
        cursor.execute(TOUCHED_OF_MANY, [list(case_ids)])
        touched: dict[int, dict[int, datetime]] = {}
        for case_id, number, at in cursor.fetchall():
            touched.setdefault(case_id, {})[number] = at
        beside = Beside(edition=edition(), buffers=catalogue.buffers(clock.local_now().date()))
    alike: dict[tuple[str, str], Marking] = {}
    return {pk: _locked(rows[pk], touched.get(pk, {}), beside, alike) for pk in case_ids if pk in rows}


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What is asked beside the cases' own rows."""

    edition: directory.Edition
    buffers: Mapping[int, float]  # of the versions that have one now
    is_announced: bool = True


def _locked(
    row: Sequence[Any],
    touched: dict[int, datetime],
    beside: Beside,
    alike: dict[tuple[str, str], Marking] | None = None,
) -> LockedCase:
    """Return the case that a row holds; those of `alike` whose rows say the same share one marking."""
    pk, version, marking, variables, seq, last_hash, parent, child, number = row
    decoded = alike.get((marking, variables)) if alike is not None else None
    if decoded is None:
        decoded = _marking.decode(marking)
        decoded.variables = msgspec.json.decode(variables)
        if alike is not None:
            alike[marking, variables] = decoded
    return LockedCase(
        id=pk,
        version_id=version,
        marking=decoded,
        seq=seq,
        last_hash=bytes(last_hash),
        parent_id=parent,
        parent_child=child,
        number=number,
        touched=touched,
        edition=beside.edition,
        buffer=float(beside.buffers.get(version, 1)),
        is_announced=beside.is_announced,
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


def event_payloads(events: Iterable[Event]) -> list[tuple[str, bytes]]:
    """Return the kind and the payload of each event, as they are stored."""
    return [(type(event).__name__, _encode(event)) for event in events]


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
    return b"%d/%d" % (case_id, seq) + said(at, actor) + payload


def said(at: datetime, actor: str) -> bytes:
    """Return what all events of a command have in common of what their hash covers."""
    return f"/{at.timestamp():.6f}/{actor}\n".encode()


def decode_event(payload: str) -> Event:
    """Return the event that a row's payload holds."""
    return cast("Event", _event.decode(payload))


def write(changes: Iterable[Change]) -> None:
    """Make the changes; the first failure fails the transaction."""
    for kinds, values in statements(changes):
        ask(one_statement(kinds), values)
    failpoint("rows.sent")
