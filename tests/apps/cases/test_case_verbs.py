"""Suspending, resuming and mending a case; sending work straight back; what a supervisor may not do."""

import pytest

from apps.cases import verb_processes
from apps.cases.test_api import Program
from apps.cases.test_pages import client_of
from shuli.apps.cases import operations, queries, todo
from shuli.apps.cases.models import Case, Incident, Task
from shuli.kit import clock


def start(key, person, **answers):
    outcome = operations.start_case(key, person, answers)
    assert isinstance(outcome, operations.Done), outcome
    return Case.objects.get(pk=outcome.case_id)


def open_task(case, node):
    return Task.objects.get(case=case, node=node, state=Task.State.OPEN)


def complete(case, node, person, **verdict):
    outcome = operations.complete(open_task(case, node).pk, person, {}, operations.Verdict(**verdict))
    assert isinstance(outcome, operations.Done), outcome


@pytest.fixture
def stopped(cast):
    """A case that found no way out of its gateway, for nobody said the amount."""
    verb_processes.publish("P-GATE", verb_processes.gate())
    case = start("P-GATE", cast["starter"], what="设备")
    complete(case, "prepare", cast["starter"])
    case.refresh_from_db()
    assert case.incidents == 1
    return case


@pytest.fixture
def in_line(cast):
    verb_processes.publish("P-LINE", verb_processes.line())
    return start("P-LINE", cast["starter"], what="设备")


def test_a_suspended_case_takes_no_work_until_its_owner_resumes_it(started, cast):
    owner, task = client_of(cast["owner"]), open_task(started, "detail")
    due = task.due_at

    owner.post(f"/cases/{started.number}/suspend/", {"reason": "等预算"})
    refused = client_of(cast["starter"]).post(f"/tasks/{task.pk}/complete/", {"opinion": "好"})
    hidden = todo.standing(cast["starter"]).todo
    clock.move_to(clock.now() + (due - task.opened_at))
    owner.post(f"/cases/{started.number}/resume/")

    task.refresh_from_db()
    started.refresh_from_db()
    assert (refused.status_code, hidden) == (409, 0)
    assert (started.status, task.due_at > due) == ("running", True)


def test_suspending_needs_a_reason_and_resuming_a_case_that_runs_is_refused(started, cast):
    program = Program(cast["owner"])

    assert (
        program.post(f"/cases/{started.number}/suspend", {"reason": " "}).json()["code"] == "reason_missing"
    )
    assert program.post(f"/cases/{started.number}/resume").json()["code"] == "not_suspended"
    assert (
        Program(cast["starter"]).post(f"/cases/{started.number}/suspend", {"reason": "x"}).status_code == 403
    )


def test_an_incident_says_what_was_expected_and_what_was_found(stopped, cast):
    text = client_of(cast["owner"], "en").get(f"/cases/{stopped.number}/").content.decode()

    assert "amount &gt;= 100" in text
    assert "amount = null" in text
    assert 'name="amount"' in text


def test_two_incidents_on_one_value_have_each_a_field_of_their_own(stopped, cast):
    first = Incident.objects.get(case=stopped)
    Incident.objects.create(
        case=stopped, number=99, code=first.code, node=first.node, params=first.params, raised_at=clock.now()
    )

    text = client_of(cast["owner"]).get(f"/cases/{stopped.number}/").content.decode()

    for number in (first.number, 99):
        assert text.count(f'id="f-{number}-amount"') == 1
        assert text.count(f'id="{number}-form"') == 1
    assert text.count('name="amount"') == 2


def test_the_owner_corrects_the_value_and_the_case_goes_on(stopped, cast):
    number = Incident.objects.get(case=stopped).number
    address = f"/cases/{stopped.number}/incidents/{number}/retry/"

    bad = client_of(cast["owner"]).post(address, {"amount": "viel"})
    good = client_of(cast["owner"]).post(address, {"amount": "250"})

    stopped.refresh_from_db()
    assert (bad.status_code, good.status_code) == (422, 302)
    assert (stopped.incidents, stopped.variables["amount"]) == (0, 250)
    assert open_task(stopped, "large").holder == cast["starter"]


def test_a_program_corrects_only_what_the_process_knows(stopped, cast):
    number = Incident.objects.get(case=stopped).number
    program = Program(cast["owner"])
    address = f"/cases/{stopped.number}/incidents/{number}/retry"

    strange = program.post(address, {"variables": {"nothing": 1}})
    done = program.post(address, {"variables": {"amount": 3}})
    again = program.post(address, {"variables": {"amount": 3}})

    assert (strange.status_code, strange.json()["code"]) == (422, "unknown_variable")
    assert done.json()["variables"]["amount"] == 3
    assert again.json()["code"] == "no_such_incident"


def test_returned_work_comes_straight_back_to_who_sent_it(in_line, cast):
    complete(in_line, "prepare", cast["starter"])
    complete(in_line, "first", "hejia")
    task = open_task(in_line, "second")

    body = {"to": "prepare", "reason": "补材料", "resubmit": "straight"}
    assert client_of("sunli").post(f"/tasks/{task.pk}/return/", body).status_code == 302
    complete(in_line, "prepare", cast["starter"])

    assert open_task(in_line, "second").holder == "sunli"
    assert not Task.objects.filter(case=in_line, node="first", state=Task.State.OPEN).exists()


def test_returned_work_that_walks_comes_by_the_steps_in_between(in_line, cast):
    complete(in_line, "prepare", cast["starter"])
    complete(in_line, "first", "hejia")
    task = open_task(in_line, "second")

    Program("sunli").post(f"/tasks/{task.pk}/return", {"to": "prepare", "reason": "补材料"})
    complete(in_line, "prepare", cast["starter"])

    assert open_task(in_line, "first").holder == "hejia"


def test_whoever_comes_too_late_is_told_by_whom_and_when(in_line, cast):
    task = open_task(in_line, "prepare")
    program = Program(cast["starter"])
    program.post(f"/tasks/{task.pk}/complete")

    late = program.post(f"/tasks/{task.pk}/return", {"to": "start", "reason": "x"})

    assert (late.status_code, late.json()["code"]) == (409, "already_done")
    assert late.json()["details"]["at"].startswith("2026-11-16")


def test_a_kept_answer_is_not_given_to_somebody_who_lost_the_right_to_it(started, cast):
    from shuli.apps.directory import operations as directory
    from shuli.apps.directory.models import Posting

    place = directory.add_place(directory.PROGRAM, cast["stranger"], "strategy", "owner-complaint")
    owner = Program(cast["stranger"])
    first = owner.post(f"/cases/{started.number}/suspend", {"reason": "等"}, key="kept")
    Posting.objects.filter(pk=place.pk).delete()

    again = owner.post(f"/cases/{started.number}/suspend", {"reason": "等"}, key="kept")

    assert first.status_code == 200
    assert again.status_code == 404
    assert "title" not in again.json()


def test_only_a_masked_answer_can_be_revealed(started, cast):
    record = queries.form_records(started.pk)[0]
    client = client_of(cast["starter"])

    plain = client.post(f"/cases/{started.number}/forms/{record.pk}/reveal/", {"field": "what"})
    masked = client.post(f"/cases/{started.number}/forms/{record.pk}/reveal/", {"field": "phone"})

    assert (plain.status_code, masked.status_code) == (422, 200)
    assert masked.content.decode() == "13800002207"
