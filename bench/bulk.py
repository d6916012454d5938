"""Many cases with one commit a lot: `bulk_execution` with history, inbox row, due date, notices, fsync on.

Each kind of work is measured for itself: starting cases that are alike, starting cases of which each has its own values,
completing a task of each, moving each to another version. Each worker process has cases of its own, and all begin a kind of
work together. Beside the wall's time stands that of the processors, a worker's and its PostgreSQL's, because machines are shared:
two cores that do nothing else give two million by their sum. "Alike" are cases that began in one lot with the same values.
"""

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import models

WORKERS = 2
CASES = 2_000  # of each worker and run
RUNS = 3
LIMIT = 10_000  # cases/s that the design asks for first
PROCESS = "P-BENCH-BULK"
KINDS = {
    "start, alike": "start",
    "complete, alike": "complete",
    "migrate, alike": "migrate",
    "start, each with its own values": "start_own",
    "complete, each with its own values": "complete_own",
    "migrate, each with its own values": "migrate_own",
}


def prepare() -> None:
    """Publish two versions of a process; cases begin under the second and move to the first."""
    from shuli.apps.catalogue import operations

    for tasks in (2, 3):
        bpmn = models.limited(models.sequence(tasks), PROCESS)
        installed = operations.publish(operations.Package(facts={"key": PROCESS}, bpmn=bpmn, forms={}))
        if installed.is_refused:
            raise RuntimeError(installed)


def _worker(starter: str, cases: int, ready: Any, results: Any) -> None:
    import django

    django.setup()
    _run(starter, 50, lambda: None)  # as a server that is up has long done
    results.put(_run(starter, cases, ready.wait))


Times = tuple[float, float, float, float]  # when it began and ended, our processor's time, PostgreSQL's


def _run(starter: str, cases: int, together: Callable[[], Any]) -> dict[str, Times]:
    """Return the times of each kind of work."""
    found: dict[str, Times] = {}
    backend = _backend()
    for own in (False, True):
        work = _work(starter, cases, own=own)
        for kind, step in zip(list(KINDS.values())[3 * own :], work, strict=False):
            together()
            began, used, served = time.time(), time.process_time(), _processor_time(backend)
            step()
            ours, theirs = time.process_time() - used, _processor_time(backend) - served
            found[kind] = began, time.time(), ours, theirs
    return found


def _backend() -> int:
    """Return the process that PostgreSQL has for our connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _processor_time(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _work(starter: str, cases: int, *, own: bool) -> tuple[Callable[[], None], ...]:
    from shuli.apps.cases import bulk_execution
    from shuli.apps.cases.lots import Move
    from shuli.apps.catalogue import queries as catalogue
    from shuli.core.engine import Refused
    from shuli.core.engine import commands as c

    begun: list[tuple[int, Any]] = []
    first = min(pk for pk, _ in catalogue.version_numbers(PROCESS))

    def start() -> None:
        amounts = [n if own else 3 for n in range(cases)]
        wanted = [c.Start(actor=starter, variables={"amount": amount}) for amount in amounts]
        begun.extend(bulk_execution.start_many(PROCESS, wanted))
        check(answer for _, answer in begun)

    def complete() -> None:
        asked = [(pk, c.Complete(actor=starter, seat=_seat(answer))) for pk, answer in begun]
        check(bulk_execution.execute_many(asked))

    def migrate() -> None:
        move = Move(actor=starter, version=first, mapping={}, reason="bench")
        check(bulk_execution.execute_many([(pk, move) for pk, _ in begun]))

    def check(answers: Any) -> None:
        if refused := [answer for answer in answers if isinstance(answer, Refused)]:
            raise RuntimeError(refused[0])

    return start, complete, migrate


def _seat(answer: Any) -> int:
    return next(seat for visit in answer.marking.visits.values() for seat in visit.seats)


def _side_by_side(starter: str) -> dict[str, tuple[float, float, float]]:
    """Return, for each kind of work, cases a second by the wall's clock, and a case's microseconds of both processors."""
    context = multiprocessing.get_context("spawn")
    ready, results = context.Barrier(WORKERS), context.Queue()
    workers = [context.Process(target=_worker, args=(starter, CASES, ready, results)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    found = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    return {kind: _together([one[kind] for one in found]) for kind in KINDS.values()}


def _together(times: list[Times]) -> tuple[float, float, float]:
    wall = max(end for _, end, *_ in times) - min(began for began, *_ in times)
    ours, theirs = (1e6 * statistics.mean(used) / CASES for used in list(zip(*times, strict=True))[2:])
    return WORKERS * CASES / wall, ours, theirs


def bulk(starter: str) -> list[dict[str, Any]]:
    prepare()
    runs = [_side_by_side(starter) for _ in range(RUNS)]
    return [_row(name, [run[kind] for run in runs]) for name, kind in KINDS.items()]


def _row(name: str, runs: list[tuple[float, float, float]]) -> dict[str, Any]:
    by_wall, ours, theirs = (statistics.median(values) for values in zip(*runs, strict=True))
    return {
        "row": f"bulk {name}, {WORKERS} workers",
        "unit": "cases/s",
        "ours": round(by_wall),
        "peer": f"asked {LIMIT:,}; a case takes {ours:.0f} µs of a worker's processor and {theirs:.0f} of PostgreSQL's",
        "peer_value": None,
        "ratio": round(by_wall / LIMIT, 2),
        "limit_value": LIMIT,
        "runs": [round(wall) for wall, *_ in runs],
    }
