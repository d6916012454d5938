"""Stumbling at every named place in every command: nothing half-written, and the second sending does it once.

The default run takes a few places of each command, `-m nightly` all. SHULI_SEED takes the same places again.
"""

import os
import random
import time

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from reliability import processes
from reliability.clients import Program
from reliability.commands import COMMANDS
from reliability.playing import intact, worked_on
from shuli.apps.cases import operations
from shuli.apps.cases.models import Case, Event, Task, Timer
from shuli.apps.cases.verification import verify_state
from shuli.apps.catalogue import operations as catalogue
from shuli.apps.catalogue import queries
from shuli.kit import failpoints

SEED = int(os.environ.get("SHULI_SEED", time.time_ns() % 1_000_000))
PLACES = 3  # of each command in the default run
AFTER_ALL = {"request.answered"}  # the command is done, only its answer is lost
LISTENING = "job.done=sleep:0"  # switched on so that passages are counted
IN_A_BULK_RUN = ("bulk.taken", "bulk.done")
# Between cases and other programs: what is tried again there has tests beside it.
OUTSIDE = (
    "message.routed",
    "message.delivered",
    "service.begun",
    "service.answered",
    "dispatch.begun",
    "dispatch.sent",
)
# That a token was used is noted beside the command, whatever becomes of it.
BESIDE = ("kit_apitoken",)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s) ORDER BY 1"
PRINT = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"


def everything():
    """Return a print of every row of every table."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [list(BESIDE)])
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(PRINT.format(connection.ops.quote_name(name)))
            found[name] = cursor.fetchone()[0]
    return found


@pytest.fixture
def stumble(people):
    """Switch one failpoint on, and all off again afterwards."""
    yield lambda name: failpoints.switch(f"{name}=raise")
    failpoints.switch("")


def places(command, people):
    """Carry the command out once and return every place that it goes through."""
    sending = COMMANDS[command](people)
    program = Program(sending.person)
    failpoints.switch(LISTENING)
    answer = sending.send(program, "")
    passed = failpoints.passed()
    failpoints.switch("")
    assert answer.status_code == 200, answer.content
    return sorted(passed)


def stumbles_once(command, name, people, stumble):
    sending = COMMANDS[command](people)
    program, key = Program(sending.person), f"{command} {name} {time.time_ns()}"
    before, count = everything(), sending.happened()

    stumble(name)
    assert sending.send(program, key).status_code == 500, name
    assert (everything() == before) != (name in AFTER_ALL), (
        f"at {name} something was written, or all was lost"
    )

    failpoints.switch("")
    done = sending.send(program, key)
    assert done.status_code == 200, done.content
    after = everything()
    assert sending.send(program, key).content == done.content
    assert everything() == after, "the second sending was not the first one again"
    assert sending.happened() == count + sending.times
    intact(done.json()["id"])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_stumbles_leaves_nothing_and_is_done_once_when_sent_again(command, people, stumble):
    found = places(command, people)

    for name in random.Random(f"{SEED} {command}").sample(found, PLACES):
        stumbles_once(command, name, people, stumble)


@pytest.mark.nightly
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_may_stumble_at_any_of_its_places(command, people, stumble):
    for name in places(command, people):
        stumbles_once(command, name, people, stumble)


def run_timers():
    """Run the job that fires due timers as the worker does."""
    app.tasks["shuli.apps.cases.jobs.fire_due_timers"].func(timestamp=0)


def due_timer(people):
    task = worked_on(people, "P-TIMED", holder=people["pool"][1])
    return Timer.objects.get(case_id=task.case_id, node="late", state="pending")


def places_of_a_timer(people):
    due_timer(people)
    failpoints.switch(LISTENING)
    run_timers()
    passed = failpoints.passed()
    failpoints.switch("")
    return sorted(passed)


def test_a_timer_that_stumbles_anywhere_fires_once_at_the_next_run(people, stumble):
    for name in places_of_a_timer(people):
        timer = due_timer(people)
        before = everything()

        stumble(name)
        try:
            run_timers()
        except failpoints.FailpointError:
            assert name in {"job.taken", "job.done"}
        assert (everything() == before) != (name == "job.done"), f"at {name} something was written"

        failpoints.switch("")
        run_timers()
        timer.refresh_from_db()
        rows = Event.objects.filter(case_id=timer.case_id, type="TimerFired")
        assert (timer.state, rows.filter(payload__contains=f":{timer.number},").count()) == ("fired", 1)
        assert Task.objects.get(case_id=timer.case_id, state="open").node == "rescue"
        intact(timer.case_id)


def version(number):
    facts = {"key": "P-TWIN", "name": {"zh": "测试", "en": "Test"}, "action": {"zh": "开始", "en": "Start"}}
    bpmn = processes.twin().replace("Step prepare", f"Step {number}")
    return catalogue.Package(facts=facts, bpmn=bpmn, forms={"asked": processes.FORM})


def test_a_publication_that_stumbles_leaves_the_version_before_in_force(people, stumble):
    for number, name in enumerate(("version.retired", "version.published")):
        before, in_force = everything(), queries.version_in_force("P-TWIN").pk

        stumble(name)
        with pytest.raises(failpoints.FailpointError):
            catalogue.publish(version(number))
        assert everything() == before
        assert queries.version_in_force("P-TWIN").pk == in_force

        failpoints.switch("")
        assert catalogue.publish(version(number)).is_new


def test_a_start_that_stumbled_gives_its_number_to_the_next(people, stumble):
    last = Case.objects.filter(process_key="P-RACE").order_by("-pk").values_list("number", flat=True).first()
    program = Program(people["starter"])
    for name in ("number.taken", "case.opened", "rows.sent", "case.followed"):
        stumble(name)
        COMMANDS["start"](people).send(program, f"number {name}")

    failpoints.switch("")
    number = COMMANDS["start"](people).send(program, "number").json()["number"]

    assert int(number[2:]) == int(last[2:]) + 1 if last else number.endswith("001")


@pytest.mark.parametrize("name", IN_A_BULK_RUN)
def test_a_bulk_run_that_stumbles_does_each_case_once_when_it_is_taken_up(name, people, stumble):
    case_id = worked_on(people).case_id
    begun = operations.bulk.begin(people["owner"], "suspend", [case_id], {"reason": "stumble"})
    before = everything()

    stumble(name)
    with pytest.raises(failpoints.FailpointError):
        operations.bulk.carry_on(begun.run_id)
    assert everything() == before, "something was written"

    failpoints.switch("")
    operations.bulk.carry_on(begun.run_id)
    assert Event.objects.filter(case_id=case_id, type="CaseSuspended").count() == 1
    intact(case_id)


def test_every_failpoint_of_the_program_is_gone_through(people):
    by_commands = {name for command in COMMANDS for name in places(command, people)}
    elsewhere = {"version.retired", "version.published", *IN_A_BULK_RUN, *OUTSIDE}

    assert by_commands | set(places_of_a_timer(people)) | elsewhere == set(failpoints.FAILPOINTS)
    assert len(failpoints.FAILPOINTS) >= 25


def test_afterwards_the_state_of_every_case_agrees_with_its_events(company):
    assert list(verify_state()) == []
