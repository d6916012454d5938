"""A17: after a weekend many timers are due at once. Each fires once and soon, and people do not wait for them.

The default run has a few hundred timers and two workers; `-m nightly` has SHULI_TIMERS of them (100,000).
"""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest
from django.db.models import Count

from reliability.clients import Program
from reliability.playing import APPROVE, open_task, started
from reliability.served import crowdedness
from shuli.apps.cases import bulk_execution, operations
from shuli.apps.cases.jobs import make_event_partitions
from shuli.apps.cases.models import Event, Notification, Timer
from shuli.apps.cases.verification import verify_state
from shuli.core.engine import Accepted
from shuli.core.engine import commands as c
from shuli.kit import clock
from shuli.server.postgres.folder import Folder

TESTS = Path(__file__).resolve().parents[1]
WORKERS = 2
SECONDS, CLICK = 15 * 60, 1.0  # until all have fired; of a person's click, p95
A_NIGHT = int(os.environ.get("SHULI_TIMERS", "100000"))
LOOKED_AT = 300  # cases held against their events afterwards
LOT = 5_000


def friday(person, count):
    """Start cases whose step is due after the weekend; return their keys."""
    commands = [c.Start(actor=person, variables={"what": "周一"}, start="start")] * count
    found = [
        one
        for at in range(0, count, LOT)
        for one in bulk_execution.start_many("P-MONDAY", commands[at : at + LOT])
    ]
    assert all(isinstance(answer, Accepted) for _, answer in found)
    return [pk for pk, _ in found]


def workers(company, moment):
    url = Folder(path=TESTS.parent / "build" / "test-postgres").url(company)
    surroundings = os.environ | {"DATABASE_URL": url, "PYTHONPATH": f"{TESTS.parent / 'src'}:{TESTS}"}
    words = [sys.executable, "-m", "reliability.fire_timers", moment.isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return [subprocess.Popen(words, env=surroundings, **pipes) for _ in range(WORKERS)]


def click(person, cases, turn):
    """Do what people do: start something, finish a step that is being reminded of, look at what is new."""
    began = time.perf_counter()
    if turn == "start":
        started("P-RACE", person)
    elif turn == "complete":
        task = open_task(cases.pop(), "prepare")
        assert isinstance(operations.complete(task.pk, person, {}, APPROVE), operations.Done)
    else:
        assert Program(person).get("/tasks").status_code == 200
    return time.perf_counter() - began


def people_at_work(person, cases, running):
    """Click until all workers are through; return how long each click took."""
    turns, clicks = cycle(["start", "complete", "look"]), []
    while any(worker.poll() is None for worker in running):
        clicks.append(click(person, cases, next(turns)))
        time.sleep(0.02)
    return sorted(clicks)


def each_once(cases, fired):
    """Hold every timer against what must be: fired, or cancelled by whoever was faster."""
    states = Counter(Timer.objects.filter(case_id__in=cases).values_list("state", flat=True))
    events = Event.objects.filter(case_id__in=cases, type="TimerFired")
    told = (
        Notification.objects.filter(case_id__in=cases, code="reminder_at")
        .values("case_id")
        .annotate(n=Count("pk"))
    )
    assert set(states) <= {"fired", "cancelled"}, states
    assert states["fired"] == events.count() == fired, (states, fired)
    assert len(set(events.values_list("case_id", "payload"))) == fired
    assert set(told.values_list("n", flat=True)) == {1}
    assert not list(verify_state(cases[:LOOKED_AT]))


def monday_morning(company, person, timers):
    make_event_partitions()
    cases = friday(person, timers // 2)
    moment = clock.now() + timedelta(days=14)
    running = workers(company, moment)
    time.sleep(3)  # until they are up
    began = time.perf_counter()
    for worker in running:
        worker.stdin.write("\n")
        worker.stdin.flush()
    with clock.frozen(moment):
        clicks = people_at_work(person, cases[::-7], running)
    seconds = time.perf_counter() - began
    shares = [int(worker.communicate()[0]) for worker in running]
    p95 = clicks[int(len(clicks) * 0.95)]
    figures = f"{timers} timers: {seconds:.1f} s, shares {shares}, {len(clicks)} clicks"
    sys.stdout.write(f"\n{figures}, p95 {p95 * 1000:.0f} ms, longest {clicks[-1]:.2f} s\n")
    each_once(cases, sum(shares))
    assert seconds <= SECONDS
    assert p95 <= CLICK * crowdedness()  # other programs share this machine


def test_a_few_hundred_timers_that_are_due_at_once_fire_once_and_people_go_on(company, people):
    monday_morning(company, people["starter"], 600)


@pytest.mark.nightly
def test_a_weekend_of_timers_fires_within_a_quarter_of_an_hour_and_people_go_on(company, people):
    monday_morning(company, people["starter"], A_NIGHT)
