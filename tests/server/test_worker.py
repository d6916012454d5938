"""Jobs of a worker that died are done again, once."""

import pytest
from django.db import connection

from shuli.kit import jobs
from shuli.server.worker import take_up_stalled

pytestmark = pytest.mark.django_db

PUT = """
    WITH worker AS (
        INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id)
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = worker.id, queueing_lock = %s FROM worker
"""


def statuses():
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts FROM procrastinate_jobs")
        return cursor.fetchall()


def in_work(*, silent_for, queueing_lock=None):
    jobs.later("some.job", number=1)
    with connection.cursor() as cursor:
        cursor.execute(PUT, [silent_for, queueing_lock])


def test_the_job_of_a_dead_worker_waits_again():
    in_work(silent_for=60)

    take_up_stalled()

    assert statuses() == [("todo", 1)]


def test_the_job_of_a_living_worker_is_left_alone():
    in_work(silent_for=5)

    take_up_stalled()

    assert statuses() == [("doing", 0)]


def test_a_job_whose_worker_is_gone_waits_again():
    in_work(silent_for=60)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")

    take_up_stalled()

    assert statuses() == [("todo", 1)]


def test_a_periodic_job_is_dropped_because_its_next_run_is_near():
    """Were it put back, it would collide with the one that may be waiting already."""
    in_work(silent_for=60, queueing_lock="fire_due_timers")
    jobs.app.configure_task("some.job", queueing_lock="fire_due_timers").defer()

    take_up_stalled()

    assert statuses() == [("todo", 0)]
