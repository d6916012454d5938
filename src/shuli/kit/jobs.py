"""Work for later, in the caller's transaction: nothing is announced that is not committed.

A thin layer over procrastinate, so that apps name neither its app object nor its connector. An app registers its
jobs in `jobs.py`. A `job` may run twice when a worker dies in the middle of it, so it must bear that; what a
`job_once` writes is written once.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.management import call_command
from django.db import connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from shuli.kit import clock, idempotency, limits
from shuli.kit.failpoints import failpoint

logger = logging.getLogger(__name__)

Function = Callable[..., None]

RETRY = RetryStrategy(max_attempts=limits.JOB_ATTEMPTS, exponential_wait=3)

JOBS: dict[str, Function] = {}
PERIODIC: dict[str, Function] = {}


def name_of(function: Function) -> str:
    """Return the name under which a job is kept: where its function stands."""
    return f"{function.__module__}.{function.__qualname__}"


def _tended(name: str, function: Function) -> Function:
    @wraps(function)
    def run(**arguments: Any) -> None:
        failpoint("job.taken")
        with clock.one_reading():
            function(**arguments)
        failpoint("job.done")
        logger.debug("job done", extra={"job": name})

    return run


def job(function: Function) -> Function:
    """Register a function as a job; a failing one is tried again with growing pauses."""
    name = name_of(function)
    JOBS[name] = function
    app.task(name=name, retry=RETRY)(_tended(name, function))
    return function


def job_once(function: Function) -> Function:
    """Register a job whose effects and whose being done are one commit.

    When its worker dies, falls silent or comes back late, the others do it again only if nothing was done.
    """
    name = name_of(function)
    JOBS[name] = function

    def run(context: JobContext, /, **arguments: Any) -> None:
        def work(**given: Any) -> None:
            idempotency.once(f"job:{name}"[-150:], str(context.job.id), given, lambda: _done(function, given))

        _tended(name, work)(**arguments)

    app.task(name=name, retry=RETRY, pass_context=True)(run)
    return function


def _done(function: Function, arguments: Mapping[str, Any]) -> bool:
    function(**arguments)
    return True


def every(*, seconds: int = 0, minutes: int = 0, hours: int = 0) -> Callable[[Function], Function]:
    """Register a function that runs by the clock, once for all workers together.

    A run that is not over when the next is due is not joined by a second one.
    """
    cron = _cron(seconds=seconds, minutes=minutes, hours=hours)

    def register(function: Function) -> Function:
        name = name_of(function)
        tended = _tended(name, function)

        def run(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate passes when it was due
            tended()

        task = app.task(name=name, queueing_lock=name, lock=name)(run)
        app.periodic(cron=cron)(task)
        PERIODIC[name] = function
        return function

    return register


def _cron(*, seconds: int, minutes: int, hours: int) -> str:
    for amount, whole, pattern in (
        (seconds, 60, "* * * * * */{}"),
        (minutes, 60, "*/{} * * * *"),
        (hours, 24, "0 */{} * * *"),
    ):
        if amount and whole % amount == 0:
            return "15 0 * * *" if amount == 24 else pattern.format(amount)
    raise ValueError("Expected one of seconds, minutes or hours that divides a minute, an hour or a day.")


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Let the database's failures in asking for a job look like those of every other statement."""
    try:
        yield
    except ConnectorException as error:
        if error.__cause__ is None:
            raise
        with connection.wrap_database_errors:
            raise error.__cause__ from None


def later(
    name: str | Function, *, at: datetime | None = None, in_order: str | None = None, **arguments: Any
) -> None:
    """Ask for a job to be run after the present transaction commits, or at a moment of real time after it.

    Jobs with the same `in_order` run one after another, in the order in which they were asked for.
    """
    word = name if isinstance(name, str) else name_of(name)
    with _plain_errors():
        app.configure_task(word, schedule_at=at, lock=in_order).defer(**arguments)
    failpoint("job.asked")


def later_many(name: str | Function, rows: Iterable[Mapping[str, Any]]) -> None:
    """Ask for one job a row, in one statement."""
    word = name if isinstance(name, str) else name_of(name)
    if found := [dict(row) for row in rows]:
        with _plain_errors():
            app.configure_task(word).batch_defer(*found)
        failpoint("job.asked")


TAKE_DUE = """
    DELETE FROM procrastinate_jobs WHERE id = (
        SELECT id FROM procrastinate_jobs
        WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
        ORDER BY priority DESC, id LIMIT 1
        FOR UPDATE SKIP LOCKED)
    RETURNING task_name, args
"""


def run_jobs() -> int:
    """Run what is waiting, here and now, in the caller's transaction, and return how many ran; for tests.

    What a job asks for is run too. A failing job raises.
    """
    ran = 0
    while row := _take_due():
        name, arguments = row
        if name in JOBS:
            _tended(name, JOBS[name])(**arguments)
        else:
            _tended(name, PERIODIC[name])()
        ran += 1
    return ran


@contextmanager
def dropped() -> Iterator[None]:
    """Forget the jobs that are asked for in the block: of a past that is played nothing is carried out any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
        (last,) = cursor.fetchone()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id > %s AND status = 'todo'", [last])


def run_periodic(name: str | Function) -> None:
    """Run one periodic job here and now, for tests and the command line."""
    word = name if isinstance(name, str) else name_of(name)
    _tended(word, PERIODIC[word])()


def _take_due() -> tuple[str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(TAKE_DUE)
        row = cursor.fetchone()
    return (row[0], _decoded(row[1])) if row else None


def _decoded(arguments: Any) -> dict[str, Any]:
    return json.loads(arguments) if isinstance(arguments, str) else dict(arguments)


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A job that was tried as often as it may be."""

    id: int
    name: str
    arguments: Mapping[str, Any]
    attempts: int
    at: datetime | None  # of the last attempt


FAILED = """
    SELECT job.id, job.task_name, job.args, job.attempts, max(event.at)
    FROM procrastinate_jobs job LEFT JOIN procrastinate_events event ON event.job_id = job.id
    WHERE job.status = 'failed' GROUP BY job.id ORDER BY max(event.at) DESC NULLS LAST LIMIT %s
"""


def failures(most: int = limits.PAGE_ROWS) -> list[Failure]:
    """Return the jobs that failed for good, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(FAILED, [most])
        rows = cursor.fetchall()
    return [
        Failure(id=pk, name=name, arguments=_decoded(arguments), attempts=attempts, at=at)
        for pk, name, arguments, attempts, at in rows
    ]


# One statement: of two who press the button, one puts the job back and the other finds nothing to do.
AGAIN = "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL WHERE id = %s AND status = 'failed'"


def try_again(pk: int) -> bool:
    """Put a failed job back into the queue; return whether it was there."""
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, [pk])
        return bool(cursor.rowcount == 1)


@every(hours=24)
def forget_what_is_old() -> None:
    """Remove answers that nobody asks for again, and sign-ins that have ended."""
    idempotency.forget_old_answers()
    call_command("clearsessions")
