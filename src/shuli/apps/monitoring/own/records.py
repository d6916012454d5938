"""The visits and cases of a process that were closed in a time, with the facts that an expression reads of them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils import timezone
from msgspec import Struct

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.own import scope
from shuli.core.forms.conversion import to_feel
from shuli.core.forms.definition import FieldBase

BATCH = 500  # visits or cases whose forms are read together


class Record(Struct, frozen=True, kw_only=True):
    """One visit or case: where and when it was closed, and its facts."""

    day: date
    version: int
    node: str
    department: str
    case: int
    number: str  # of the case
    closed_at: datetime
    facts: dict[str, Any]


# Both give case, number, version, starter's department and the moment of closing first, in this order.
VISITS = """
    SELECT c.id, c.number, c.version_id, c.starter_department, v.closed_at,
           v.node, v.department, v.person, v.round, v.outcome, v.opened_at, v.due_at,
           v.waiting_seconds, v.handling_seconds, v.paused_seconds,
           (SELECT coalesce(sum(transfers), 0) FROM cases_task AS t
             WHERE t.case_id = v.case_id AND t.visit_number = v.number)
      FROM cases_visit AS v JOIN cases_case AS c ON c.id = v.case_id
     WHERE c.process_key = %(process)s AND v.closed_at >= %(first)s
       AND (%(until)s::timestamptz IS NULL OR v.closed_at < %(until)s)
       AND (%(among)s::bigint[] IS NULL OR c.id = ANY(%(among)s)) AND v.outcome <> 'cancelled'
     ORDER BY v.closed_at, v.id
"""
CASES = """
    SELECT c.id, c.number, c.version_id, c.starter_department, c.ended_at, c.status, c.started_at,
           v.visits, v.late, v.returns, v.waiting, v.handling, v.paused,
           (SELECT coalesce(sum(transfers), 0) FROM cases_task AS t WHERE t.case_id = c.id)
      FROM cases_case AS c
      CROSS JOIN LATERAL (
            SELECT count(*) AS visits, count(*) FILTER (WHERE closed_at > due_at) AS late,
                   count(*) FILTER (WHERE outcome = 'returned') AS returns,
                   coalesce(sum(waiting_seconds), 0) AS waiting, coalesce(sum(handling_seconds), 0) AS handling,
                   coalesce(sum(paused_seconds), 0) AS paused
              FROM cases_visit WHERE case_id = c.id AND closed_at IS NOT NULL AND outcome <> 'cancelled') AS v
     WHERE c.process_key = %(process)s AND c.ended_at >= %(first)s
       AND (%(until)s::timestamptz IS NULL OR c.ended_at < %(until)s)
       AND (%(among)s::bigint[] IS NULL OR c.id = ANY(%(among)s))
     ORDER BY c.ended_at, c.id
"""
FORMS = """
    SELECT case_id, at, answers::text FROM cases_formrecord WHERE case_id = ANY(%(cases)s) ORDER BY case_id, at, id
