"""Jobs are asked for in the caller's transaction and run after it."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, transaction

from shuli.kit import clock, jobs
from shuli.kit.failure_pages import is_passing

DONE = []


@jobs.job
def note(word: str) -> None:
    DONE.append((word, clock.offset()))


@jobs.job
def note_twice(word: str) -> None:
    jobs.later(note, word=word)
    jobs.later(note, word=word)


@jobs.job
def stumble() -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _nothing_done():
    DONE.clear()


def waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_asked_for():
    with transaction.atomic():
        jobs.later(note, word="never")
        transaction.set_rollback(True)

    assert waiting() == 0


@pytest.mark.django_db
def test_waiting_jobs_run_in_their_order_with_their_arguments():
    jobs.later(note, word="one")
    jobs.later(jobs.name_of(note), word="two")

    assert jobs.run_jobs() == 2
    assert [word for word, _ in DONE] == ["one", "two"]
    assert waiting() == 0


@pytest.mark.django_db
def test_what_a_job_asks_for_runs_too():
    jobs.later(note_twice, word="echo")

    assert jobs.run_jobs() == 3
    assert [word for word, _ in DONE] == ["echo", "echo"]


@pytest.mark.django_db
def test_many_jobs_are_asked_for_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        jobs.later_many(note, ({"word": str(number)} for number in range(50)))

    assert jobs.run_jobs() == 50


@pytest.mark.django_db
def test_a_job_of_tomorrow_waits():
    jobs.later(note, at=clock.now().replace(year=clock.now().year + 1), word="later")

    assert jobs.run_jobs() == 0
    assert waiting() == 1


@pytest.mark.django_db
def test_a_failing_job_is_seen():
    jobs.later(stumble)

    with pytest.raises(ZeroDivisionError):
        jobs.run_jobs()


@pytest.mark.django_db
def test_a_job_reads_the_movable_clock_once():
    clock.advance(hours=3)

    jobs.later(note, word="late")
    jobs.run_jobs()

    assert DONE[0][1].total_seconds() >= 3 * 3600


@pytest.mark.django_db
def test_a_job_that_failed_for_good_can_be_tried_again():
    jobs.later(note, word="stubborn")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 8")
    failure = jobs.failures()[0]
    assert (failure.name, failure.arguments, failure.attempts) == (
        jobs.name_of(note),
        {"word": "stubborn"},
        8,
    )

    assert [jobs.try_again(failure.id), jobs.try_again(failure.id)] == [True, False]

    assert jobs.failures() == []
    assert jobs.run_jobs() == 1


@pytest.mark.parametrize(
    ("asked", "cron"),
    [
        ({"seconds": 15}, "* * * * * */15"),
        ({"minutes": 5}, "*/5 * * * *"),
        ({"hours": 6}, "0 */6 * * *"),
        ({"hours": 24}, "15 0 * * *"),
    ],
)
def test_a_pace_becomes_a_schedule(asked, cron):
    assert jobs._cron(**{"seconds": 0, "minutes": 0, "hours": 0} | asked) == cron


def test_a_pace_that_does_not_come_out_even_is_refused():
    with pytest.raises(ValueError, match="divides"):
        jobs._cron(seconds=7, minutes=0, hours=0)


def test_every_periodic_job_has_a_schedule_that_procrastinate_understands():
    from croniter import croniter
    from procrastinate.contrib.django import app

    schedules = [task.cron for task in app.periodic_registry.periodic_tasks.values()]

    assert schedules
    assert all(croniter.is_valid(cron) for cron in schedules)


def job_in_work(number):
    return SimpleNamespace(job=SimpleNamespace(id=number))


def taken_by_two_workers(number, word):
    """Run one job's row twice, as after a worker that was thought dead."""
    task = jobs.app.tasks[jobs.name_of(note_once)]
    for _ in range(2):
        task.func(job_in_work(number), word=word)


@jobs.job_once
def note_once(word: str) -> None:
    DONE.append((word, clock.offset()))
    if word == "broken" and len(DONE) == 1:
        raise ZeroDivisionError


@pytest.mark.django_db
def test_a_job_that_two_workers_take_is_done_by_one():
    taken_by_two_workers(7, "once")

    assert [word for word, _ in DONE] == ["once"]


@pytest.mark.django_db
def test_the_same_work_asked_for_twice_is_done_twice():
    for number in (1, 2):
        taken_by_two_workers(number, "once")

    assert [word for word, _ in DONE] == ["once", "once"]


@pytest.mark.django_db
def test_a_job_that_failed_is_done_again():
    with pytest.raises(ZeroDivisionError):
        taken_by_two_workers(7, "broken")

    taken_by_two_workers(7, "broken")

    assert [word for word, _ in DONE] == ["broken", "broken"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ask", [lambda: jobs.later(note, word="a"), lambda: jobs.later_many(note, [{"word": "a"}])]
)
def test_a_full_disk_that_meets_the_asking_for_a_job_asks_for_patience(ask):
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE FUNCTION pg_temp.full() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON procrastinate_jobs EXECUTE FUNCTION pg_temp.full()""")

    with pytest.raises(OperationalError) as found:
        ask()

    assert is_passing(found.value)
