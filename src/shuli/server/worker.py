"""The worker's process: jobs, periodic jobs, and a sign of life."""

import logging
import os
import signal
import socket
import sys
import threading
from types import FrameType

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from shuli.kit import limits
from shuli.server.installation import start_django, wait_for_database
from shuli.server.processes import end_with_parent

logger = logging.getLogger("shuli.server.worker")  # the module itself is __main__

BEAT_SECONDS = 5
STALLED_SECONDS = 15  # a worker that was silent for so long died; within 30 s its jobs are done by another


def run(jobs_at_once: int = limits.JOBS_AT_ONCE) -> int:
    """Work until SIGTERM, then finish what is begun."""
    start_django()
    wait_for_database()
    name = str(os.getpid())
    ending = threading.Event()
    threading.Thread(target=_beat, args=(name, ending), daemon=True).start()
    try:
        with app.replace_connector(_connector()) as working:
            working.run_worker(
                name=f"{socket.gethostname()}:{name}",
                concurrency=jobs_at_once,
                delete_jobs="successful",
                fetch_job_polling_interval=2,
                update_heartbeat_interval=BEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
                shutdown_graceful_timeout=limits.DRAIN_SECONDS,
            )
    except Exception:
        # the database is away, mostly; whoever started this process starts it again
        logger.exception("the worker ends")
        return 1
    finally:
        ending.set()
        _forget(name)
    return 0


def _connector() -> PsycopgConnector:
    # Django's connection cannot wait for notifications; a worker has its own to the same database. It gives up
    # quickly when the database goes away: this process then ends, and its successor waits for the database.
    return PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4, timeout=3, reconnect_timeout=3)


def _beat(name: str, ending: threading.Event) -> None:
    """Write a sign of life, and take up again what dead workers left, until the end."""
    from django.db import Error, close_old_connections

    from shuli.kit import heartbeats

    while not ending.is_set():
        try:
            heartbeats.beat(name)
            take_up_stalled()
        except Error:
            logger.warning("no sign of life could be written")
        finally:
            close_old_connections()
        ending.wait(BEAT_SECONDS)


def _forget(name: str) -> None:
    from django.db import Error

    from shuli.kit import heartbeats

    try:
        heartbeats.end(name)
    except Error:
        logger.warning("the last sign of life stays")


# A periodic job is not taken up: its next run is near, and one may be waiting already.
TAKE_UP = """
    WITH dead AS (
        SELECT job.id, job.queueing_lock IS NOT NULL AS periodic FROM procrastinate_jobs job
        LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
        WHERE job.status = 'doing'
          AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
        FOR UPDATE OF job SKIP LOCKED)
    SELECT CASE WHEN periodic THEN procrastinate_finish_job_v1(id, 'failed', true)
           ELSE procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) END
    FROM dead
"""


def take_up_stalled() -> None:
    """Put the jobs of dead workers back into the queue."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TAKE_UP, [STALLED_SECONDS])


def _end_soon(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    end_with_parent()
    signal.signal(signal.SIGTERM, _end_soon)  # until the worker has its own way to end
    sys.exit(run(int(sys.argv[1])))
