"""REST does what the pages do, with the same rights and refusals."""

import itertools

import pytest
from django.test import Client

from shuli.apps.cases.models import Case, Task
from shuli.apps.directory import queries as directory
from shuli.kit import tokens

keys = (f"key-{n}" for n in itertools.count())


class Program:
    """A program with a person's token."""

    def __init__(self, username, **options):
        self.client = Client(headers={"authorization": f"Bearer {tokens.issue(username, 'test', **options)}"})

    def get(self, path):
        return self.client.get(f"/api/v1{path}")

    def post(self, path, body=None, key=None):
        headers = {"idempotency-key": key or next(keys)}
        return self.client.post(
            f"/api/v1{path}", body or {}, content_type="application/json", headers=headers
        )


@pytest.fixture
def program(started, cast):
    return Program(cast["starter"])


def test_the_openapi_document_lists_every_endpoint(purchase):
    paths = Client().get("/api/v1/openapi.json").json()["paths"]

    assert {"/api/v1/cases", "/api/v1/tasks/{task_id}/complete", "/api/v1/processes"} <= set(paths)


def test_a_case_is_started_and_listed(program, cast):
    body = {"process": "P-PURCHASE", "answers": {"what": "接口申请", "amount": 3}}

    started = program.post("/cases", body).json()

    assert started["title"] == "接口申请"
    assert started["number"] in {case["number"] for case in program.get("/cases").json()["items"]}
    assert program.get(f"/cases/{started['number']}").json()["tasks"][0]["node"] == "detail"


def test_errors_of_a_form_name_their_fields(program):
    answer = program.post("/cases", {"process": "P-PURCHASE", "answers": {"amount": "x"}})

    assert answer.status_code == 422
    assert {field["path"] for field in answer.json()["details"]["fields"]} == {"what", "amount"}


def test_a_task_is_claimed_completed_and_then_refused_with_who(program, cast):
    program.post(f"/tasks/{Task.objects.get(node='detail').pk}/complete")
    technician = Program(cast["tech"])
    task = technician.get("/tasks").json()["items"][0]

    assert technician.post(f"/tasks/{task['id']}/claim").status_code == 200
    assert technician.post(f"/tasks/{task['id']}/complete", {"answers": {"advice": "好"}}).status_code == 200
    again = technician.post(f"/tasks/{task['id']}/complete", {"answers": {"advice": "好"}})

    assert (again.status_code, again.json()["code"]) == (409, "already_done")
    assert "吴涛" in again.json()["message"] or "Wu Tao" in again.json()["message"]


def test_another_candidate_cannot_complete_a_claimed_task_and_is_told_who_has_it(program, cast):
    program.post(f"/tasks/{Task.objects.get(node='detail').pk}/complete")
    technician = Program(cast["tech"])
    task = technician.get("/tasks").json()["items"][0]["id"]
    technician.post(f"/tasks/{task}/claim")
    other = next(name for name in directory.members("department:tech") if name != cast["tech"])

    answer = Program(other).post(f"/tasks/{task}/complete", {"answers": {"advice": "好"}})

    assert (answer.status_code, answer.json()["code"]) == (409, "already_claimed")
    assert answer.json()["details"]["who"] in {"吴涛", "Wu Tao"}
    assert answer.json()["details"]["at"] == Task.objects.get(pk=task).claimed_at.isoformat()


def test_a_write_sent_twice_happens_once(program):
    body = {"process": "P-PURCHASE", "answers": {"what": "一次", "amount": 3}}

    first, second = program.post("/cases", body, key="same"), program.post("/cases", body, key="same")

    assert first.json() == second.json()
    assert Case.objects.filter(title="一次").count() == 1


def test_a_write_without_a_key_is_refused(program):
    answer = program.client.post("/api/v1/cases", {"process": "P-PURCHASE"}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "key_missing")


def test_a_return_and_a_transfer_need_a_reason(program, cast):
    task = Task.objects.get(node="detail").pk

    answer = program.post(f"/tasks/{task}/transfer", {"to": cast["colleague"], "reason": ""})

    assert (answer.status_code, answer.json()["code"]) == (422, "reason_missing")


def test_a_stranger_gets_the_same_answer_as_for_nothing(started, cast):
    stranger = Program(cast["stranger"])

    there, nowhere = stranger.get(f"/cases/{started.number}"), stranger.get("/cases/CG20269999")

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.json()["message"] == nowhere.json()["message"]


def test_a_reading_token_writes_nothing(started, cast):
    reader = Program(cast["starter"], read_only=True)

    answer = reader.post(f"/cases/{started.number}/comments", {"text": "x"})

    assert (answer.status_code, answer.json()["code"]) == (403, "token_reads_only")


def test_the_register_says_what_may_be_started(program):
    rows = program.get("/processes").json()

    assert [(row["key"], row["may_start"], row["start_form"]) for row in rows] == [
        ("P-PURCHASE", True, "request")
    ]
    assert "request" in program.get("/processes/P-PURCHASE").json()["forms"]
