"""External workers over REST: fetch with a lease, hand in, fail, throw an error, keep longer."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.cases.outside.conftest import (
    END,
    START,
    begin,
    event,
    healthy,
    li_min,
    person_does,
    publish,
    where,
    work,
)
from shuli.apps.cases import execution
from shuli.apps.cases.models import ServiceCall
from shuli.core.engine import commands as c
from shuli.kit import tokens

PACK = work("pack", '<shuli:service kind="worker" name="packing" retries="2"/>')


@pytest.fixture
def process(company):
    caught = (
        '<bpmn:boundaryEvent id="gone" attachedToRef="pack"><bpmn:errorEventDefinition errorRef="sold_out"/></bpmn:boundaryEvent>'
        + person_does("apologise")
        + event("endEvent", "end2", "")
        + '<bpmn:sequenceFlow id="g1" sourceRef="gone" targetRef="apologise"/><bpmn:sequenceFlow id="g2" sourceRef="apologise" targetRef="end2"/>'
    )
    publish("P-WORK", START, PACK, person_does("file"), END, more=caught)


class Worker:
    """A program with a token; each sending has a key of its own."""

    def __init__(self, name="w1", scopes=("jobs",)):
        token = tokens.issue(li_min(), name, scopes=scopes)
        self.name, self.sent = name, 0
        self.client = Client(headers={"authorization": f"Bearer {token}"})

    def post(self, path, key="", **body):
        self.sent += 1
        headers = {"Idempotency-Key": key or f"{self.name}-{self.sent}"}
        return self.client.post(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers
        )

    def fetch(self, topic="packing", **more):
        answer = self.post("jobs/fetch", topics=[topic], worker=self.name, **more)
        assert answer.status_code == 200, answer.content
        return answer.json()["jobs"]

    def tell(self, job, verb, **more):
        return self.post(f"jobs/{job['id']}/{verb}", worker=self.name, lease=job["lease"], **more)


@pytest.fixture
def worker(process):
    return Worker()


def lapse():
    """Let every lease run out."""
    ServiceCall.objects.filter(state="leased").update(lease_until=timezone.now() - timedelta(seconds=1))


def ready():
    """Let every pause between attempts be over."""
    ServiceCall.objects.update(next_at=timezone.now() - timedelta(seconds=1))


def test_a_worker_gets_what_it_needs_and_its_answer_moves_the_case(worker):
    case = begin("P-WORK", order="A1")

    job = worker.fetch()[0]
    answer = worker.tell(job, "complete", variables={"weight": 7})

    assert (job["topic"], job["case"], job["node"]) == ("packing", case.number, "pack")
    assert (job["variables"], job["attempts_left"]) == ({"order": "A1"}, 2)
    assert answer.json()["state"] == "answered"
    assert (where(case), case.variables["weight"], healthy()) == (["file"], 7, [])


def test_a_job_is_given_to_one_worker_while_its_lease_lasts(worker):
    begin("P-WORK")

    first, second = worker.fetch(max=5), Worker("w2").fetch(max=5)

    assert (len(first), second) == (1, [])


def test_a_lease_that_has_run_out_is_given_out_again_and_the_late_answer_is_refused(worker):
    case = begin("P-WORK")
    job = worker.fetch()[0]
    lapse()
    again = Worker("w2").fetch()[0]

    late = worker.tell(job, "complete")

    assert (again["id"], again["lease"]) == (job["id"], 2)
    assert (late.status_code, late.json()["code"]) == (409, "lease_lost")
    assert where(case) == ["pack"]


def test_an_answer_after_the_lease_counts_while_nobody_else_has_it(worker):
    case = begin("P-WORK")
    job = worker.fetch()[0]
    lapse()

    assert worker.tell(job, "complete").status_code == 200
    assert where(case) == ["file"]


def test_a_longer_lease_is_not_given_out(worker):
    begin("P-WORK")
    job = worker.fetch(lease_seconds=1)[0]

    kept = worker.tell(job, "extend", lease_seconds=600).json()

    assert kept["lease_until"] > job["lease_until"]
    assert Worker("w2").fetch() == []


def test_a_failed_attempt_is_tried_again_after_a_pause(worker):
    begin("P-WORK")
    job = worker.fetch()[0]

    assert worker.tell(job, "fail", message="scales broken").json()["state"] == "open"
    assert worker.fetch() == []
    ready()

    assert worker.fetch()[0]["attempts_left"] == 1
    assert ServiceCall.objects.get().error == "scales broken"


def test_the_last_failed_attempt_stops_the_case_and_its_owner_may_try_again(worker):
    case = begin("P-WORK")
    for _ in range(3):
        ready()
        worker.tell(worker.fetch()[0], "fail", message="scales broken")

    incident = case.incident_rows.get()
    assert (incident.code, incident.params["message"]) == ("service_failed", "scales broken")
    execution.execute(case.pk, c.Retry(incident=incident.number))

    assert len(worker.fetch()) == 1
    assert healthy() == []


def test_a_failure_that_is_final_is_not_tried_again(worker):
    case = begin("P-WORK")

    worker.tell(worker.fetch()[0], "fail", message="no such article", final=True)

    assert case.incident_rows.get().code == "service_failed"


def test_an_error_goes_where_the_model_catches_it(worker):
    case = begin("P-WORK")

    answer = worker.tell(worker.fetch()[0], "error", code="sold_out", message="none left")

    assert (answer.json()["state"], where(case)) == ("failed", ["apologise"])


def test_leases_that_ran_out_too_often_stop_the_case(worker):
    from shuli.apps.cases.outside import serving

    case = begin("P-WORK")
    for _ in range(3):
        worker.fetch()
        lapse()
    assert worker.fetch() == []

    serving.serve_due()

    assert case.incident_rows.get().params["error"] == "lease_ran_out"


def test_a_case_that_stands_still_keeps_the_answer_and_gives_out_no_work(worker):
    case, other = begin("P-WORK"), begin("P-WORK")
    job = worker.fetch()[0]
    for one in (case, other):
        execution.execute(one.pk, c.Suspend())

    assert worker.fetch() == []
    assert worker.tell(job, "complete", variables={"weight": 1}).json()["state"] == "held"
    assert (where(case), healthy()) == (["pack"], [])
    execution.execute(case.pk, c.Resume())

    assert (where(case), healthy()) == (["file"], [])


def test_a_terminated_case_takes_its_work_back(worker):
    case = begin("P-WORK")
    job = worker.fetch()[0]
    execution.execute(case.pk, c.Terminate(reason="over"))

    answer = worker.tell(job, "complete")

    assert (answer.status_code, ServiceCall.objects.get().state) == (409, "cancelled")
    assert healthy() == []


def test_the_same_answer_sent_twice_counts_once(worker):
    begin("P-WORK")
    job = worker.fetch()[0]

    answers = [worker.tell(job, "complete", key="once") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


def test_a_token_for_other_topics_gets_nothing(worker):
    begin("P-WORK")
    job = worker.fetch()[0]
    other = Worker("w2", scopes=("jobs:mail",))

    asked = other.post("jobs/fetch", topics=["packing"], worker="w2")
    told = other.tell({**job}, "complete")

    assert (asked.status_code, asked.json()["code"]) == (403, "topic_not_yours")
    assert told.status_code == 404
    assert Worker("w3", scopes=("jobs:packing", "jobs:mail")).fetch() == []


def test_a_waiting_worker_is_answered_as_soon_as_there_is_work(worker, monkeypatch):
    from shuli.apps.cases.outside import working

    naps = []

    def nap(seconds):
        naps.append(seconds)
        if len(naps) == 2:
            begin("P-WORK")

    monkeypatch.setattr(working.time, "sleep", nap)

    assert len(worker.fetch(wait_seconds=5)) == 1
    assert len(naps) == 2


def test_more_waiting_workers_than_there_is_room_for_are_answered_at_once(worker, monkeypatch):
    from shuli.apps.cases.outside import working

    monkeypatch.setattr(working.time, "sleep", lambda _seconds: pytest.fail("it waited"))
    rooms = [working._waiting.acquire(blocking=False) for _ in range(2)]
    try:
        assert worker.fetch(wait_seconds=5) == []
    finally:
        for _ in filter(None, rooms):
            working._waiting.release()


@pytest.mark.parametrize(
    "body",
    [{"topics": []}, {"topics": ["x"], "max": 51}, {"topics": ["x"], "lease_seconds": 3601}, {"topics": ["x"], "wait_seconds": 21}],
    ids=["no topic", "too many", "too long", "waits too long"],
)  # fmt: skip
def test_what_is_beyond_a_limit_is_refused(worker, body):
    assert worker.post("jobs/fetch", worker="w", **body).status_code == 422


def test_an_answer_that_is_too_large_is_refused(worker):
    begin("P-WORK")
    job = worker.fetch()[0]

    assert worker.tell(job, "complete", variables={"x": "y" * 300_000}).status_code == 422


def test_a_message_over_rest_says_whom_it_reached(waiting_process):
    case = begin("P-WAIT", order="A1")
    program = Worker("erp", scopes=("messages",))

    sent = program.post(
        "messages", name="order.packed", correlation="A1", variables={"weight": 2}, key="k"
    ).json()
    again = program.post(
        "messages", name="order.packed", correlation="A1", variables={"weight": 2}, key="k"
    ).json()

    assert sent == again
    assert sent["reached"] == [{"case": case.number, "process": "P-WAIT", "started": False, "state": "done"}]
    assert (sent["state"], where(case)) == ("delivered", ["file"])


def test_a_program_s_token_opens_nothing_of_its_person(worker):
    assert worker.client.get("/api/v1/cases").status_code == 403
    assert worker.client.get("/").status_code == 302
