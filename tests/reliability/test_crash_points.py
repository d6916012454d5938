"""Stumbling at every named place in every command: nothing half-written, and the second sending does it once."""

from dataclasses import dataclass

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from reliability.clients import Program
from reliability.playing import intact, worked_on
from shuli.apps.cases import operations
from shuli.apps.cases.models import Case, Event, Task, Timer
from shuli.apps.directory import queries as directory
from shuli.kit import failpoints

IN_A_COMMAND = ("case.locked", "case.decided", "case.written", "case.followed")
IN_REST = ("idempotency.claimed", "idempotency.stored")
IN_A_JOB = ("job.taken", "job.done")
IN_A_BULK_RUN = ("bulk.taken", "bulk.done")
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


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A command over REST: who sends what where, and the event that it must lead to once."""

    person: str
    path: str
    body: dict
    event: str
    case_id: int | None = None

    def send(self, program, key):
        return program.post(self.path, self.body, key)


def start(people):
    body = {"process": "P-RACE", "answers": {"what": "stumble"}}
    return Sending(person=people["starter"], path="/cases", body=body, event="CaseStarted")


def claim(people):
    task = worked_on(people)
    path = f"/tasks/{task.pk}/claim"
    return Sending(person=people["pool"][1], path=path, body={}, event="TaskClaimed", case_id=task.case_id)


def verb(name, event, **body):
    """Return a command of a task's holder."""

    def command(people):
        task = worked_on(people, holder=people["pool"][1])
        sent = {k: people["pool"][2] if v == "colleague" else v for k, v in body.items()}
        path = f"/tasks/{task.pk}/{name}"
        return Sending(person=people["pool"][1], path=path, body=sent, event=event, case_id=task.case_id)

    return command


COMMANDS = {
    "start": start,
    "claim": claim,
    "release": verb("release", "TaskReleased"),
    "complete": verb("complete", "SeatDecided"),
    "return": verb("return", "CaseReturned", to="prepare", reason="incomplete"),
    "transfer": verb("transfer", "TaskTransferred", to="colleague", reason="away"),
}


@pytest.fixture
def stumble(people):
    """Switch one failpoint on, and all off again afterwards."""
    yield lambda name: failpoints.switch(f"{name}=raise")
    failpoints.switch("")


def happened(event, case_id):
    rows = Event.objects.filter(type=event)
    return (rows.filter(case_id=case_id) if case_id else rows).count()


@pytest.mark.parametrize("name", [*IN_A_COMMAND, *IN_REST])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_stumbles_leaves_nothing_and_is_done_once_when_sent_again(
    command, name, people, stumble
):
    sending = COMMANDS[command](people)
    program, key = Program(sending.person), f"{command} {name}"
    before, count = everything(), happened(sending.event, sending.case_id)

    stumble(name)
    assert sending.send(program, key).status_code == 500
    assert everything() == before, "something was written"

    failpoints.switch("")
    done = sending.send(program, key)
    assert done.status_code == 200, done.content
    after = everything()
    assert sending.send(program, key).content == done.content
    assert everything() == after, "the second sending was not the first one again"
    assert happened(sending.event, sending.case_id) == count + 1
    intact(done.json()["id"])


def run_timers():
    """Run the job that fires due timers as the worker does."""
    app.tasks["shuli.apps.cases.jobs.fire_due_timers"].func(timestamp=0)


def due_timer(people):
    task = worked_on(people, "P-TIMED", holder=people["pool"][1])
    return Timer.objects.get(case_id=task.case_id, node="late", state="pending")


@pytest.mark.parametrize("name", [*IN_A_COMMAND, *IN_A_JOB])
def test_a_timer_that_stumbles_fires_once_at_the_next_run(name, people, stumble):
    timer = due_timer(people)
    before = everything()

    stumble(name)
    try:
        run_timers()
    except failpoints.FailpointError:
        assert name in IN_A_JOB
    if name != "job.done":
        assert everything() == before, "something was written"

    failpoints.switch("")
    run_timers()
    timer.refresh_from_db()
    fired = Event.objects.filter(
        case_id=timer.case_id, type="TimerFired", payload__contains=f":{timer.number},"
    )
    assert (timer.state, fired.count()) == ("fired", 1)
    assert Task.objects.get(case_id=timer.case_id, state="open").node == "rescue"
    intact(timer.case_id)


def test_a_start_that_stumbled_gives_its_number_to_the_next(people, stumble):
    last = Case.objects.filter(process_key="P-RACE").order_by("-pk").values_list("number", flat=True).first()
    program = Program(people["starter"])
    for name in IN_A_COMMAND:
        stumble(name)
        start(people).send(program, f"number {name}")

    failpoints.switch("")
    number = start(people).send(program, "number").json()["number"]

    assert int(number[2:]) == int(last[2:]) + 1 if last else number.endswith("001")


@pytest.mark.parametrize("name", IN_A_BULK_RUN)
def test_a_bulk_run_that_stumbles_does_each_case_once_when_it_is_taken_up(name, people, stumble):
    case_id = worked_on(people).case_id
    owner = directory.members("post:owner-complaint")[0]
    begun = operations.bulk.begin(owner, "suspend", [case_id], {"reason": "stumble"})
    before = everything()

    stumble(name)
    with pytest.raises(failpoints.FailpointError):
        operations.bulk.carry_on(begun.run_id)
    assert everything() == before, "something was written"

    failpoints.switch("")
    operations.bulk.carry_on(begun.run_id)
    assert happened("CaseSuspended", case_id) == 1
    intact(case_id)


def test_every_failpoint_of_the_program_is_gone_through():
    assert {*IN_A_COMMAND, *IN_REST, *IN_A_JOB, *IN_A_BULK_RUN} == set(failpoints.FAILPOINTS)
