"""Whatever goes wrong gets plain words, a next step and the request's number."""

import json

import psycopg.errors
import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory
from django.utils import translation

from shuli.kit import failure_pages
from shuli.kit.errors import Denied, Refusal
from shuli.kit.failure_pages import PAGES, is_passing, known_failure, show


@pytest.fixture
def request_():
    request = RequestFactory().get("/tasks/42")
    request.request_id = "abc123"
    return request


@pytest.fixture
def api_request():
    request = RequestFactory().get("/api/v1/tasks")
    request.request_id = "abc123"
    return request


def database_error(kind, cause):
    error = kind("…")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_page_shows_its_words_and_the_number(request_, status, language):
    with translation.override(language):
        response = show(request_, status)
        words = [str(PAGES[status].title), str(PAGES[status].what_next)]

    assert response.status_code == status
    text = response.content.decode()
    assert all(word in text for word in words)
    assert "abc123" in text
    assert words[0].isascii() == (language == "en")


def test_a_failure_page_asks_the_database_nothing(request_):
    """Without the database mark, a query here would be an error."""
    assert show(request_, 503).status_code == 503


def test_a_page_without_its_template_still_says_what_happened(request_, settings):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": []}]

    with translation.override("en"):
        text = show(request_, 500).content.decode()

    assert "Something went wrong here" in text
    assert "abc123" in text


def test_rest_gets_the_same_as_data(api_request):
    with translation.override("en"):
        body = json.loads(show(api_request, 404).content)

    assert body["code"] == "not_found"
    assert body["details"] == {"request_id": "abc123"}
    assert "does not exist" in body["message"]


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("connection refused"),
        InterfaceError("the connection is closed"),
        database_error(OperationalError, psycopg.errors.AdminShutdown()),
        database_error(OperationalError, psycopg.errors.DeadlockDetected()),
        database_error(OperationalError, psycopg.errors.TooManyConnections()),
        database_error(OperationalError, psycopg.errors.LockNotAvailable()),
        database_error(OperationalError, psycopg.errors.DiskFull()),
    ],
)
def test_a_database_that_is_away_or_busy_asks_for_patience(request_, error):
    response = known_failure(request_, error)

    assert response.status_code == 503
    assert response["Retry-After"] == "5"


@pytest.mark.parametrize(
    "error", [database_error(IntegrityError, psycopg.errors.UniqueViolation()), ValueError("2"), None]
)
def test_our_own_mistakes_do_not_ask_for_patience(request_, error):
    assert not is_passing(error)
    assert known_failure(request_, error) is None


def test_a_refusal_tells_why(request_):
    with translation.override("en"):
        response = known_failure(request_, Refusal("key_reused", status=409))

    assert response.status_code == 409
    assert "used before for something else" in response.content.decode()


def test_a_denied_person_reads_that(request_):
    assert known_failure(request_, Denied()).status_code == 403


def test_a_request_that_is_too_large_is_told_so(request_):
    assert failure_pages.bad_request(request_, RequestDataTooBig()).status_code == 413


def test_a_failure_page_does_not_print_what_it_was_given_as_markup(request_):
    request_.request_id = "<script>alert(1)</script>"

    assert b"<script>alert" not in show(request_, 500).content
