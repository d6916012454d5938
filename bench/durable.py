"""Durable completions beside their limit and a peer, in one run.

Ours: `execution.execute` with history, inbox row, due date, notification and fsync, 8 clients over one PostgreSQL.
Limit: the same rows written by hand, without an engine, 8 clients, the same server.
Peer: SpiffWorkflow, whose whole state is saved as JSON to SQLite with synchronous=FULL, one client, no inbox.
"""

import json
import multiprocessing
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import models
import peers

CLIENTS = 8
SECONDS = 4.0
RUNS = 3
TASKS = 25  # user tasks a case, about as many as a real process has; the next case's start is within the time
PROCESS = "P-BENCH"


def prepare(starter: str) -> list[int]:
    """Publish the process and start a case for each client."""
    from shuli.apps.cases import execution
    from shuli.apps.catalogue import operations
    from shuli.core.engine import commands as c

    bpmn = models.limited(models.sequence(TASKS), PROCESS)
    installed = operations.publish(operations.Package(facts={"key": PROCESS}, bpmn=bpmn, forms={}))
    if installed.is_refused:
        raise RuntimeError(installed)
    return [execution.start(PROCESS, c.Start(actor=starter))[0] for _ in range(CLIENTS)]


def _client(case_id: int, starter: str, seconds: float, results: Any) -> None:
    from django.db import connection

    from shuli.apps.cases import execution
    from shuli.apps.cases.models import Task
    from shuli.core.engine import commands as c

    connection.close()
    seat = _warm(case_id, starter)
    done, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        answer = execution.execute(case_id, c.Complete(actor=starter, seat=seat))
        done += 1
        seats = [seat.id for visit in answer.marking.visits.values() for seat in visit.seats.values()]
        if not seats:
            case_id = execution.start(PROCESS, c.Start(actor=starter))[0]
            seats = [Task.objects.get(case_id=case_id, state="open").seat]
        seat = seats[0]
    results.put(done)


def _warm(case_id: int, starter: str) -> int:
    """Complete the first task before the clock runs, as a server that is up has long done; return the next seat."""
    from shuli.apps.cases import execution
    from shuli.apps.cases.models import Task
    from shuli.core.engine import commands as c

    seat = Task.objects.get(case_id=case_id, state="open").seat
    execution.execute(case_id, c.Complete(actor=starter, seat=seat))
    return Task.objects.get(case_id=case_id, state="open").seat


LIMIT_TABLES = """
    CREATE TABLE IF NOT EXISTS bench_case (id int PRIMARY KEY, marking jsonb, variables jsonb, seq int, last_hash bytea);
    CREATE TABLE IF NOT EXISTS bench_visit (id bigserial PRIMARY KEY, case_id int, number int, opened_at timestamptz,
        due_at timestamptz, closed_at timestamptz, waiting int, handling int, UNIQUE (case_id, number));
    CREATE TABLE IF NOT EXISTS bench_task (id bigserial PRIMARY KEY, case_id int, seat int, holder text, state text,
        due_at timestamptz, UNIQUE (case_id, seat));
    CREATE INDEX IF NOT EXISTS bench_inbox ON bench_task (holder, due_at) WHERE state = 'open';
    CREATE TABLE IF NOT EXISTS bench_timer (id bigserial PRIMARY KEY, case_id int, number int, due_at timestamptz, state text,
        UNIQUE (case_id, number));
    CREATE TABLE IF NOT EXISTS bench_event (case_id int, seq int, at timestamptz, type text, payload text, hash bytea,
        PRIMARY KEY (case_id, seq));
"""
EVENTS_A_STEP = 6


