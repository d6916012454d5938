"""A company's years of work in minutes: some cases go through the engine, the others are their copies, row by row.

A copy has its own number, starter and hash chain, so that `shuli verify-state` holds for it as for any other case.
The copying happens inside PostgreSQL; nothing passes through Python.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import models
from django.db import connection

PERSON, NUMBER = "@person@", "@number@"
PROCESS = "P-SCALE"
CASES_A_PERSON = 500  # open ones, so that a company of any size has people with as much to do
BUSY = "p00000"  # holds every fiftieth task
# Who does the second step: half of the work is one department's.
DEPARTMENTS = ("service", "tech", "service", "quality", "service", "finance", "service", "purchasing")
FIRST = 1_000_000_000  # the copies' ids begin here
TEMPLATES = 20  # of each kind, begun at different moments

FORM = {
    "key": "asked",
    "title": {"zh": "申请", "en": "Request"},
    "sections": [{"fields": [{"type": "text", "key": "what", "label": {"zh": "事由", "en": "What"}, "searchable": True}]}],
}  # fmt: skip


def _task(node: str, performer: str) -> str:
    duty = (
        "<bpmn:extensionElements><shuli:duty><shuli:lead>unit</shuli:lead>"
        f'{performer}<shuli:limit kind="working_days" amount="2"/></shuli:duty></bpmn:extensionElements>'
    )
    return f'<bpmn:userTask id="{node}" name="办理{node}">{duty}</bpmn:userTask>'


def bpmn(key: str = PROCESS) -> str:
    """Return start → a task of the starter → a task of a department → end."""
    facts = (
        f'<bpmn:extensionElements><shuli:process key="{key}" owner="owner-complaint" supervisor="supervisor"'
        ' numberPattern="SC{yyyy}{seq}"><shuli:title>what</shuli:title></shuli:process></bpmn:extensionElements>'
    )
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate([("start", "ask"), ("ask", "work"), ("work", "end")])
    )
    start = (
        '<bpmn:startEvent id="start"><bpmn:extensionElements><shuli:duty form="asked"/>'
        "</bpmn:extensionElements></bpmn:startEvent>"
    )
    tasks = _task("ask", '<shuli:performer kind="starter"/>') + _task("work", "")
    body = f'{facts}{start}{tasks}<bpmn:endEvent id="end"/>{flows}'
    return (
        f'{models.HEAD}<bpmn:process id="{key}" name="规模" isExecutable="true">{body}</bpmn:process>'
        "</bpmn:definitions>"
    )


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How far the copies of a case have come."""

    name: str
    steps: int  # tasks completed
    share: int  # of ten open cases; 0: closed


KINDS = (
    Kind(name="held", steps=0, share=8),
    Kind(name="claimable", steps=1, share=2),
    Kind(name="closed", steps=2, share=0),
)


def publish(key: str = PROCESS) -> None:
    from shuli.apps.catalogue import operations

    facts = {"key": key, "name": {"zh": "规模", "en": "Scale"}, "action": {"zh": "开始", "en": "Start"}}
    installed = operations.publish(operations.Package(facts=facts, bpmn=bpmn(key), forms={"asked": FORM}))
    if installed.is_refused:
        raise RuntimeError(installed)


def hire(first: int, last: int) -> None:
    """Take on the people from the one number to before the other."""
    from shuli.apps.directory.models import Person

    Person.objects.bulk_create(
        Person(username=f"p{n:05d}", name=f"员工{n}", name_en=f"Person {n}") for n in range(first, last)
    )


def template(kind: Kind, at: datetime, unit: str) -> int:
    """Run one case through the engine as far as its kind goes, at this moment; return its id."""
    from shuli.apps.cases import execution, filled_forms
    from shuli.apps.cases.models import Task
    from shuli.apps.directory import queries as directory
    from shuli.core.engine import Refused
    from shuli.core.engine import commands as c
    from shuli.kit import clock

    member = next(iter(directory.members(f"department:{unit}")))
    with clock.frozen(at):
        values = {"what": f"维修 {NUMBER}", "unit": unit}
        case_id, answer = execution.start(PROCESS, c.Start(actor=PERSON, variables=values, start="start"))
        if isinstance(answer, Refused):
            raise TypeError(answer)
        filled_forms.record(case_id, "start", None, "asked", "", values, PERSON)
        for actor in (PERSON, member)[: kind.steps]:
            seat = Task.objects.get(case_id=case_id, state="open").seat
            execution.execute(case_id, c.Claim(actor=actor, seat=seat))
            answer = execution.execute(case_id, c.Complete(actor=actor, seat=seat, answers={}))
            if isinstance(answer, Refused):
                raise TypeError(answer)
    return case_id


