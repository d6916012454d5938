"""The changes of rows that events ask for: their SQL, by name, and how the changes of one command become few statements.

A completion changes some ten rows. Sent one by one, asking costs more than writing, so they go as one statement:
changes of different rows, side by side in a WITH.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from typing import Any

from psycopg.types.json import Jsonb

Change = tuple[str, tuple[Any, ...]]  # name of a statement, its parameters
Kind = tuple[str, int]  # a statement, and how many rows it writes

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
           SET closed_at = %s, outcome = %s, person = %s, reason = %s, waiting_seconds = %s, handling_seconds = %s,
               calendar = %s, first_touched_at = coalesce(first_touched_at, %s)
         WHERE case_id = %s AND number = %s AND closed_at IS NULL""",
    "add_pause": "UPDATE cases_visit SET paused_seconds = paused_seconds + %s WHERE case_id = %s AND number = %s",
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
               is_offered = %s, claimed_at = NULL, transfers = transfers + 1
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
    # The case goes on under another version, which calls these nodes by other names.
    "rename_visits": """
        UPDATE cases_visit SET node = coalesce(%s::jsonb ->> node, node) WHERE case_id = %s AND closed_at IS NULL""",
    "rename_tasks": """
        UPDATE cases_task SET node = coalesce(%s::jsonb ->> node, node)
         WHERE case_id = %s AND state IN ('open', 'waiting', 'opinion')""",
    "rename_timers": """
        UPDATE cases_timer SET node = coalesce(%s::jsonb ->> node, node) WHERE case_id = %s AND state = 'pending'""",
    "rename_incidents": """
        UPDATE cases_incident SET node = coalesce(%s::jsonb ->> node, node)
         WHERE case_id = %s AND resolved_at IS NULL""",
    "give_access": """
        INSERT INTO cases_access (case_id, subject) VALUES (%s, %s) ON CONFLICT DO NOTHING""",
}

# Rows that a command writes several of, whatever else it does: so many share one VALUES.
MANY = {"append_event": 16, "give_access": 16}

_HEAD = re.compile(r"\s*(INSERT INTO|UPDATE) (\w+)")
_TARGETS = {name: _HEAD.match(text) for name, text in STATEMENTS.items()}
TABLES = {name: target[2] for name, target in _TARGETS.items() if target}
UPDATES = {name for name, target in _TARGETS.items() if target and target[1] == "UPDATE"}


def statements(changes: Iterable[Change]) -> Iterator[tuple[tuple[Kind, ...], list[Any]]]:
    """Return the changes as few statements, each with its parameters, that mean the same in this order.

    The parts of one statement do not see what the others do, so an update never stands behind another change of its
    table. New rows have numbers of their own and may stand behind anything.
    """
    kinds: list[Kind] = []
    values: list[Any] = []
    touched: set[str] = set()
    for (name, rows), parameters in _gathered(changes):
        if name in UPDATES and TABLES[name] in touched:
            yield tuple(kinds), values
            kinds, values, touched = [], [], set()
        kinds.append((name, rows))
        touched.add(TABLES[name])
        values += parameters
    if kinds:
        yield tuple(kinds), values


def _gathered(changes: Iterable[Change]) -> Iterator[tuple[Kind, list[Any]]]:
    """Return the changes one by one, and those of MANY together at the end; the same row of them once."""
    together: dict[str, dict[tuple[Any, ...], None]] = {}
    for name, values in changes:
        if name in MANY:
            together.setdefault(name, {})[values] = None
        else:
            yield (name, 1), [Jsonb(value) if isinstance(value, dict) else value for value in values]
    for name, found in together.items():
        rows = list(found)
        for start in range(0, len(rows), MANY[name]):
            lot = rows[start : start + MANY[name]]
            yield (name, len(lot)), [value for row in lot for value in row]


@lru_cache(maxsize=1_000)
def one_statement(kinds: tuple[Kind, ...]) -> str:
    """Return one statement that makes all these changes, its parameters numbered in their order."""
    number = count(1)
    *before, last = [re.sub("%s", lambda _: f"${next(number)}", _text(name, rows)) for name, rows in kinds]
    beside = ", ".join(f"change{n} AS ({part})" for n, part in enumerate(before))
    return f"WITH {beside} {last}" if before else last


def _text(name: str, rows: int) -> str:
    """Return a statement's text with its row of VALUES so many times."""
    text = STATEMENTS[name]
    return (
        re.sub(r"VALUES (\(.*?\))", lambda found: "VALUES " + ", ".join([found[1]] * rows), text)
        if rows > 1
        else text
    )
