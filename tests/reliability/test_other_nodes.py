"""What one node does counts on every other at once: nothing that a process remembers outlives its truth."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

from conftest import BUILD
from reliability.clients import Crowd
from reliability.playing import started, worked_on
from reliability.served import SOURCE, TESTS
from shuli.apps.cases import timers
from shuli.apps.cases.models import Case, Event, Timer
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory.organisation import organisation
from shuli.server.postgres.folder import Folder


def elsewhere(company, module):
    url = Folder(path=BUILD / "test-postgres").url(company)
    surroundings = os.environ | {"DATABASE_URL": url, "PYTHONPATH": f"{SOURCE}:{TESTS}"}
    done = subprocess.run(
        [sys.executable, "-m", module], check=False, capture_output=True, text=True, env=surroundings
    )
    assert done.returncode == 0, done.stderr


def first_step(case_id):
    version = Case.objects.get(pk=case_id).version_id
    return catalogue.graph(version).nodes["prepare"].name.en


def test_what_another_node_publishes_and_renames_counts_here_at_once(company, people):
    before = started("P-RACE", people["starter"])
    assert (first_step(before), organisation().departments["service"].name_en) == (
        "Step prepare",
        "Service",
    )

    elsewhere(company, "reliability.publish_elsewhere")

    assert first_step(started("P-RACE", people["starter"])) == "Prepared elsewhere"
    assert first_step(before) == "Step prepare", "a case stays with its version"
    assert organisation().departments["service"].name_en == "Renamed elsewhere"


def test_timers_that_many_workers_find_due_fire_once(company, people):
    crowd = Crowd(6)
    cases = [worked_on(people, "P-TIMED").case_id for _ in range(20)]

    answers = crowd.at_once([timers.fire_due] * 6)
    crowd.leave()

    assert sum(answers) + timers.fire_due() == 20, answers
    fired = Event.objects.filter(case_id__in=cases, type="TimerFired").values_list("case_id", flat=True)
    assert Counter(fired) == dict.fromkeys(cases, 1)
    assert not Timer.objects.filter(case_id__in=cases, node="late", state="pending").exists()


@pytest.mark.django_db
def test_of_many_workers_one_asks_for_a_periodic_job():
    at = 1_794_000_000.0
    key = next(key for key in app.periodic_registry.periodic_tasks if key[0].endswith("fire_due_timers"))

    for _worker in range(3):
        due = PeriodicDeferrer(app.periodic_registry).get_previous_tasks(at=at)
        for task, timestamp in [(task, moment) for task, moment in due if task.task.name == key[0]]:
            defer(task, timestamp)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [key[0]])
        assert cursor.fetchone() == (1,)


def defer(periodic, timestamp):
    """Ask for a periodic job as the worker's own deferrer does, which waits for no event loop here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_defer_periodic_job_v2('default', %s, %s, %s, 0, '', %s, %s::jsonb)",
            [periodic.task.lock, None, periodic.task.name, timestamp, f'{{"timestamp": {timestamp}}}'],
        )