def moments(number: int, until: datetime) -> Iterator[datetime]:
    """Yield whole working mornings before a day, the latest first."""
    day = until.replace(hour=2, minute=0, second=0, microsecond=0)
    for n in range(number):
        yield day - timedelta(days=n // 8, minutes=7 * (n % 8))


# The chain of a copy, as kit.chain and store.event_bytes make it.
LINK = """sha256(int4send(length({before})) || {before} || convert_to(
    id || '/' || {seq} || '/' || extract(epoch from {at})::numeric(20, 6) || '/' || {actor} || E'\\n' || {payload}, 'UTF8'))"""


def _copied(text: str) -> str:
    """Return the SQL of a text with the copy's person and number."""
    quoted = "'" + text.replace("'", "''") + "'"
    if PERSON in text:
        quoted = f"replace({quoted}, '{PERSON}', p)"
    if NUMBER in text:
        quoted = f"replace({quoted}, '{NUMBER}', n)"
    return quoted


def _chained(events: list[tuple[Any, ...]]) -> str:
    """Return a subquery that gives each copy its hashes h1, h2, …."""
    inner, before = "SELECT id, p, n FROM copies", "''::bytea"
    for seq, at, _type, actor, payload in events:
        link = LINK.format(
            before=before,
            seq=seq,
            at=f"'{at.isoformat()}'::timestamptz",
            actor=_copied(actor),
            payload=_copied(payload),
        )
        # OFFSET 0 keeps PostgreSQL from working out the whole chain anew for each link
        inner = f"SELECT x.*, {link} AS h{seq} FROM ({inner}) x OFFSET 0"
        before = f"h{seq}"
    return inner


def copy(case_id: int, first: int, number: int, people: tuple[int, int]) -> None:
    """Copy a case `number` times, with ids from `first`, for the people from the one number to before the other."""
    begin, end = people
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS copies, chained")
        cursor.execute(
            "CREATE TEMP TABLE copies AS SELECT id, 'p' || lpad((CASE WHEN id %% 50 = 0 THEN 0 ELSE %s + id %% %s END)::text, 5, '0')"
            " AS p, 'SC' || lpad(id::text, 10, '0') AS n FROM generate_series(%s, %s) AS id",
            [begin, end - begin, first, first + number - 1],
        )
        cursor.execute(
            "SELECT seq, at, type, actor, payload FROM cases_event WHERE case_id = %s ORDER BY seq", [case_id]
        )
        events = cursor.fetchall()
        cursor.execute(f"CREATE TEMP TABLE chained AS {_chained(events)}".replace("%", "%%"))
        cursor.execute(_case_copy(len(events)), [case_id])
        cursor.execute(_event_copies(events).replace("%", "%%"))
        for table, columns in TABLES.items():
            cursor.execute(_row_copies(table, columns), [case_id])


def _case_copy(last: int) -> str:
    same = (
        "process_key, version_id, status, starter_department, custodian, seq, incidents, started_at, ended_at"
    )
    return f"""
        INSERT INTO cases_case (id, number, title, starter, marking, variables, last_hash, {same})
        SELECT g.id, g.n, replace(c.title, '{NUMBER}', g.n), g.p, replace(c.marking::text, '{PERSON}', g.p)::jsonb,
               replace(c.variables::text, '{NUMBER}', g.n)::jsonb, g.h{last}, {", ".join(f"c.{name.strip()}" for name in same.split(","))}
          FROM chained g, cases_case c WHERE c.id = %s"""


def _event_copies(events: list[tuple[Any, ...]]) -> str:
    rows = ", ".join(
        f"({seq}, '{at.isoformat()}'::timestamptz, '{kind}', {_copied(actor)}, {_copied(payload)}, h{seq})"
        for seq, at, kind, actor, payload in events
    )
    return f"""
        INSERT INTO cases_event (case_id, seq, at, type, actor, payload, hash)
        SELECT id, e.* FROM chained, LATERAL (VALUES {rows}) AS e"""


# Tables of a case, with the columns in which the person or the number stands.
TABLES: dict[str, set[str]] = {
    "cases_visit": {"person"},
    "cases_task": {"holder", "sender", "done_by"},
    "cases_timer": set(),
    "cases_access": {"subject"},
    "cases_notification": {"person"},
    "cases_formrecord": {"person", "answers"},
    "cases_searchfield": {"text"},
}

# Of a pool's fifteen notices each copy has its starter's, so that the table stays in proportion.
ONLY = {"cases_notification": f" AND t.person = '{PERSON}'"}


def _row_copies(table: str, replaced: set[str]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            " AND column_name NOT IN ('id', 'case_id')",
            [table],
        )
        columns = dict(cursor.fetchall())
    values = ", ".join(
        f"replace(replace(t.{name}::text, '{PERSON}', g.p), '{NUMBER}', g.n)::{kind}"
        if name in replaced
        else f"t.{name}"
        for name, kind in columns.items()
    )
    return f"""
        INSERT INTO {table} (case_id, {", ".join(columns)})
        SELECT g.id, {values} FROM chained g, {table} t WHERE t.case_id = %s{ONLY.get(table, "")}"""


def populate(open_cases: int, closed_cases: int, first: int, people: tuple[int, int]) -> int:
    """Make so many more open and closed cases for these people; return the id behind the last one."""
    from django.utils import timezone

    moment = list(zip(moments(TEMPLATES, timezone.now()), itertools.cycle(DEPARTMENTS), strict=False))
    with connection.cursor() as cursor, bare(cursor):
        for kind in KINDS:
            wanted = open_cases * kind.share // 10 if kind.share else closed_cases
            for at, unit in moment if wanted else ():
                copy(template(kind, at, unit), first, wanted // TEMPLATES, people)
                first += wanted // TEMPLATES
        cursor.execute("SELECT setval('cases_case_id_seq', %s)", [first + 100_000_000])
        cursor.execute("DELETE FROM procrastinate_jobs")
    return first


FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
     WHERE indrelid::regclass::text = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
"""


@contextmanager
def bare(cursor: Any) -> Iterator[None]:
    """Take indexes and foreign keys away while rows come in by the million, and check and build them afterwards."""
    tables = ["cases_case", *TABLES]
    cursor.execute(FOREIGN_KEYS, [tables])
    keys = cursor.fetchall()
    cursor.execute(INDEXES, [tables])
    indexes = cursor.fetchall()
    for table, name, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '1GB'")
    for _name, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def settle() -> None:
    """Let PostgreSQL count what is there, as its own housekeeping does in the night after."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
