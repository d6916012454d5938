"""REST: who asks, how errors look, once per Idempotency-Key. Tried on an API of its own with the same conventions."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from ninja import File, Form, Schema, Status
from ninja.files import UploadedFile

from shuli.kit import tokens
from shuli.kit.errors import Denied, Refusal
from shuli.kit.models import IdempotencyKey
from shuli.kit.rest import new_api, write

api = new_api(version="test", title="Test", description="")
RUNS = []


class Note(Schema):
    text: str
    stars: int = 0


@api.get("/who")
def who(request):
    return {"person": request.user.get_username()}


@api.post("/notes", response={201: dict})
@write
def add(request, note: Note):
    RUNS.append(note.text)
    if note.text == "refused":
        raise Refusal("already_told", status=409, who="林雨桐")
    return Status(201, {"number": len(RUNS), "text": note.text})


@api.post("/files")
@write
def attach(request, name: str = Form(...), file: UploadedFile = File(...)):  # noqa: B008 -- ninja's way
    RUNS.append(name)
    return {"size": len(file.read())}


@api.get("/fail/{how}")
def fail(request, how: str):
    raise {
        "denied": Denied(),
        "missing": Http404(),
        "database": OperationalError("gone"),
        "bug": KeyError("x"),
    }[how]


urlpatterns = [path("api/test/", api.urls), path("", include("shuli.server.urls"))]
handler500 = "shuli.kit.failure_pages.failure"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def _nothing_ran():
    RUNS.clear()


@pytest.fixture
def lin():
    return get_user_model().objects.create(username="lin", name="林")


@pytest.fixture
def program(lin):
    """A program with Lin's token."""
    token = tokens.issue("lin", "ERP")
    return Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)


def post(client, key="k1", **body):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/test/notes", json.dumps(body), content_type="application/json", headers=headers)


def test_a_token_speaks_for_its_person(program):
    assert program.get("/api/test/who").json() == {"person": "lin"}


def test_a_signed_in_person_may_ask_too(lin):
    client = Client()
    client.force_login(lin)

    assert client.get("/api/test/who").json() == {"person": "lin"}


def test_a_page_must_send_its_csrf_token(lin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lin)

    response = post(client, text="forged")

    assert response.status_code == 403
    assert RUNS == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer shuli_wrong"}])
def test_nobody_gets_nothing(headers):
    response = Client(headers=headers).get("/api/test/who")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["code"] == "not_signed_in"


def test_a_disabled_persons_token_ends_with_them(program, lin):
    lin.is_active, lin.disabled_at = False, timezone.now()
    lin.save()

    assert program.get("/api/test/who").status_code == 401


def test_a_read_only_token_does_not_write(lin):
    client = Client(headers={"Authorization": f"Bearer {tokens.issue('lin', 'BI', read_only=True)}"})

    assert client.get("/api/test/who").status_code == 200
    assert post(client, text="x").status_code == 403
    assert RUNS == []


def test_the_second_sending_gets_the_first_answer(program):
    answers = [post(program, text="hello") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json() == {"number": 1, "text": "hello"}
    assert RUNS == ["hello"]


def test_another_body_under_the_same_key_is_a_conflict(program):
    post(program, text="hello")

    response = post(program, text="good-bye")

    assert response.status_code == 409
    assert response.json()["code"] == "key_reused"


def test_a_write_without_a_key_is_refused(program):
    response = post(program, key="", text="hello")

    assert response.status_code == 422
    assert response.json()["code"] == "key_missing"
    assert RUNS == []


def test_a_refusal_has_code_sentence_and_parameters_and_leaves_the_key_free(program):
    response = post(program, text="refused")

    assert response.status_code == 409
    assert response.json()["code"] == "already_told"
    assert response.json()["details"]["who"] == "林雨桐"
    assert not IdempotencyKey.objects.exists()


def test_a_file_sent_twice_is_attached_once(program):
    def send(content):
        file = SimpleUploadedFile("a.txt", content)
        return program.post("/api/test/files", {"name": "a", "file": file}, headers={"Idempotency-Key": "f"})

    assert [send(b"same").json(), send(b"same").json()] == [{"size": 4}, {"size": 4}]
    assert send(b"else").status_code == 409
    assert RUNS == ["a"]


def test_wrong_fields_are_named_and_not_sent_back(program):
    response = post(program, text="hello", stars="secret words")

    assert response.status_code == 422
    assert response.json()["code"] == "invalid"
    assert response.json()["details"]["fields"][0]["at"][-1] == "stars"
    assert "secret words" not in response.content.decode()


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("denied", 403, "denied"),
        ("missing", 404, "not_found"),
        ("database", 503, "unavailable"),
        ("bug", 500, "failure"),
    ],
)
def test_every_failure_looks_the_same(program, how, status, code):
    response = program.get(f"/api/test/fail/{how}")

    assert response.status_code == status
    assert set(response.json()) == {"code", "message", "details"}
    assert response.json()["code"] == code
    assert response.json()["details"]["request_id"] == response["X-Request-ID"]


def test_what_is_no_json_is_a_bad_request(program):
    response = program.post(
        "/api/test/notes", "{", content_type="application/json", headers={"Idempotency-Key": "k"}
    )

    assert response.status_code == 400
    assert response.json()["code"] == "bad_request"