"""
# What a day consists of: while it says the same nothing was closed, opened again or mended on it.
SEEN = {
    "visit": """
        SELECT (v.closed_at AT TIME ZONE %(zone)s)::date, count(*), max(v.closed_at), sum(v.id)
          FROM cases_visit AS v JOIN cases_case AS c ON c.id = v.case_id
         WHERE c.process_key = %(process)s AND v.closed_at >= %(first)s AND v.closed_at < %(until)s
           AND v.outcome <> 'cancelled' GROUP BY 1""",
    "case": """
        SELECT (ended_at AT TIME ZONE %(zone)s)::date, count(*), max(ended_at), sum(id)
          FROM cases_case WHERE process_key = %(process)s AND ended_at >= %(first)s AND ended_at < %(until)s
         GROUP BY 1""",
}


class Wanted(Struct, frozen=True, kw_only=True):
    """Whose records, of when, and which names are read of them."""

    process: str
    grain: str
    first: datetime
    until: datetime | None  # None: to now
    reads: frozenset[str]
    among: tuple[int, ...] | None = None  # only of these cases


def records(wanted: Wanted) -> Iterator[Record]:
    """Give what was closed from a moment until before another one, in the order of closing."""
    make = _visit if wanted.grain == "visit" else _case
    fields = scope.fields(wanted.process)
    taken = {fact.name for fact in scope.FACTS[wanted.grain]}
    asked = {key: field for key, field in fields.items() if key in wanted.reads - taken}
    known = Known(
        places=Places() if "performer_department" in wanted.reads else None,
        versions=dict(catalogue.version_numbers(wanted.process)),
    )
    for rows in _batches(VISITS if wanted.grain == "visit" else CASES, wanted):
        written = _written({row[0] for row in rows}) if asked else {}
        for row in rows:
            answers = _answers(written.get(row[0], ()), row[4], asked)
            yield make(row, answers, known)


def seen(wanted: Wanted, zone: str) -> dict[date, str]:
    """Return what each day consists of, as a text that differs when anything on it does."""
    named: dict[str, Any] = {
        "process": wanted.process,
        "first": wanted.first,
        "until": wanted.until,
        "zone": zone,
    }
    with connection.cursor() as cursor:
        cursor.execute(SEEN[wanted.grain], named)
        return {day: f"{count} {last.timestamp()} {keys}" for day, count, last, keys in cursor.fetchall()}


def _batches(question: str, wanted: Wanted) -> Iterator[list[Any]]:
    among = None if wanted.among is None else list(wanted.among)
    named: dict[str, Any] = {
        "process": wanted.process,
        "first": wanted.first,
        "until": wanted.until,
        "among": among,
    }
    with connection.cursor() as cursor:
        cursor.execute(question, named)
        while rows := cursor.fetchmany(BATCH):
            yield rows


def _written(cases: set[int]) -> dict[int, list[tuple[datetime, Mapping[str, Any]]]]:
    """Return what was written into forms, by case in the order of time."""
    with connection.cursor() as cursor:
        cursor.execute(FORMS, {"cases": sorted(cases)})
        rows = cursor.fetchall()
    return {
        case: [(at, json.loads(answers)) for _, at, answers in group]
        for case, group in groupby(rows, key=lambda row: row[0])
    }


def _answers(
    written: Iterable[tuple[datetime, Mapping[str, Any]]], until: datetime, fields: Mapping[str, FieldBase]
) -> dict[str, Any]:
    """Return the fields as they stood at a moment: what is written later changes nothing that was counted."""
    found: dict[str, Any] = dict.fromkeys(fields)
    for at, answers in written:
        if at <= until:
            found |= {key: to_feel(fields[key], value) for key, value in answers.items() if key in fields}
    return found


class Places:
    """Where people sat at a time."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[date, date | None, str]]] = {}

    def of(self, person: str, day: date, otherwise: str) -> str:
        if not person:
            return otherwise
        if person not in self._known:
            self._known[person] = directory.main_departments(person)
        spans = self._known[person]
        return next((code for since, until, code in spans if since <= day <= (until or day)), otherwise)


class Known(Struct, frozen=True, kw_only=True):
    """What is looked up once for all records."""

    places: Places | None  # None: nobody asks
    versions: dict[int, str]  # numbers


def _seconds(count: int | None) -> timedelta:
    return timedelta(seconds=int(count or 0))


def _visit(row: Any, answers: dict[str, Any], known: Known) -> Record:
    case, number, version, starter, closed = row[:5]
    node, department, person, turn, outcome, opened, due, waiting, handling, paused, transfers = row[5:]
    day = timezone.localtime(closed).date()
    facts = {
        "node": node,
        "department": department,
        "performer_department": known.places.of(person, day, department) if known.places else department,
        "waiting": _seconds(waiting),
        "handling": _seconds(handling),
        "paused": _seconds(paused),
        "on_time": None if due is None else closed <= due,
        "round": turn,
        "returned": outcome == "returned",
        "transfers": int(transfers),
        "opened_at": timezone.localtime(opened),
        "closed_at": timezone.localtime(closed),
        "starter_department": starter,
        "version": known.versions.get(version, ""),
    }
    return Record(
        day=day, version=version, node=node, department=department, case=case, number=number, closed_at=closed,
        facts=answers | facts,
    )  # fmt: skip


def _case(row: Any, answers: dict[str, Any], known: Known) -> Record:
    case, number, version, starter, ended = row[:5]
    status, started, visits, late, returns, waiting, handling, paused, transfers = row[5:]
    facts = {
        "completed": status == "approved",
        "cycle": ended - started,
        "waiting": _seconds(waiting),
        "handling": _seconds(handling),
        "paused": _seconds(paused),
        "visits": visits,
        "late_visits": late,
        "on_time": not late,
        "returns": returns,
        "transfers": int(transfers),
        "started_at": timezone.localtime(started),
        "ended_at": timezone.localtime(ended),
        "starter_department": starter,
        "version": known.versions.get(version, ""),
    }
    return Record(
        day=timezone.localtime(ended).date(), version=version, node="", department=starter, case=case,
        number=number, closed_at=ended, facts=answers | facts,
    )  # fmt: skip
