"""Many cases started and completed with one commit a lot: `bulk_execution` with history, inbox row, due date, notices, fsync on.

A case counts when it has been started and its two user tasks are done: three commands. Each worker process has cases of its
own. Beside the wall's time stands that of the processors, ours and PostgreSQL's apart, because machines are shared.
"""

import multiprocessing
import statistics
import time
from typing import Any

import models

WORKERS = 2
CASES = 2_000
RUNS = 3
TASKS = 2
LIMIT = 10_000  # cases/s that the design asks for
PROCESS = "P-BENCH-BULK"


def prepare() -> None:
    from shuli.apps.catalogue import operations

    bpmn = models.limited(models.sequence(TASKS), PROCESS)
    installed = operations.publish(operations.Package(facts={"key": PROCESS}, bpmn=bpmn, forms={}))
    if installed.is_refused:
        raise RuntimeError(installed)


def _worker(starter: str, cases: int, ready: Any, results: Any) -> None:
    import django

    django.setup()
    _run(starter, 20)  # as a server that is up has long done
    ready.wait()
    began, used = time.perf_counter(), time.process_time()
    steps = _run(starter, cases)
    results.put((time.perf_counter() - began, time.process_time() - used, steps))


def _run(starter: str, cases: int) -> dict[str, float]:
    """Start the cases, then complete their tasks, all by all; return the processor time of each kind of step."""
    from shuli.apps.cases import bulk_execution
    from shuli.core.engine import commands as c

    began = time.process_time()
    open_cases = bulk_execution.start_many(PROCESS, [c.Start(actor=starter, variables={"amount": 3})] * cases)
    steps = {"start": time.process_time() - began}
    for _ in range(TASKS):
        began = time.process_time()
        asked = [(pk, c.Complete(actor=starter, seat=_seat(answer))) for pk, answer in open_cases]
        answers = bulk_execution.execute_many(asked)
        steps["complete"] = time.process_time() - began
        open_cases = [(pk, answer) for (pk, _), answer in zip(asked, answers, strict=True)]
    if any(answer.marking.status != "approved" for _, answer in open_cases):
        raise RuntimeError("Expected every case to be approved but found others.")
    return steps


def _seat(answer: Any) -> int:
    return next(seat for visit in answer.marking.visits.values() for seat in visit.seats)


def _side_by_side(starter: str) -> tuple[float, float]:
    """Return cases a second by the wall's clock, and by the processor time of one of our processes."""
    context = multiprocessing.get_context("spawn")
    ready, results = context.Barrier(WORKERS), context.Queue()
    workers = [context.Process(target=_worker, args=(starter, CASES, ready, results)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    found = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    wall = max(seconds for seconds, _, _ in found)
    return WORKERS * CASES / wall, CASES / statistics.mean(used for _, used, _ in found)


def bulk(starter: str) -> list[dict[str, Any]]:
    prepare()
    runs = [_side_by_side(starter) for _ in range(RUNS)]
    by_wall, by_processor = (statistics.median(values) for values in zip(*runs, strict=True))
    return [
        {
            "row": f"bulk start and complete, group commit, {WORKERS} workers",
            "unit": "cases/s",
            "ours": round(by_wall),
            "peer": f"asked {LIMIT:,}; {by_processor:,.0f} cases a second of one process's processor time",
            "peer_value": None,
            "ratio": round(by_wall / LIMIT, 2),
            "limit_value": LIMIT,
            "runs": [round(wall) for wall, _ in runs],
        }
    ]