def _limit_client(number: int, seconds: float, results: Any) -> None:
    """Write by hand the rows that one completion writes, as fast as the server takes them."""
    import psycopg
    from django.conf import settings

    options = settings.DATABASES["default"]
    link = psycopg.connect(
        host=options["HOST"], port=options["PORT"] or None, user=options["USER"], password=options["PASSWORD"] or None,
        dbname=options["NAME"],
    )  # fmt: skip
    marking, payload, digest = (
        json.dumps({"tokens": {"1": {"node": "t1"}}}),
        json.dumps({"token": 1}),
        bytes(32),
    )
    done, until = 0, time.perf_counter() + seconds
    base = int(time.time() * 1000) % 1_000_000_000
    case = base + number
    link.execute("INSERT INTO bench_case VALUES (%s, %s, '{}', 0, '')", [case, marking])
    while time.perf_counter() < until:
        with link.transaction(), link.cursor() as cursor:
            cursor.execute("SELECT * FROM bench_case WHERE id = %s FOR UPDATE", [case])
            cursor.fetchone()
            with link.pipeline():
                for event in range(EVENTS_A_STEP):
                    row = [case, done * EVENTS_A_STEP + event, "Event", payload, digest]
                    cursor.execute("INSERT INTO bench_event VALUES (%s, %s, now(), %s, %s, %s)", row)
                cursor.execute(
                    "UPDATE bench_visit SET closed_at = now(), waiting = 1, handling = 1 WHERE case_id = %s AND number = %s",
                    [case, done - 1],
                )
                cursor.execute(
                    "UPDATE bench_task SET state = 'done' WHERE case_id = %s AND seat = %s", [case, done - 1]
                )
                cursor.execute(
                    "UPDATE bench_timer SET state = 'cancelled' WHERE case_id = %s AND number = %s",
                    [case, done - 1],
                )
                cursor.execute(
                    "INSERT INTO bench_visit (case_id, number, opened_at, due_at) VALUES (%s, %s, now(), now())",
                    [case, done],
                )
                cursor.execute(
                    "INSERT INTO bench_task (case_id, seat, holder, state, due_at) VALUES (%s, %s, 'ann', 'open', now())",
                    [case, done],
                )
                cursor.execute(
                    "INSERT INTO bench_timer (case_id, number, due_at, state) VALUES (%s, %s, now(), 'pending')",
                    [case, done],
                )
                cursor.execute(
                    "UPDATE bench_case SET marking = %s, seq = %s, last_hash = %s WHERE id = %s",
                    [marking, done, digest, case],
                )
        done += 1
    results.put(done)


def _spread(target: Any, arguments: list[tuple[Any, ...]]) -> float:
    """Run the clients side by side; return what they did together in a second."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [
        context.Process(target=_begin, args=(target.__name__, (*args, SECONDS, results)))
        for args in arguments
    ]
    for worker in workers:
        worker.start()
    total = sum(results.get() for _ in workers)
    for worker in workers:
        worker.join()
    return total / SECONDS


def _begin(name: str, arguments: tuple[Any, ...]) -> None:
    import django

    django.setup()
    globals()[name](*arguments)


def _peer() -> float:
    """Complete tasks one by one, saving the whole workflow after each, as its own guide does."""
    spec = peers.load(models.sequence(TASKS), "sequence")  # the same process as ours
    serializer = peers.BpmnWorkflowSerializer()
    with tempfile.TemporaryDirectory() as folder:
        link = sqlite3.connect(Path(folder) / "peer.db", isolation_level=None)
        link.execute("PRAGMA journal_mode = WAL")
        link.execute("PRAGMA synchronous = FULL")
        link.execute("CREATE TABLE state (id integer PRIMARY KEY, body text)")
        done, until, case = 0, time.perf_counter() + SECONDS, 0
        while time.perf_counter() < until:
            case += 1
            done += _peer_case(link, serializer, peers.BpmnWorkflow(spec), case)
        return done / SECONDS


def _peer_case(link: sqlite3.Connection, serializer: Any, workflow: Any, case: int) -> int:
    workflow.do_engine_steps()
    done = 0
    while not workflow.is_completed():
        for task in workflow.get_tasks(state=peers.TaskState.READY, manual=True):
            task.run()
            workflow.do_engine_steps()
            link.execute(
                "INSERT OR REPLACE INTO state VALUES (?, ?)", [case, serializer.serialize_json(workflow)]
            )
            done += 1
    return done


def durable(starter: str) -> list[dict[str, Any]]:
    from django.db import connection

    cases = prepare(starter)
    with connection.cursor() as cursor:
        cursor.execute(LIMIT_TABLES)
    ours, limits, theirs = [], [], []
    for _ in range(RUNS):
        ours.append(_spread(_client, [(case, starter) for case in cases]))
        limits.append(_spread(_limit_client, [(number,) for number in range(CLIENTS)]))
        theirs.append(_peer())
        cases = prepare_again(starter)
    mine, limit, peer = (statistics.median(values) for values in (ours, limits, theirs))
    return [
        {
            "row": "durable completions, 8 clients, fsync on",
            "unit": "task completions/s",
            "ours": round(mine),
            "peer": "SpiffWorkflow + SQLite FULL, 1 client",
            "peer_value": round(peer),
            "ratio": round(mine / peer, 2),
            "limit_value": round(limit),
            "runs": [round(value) for value in ours],
        }
    ]


def prepare_again(starter: str) -> list[int]:
    from shuli.apps.cases import execution
    from shuli.core.engine import commands as c

    return [execution.start(PROCESS, c.Start(actor=starter))[0] for _ in range(CLIENTS)]
