"""Whoever reads a handbook says what does not work in a step; who answers for the process reads it."""

import pytest

from shuli.apps.cases import queries
from shuli.apps.cases.models import Notification, Problem
from shuli.apps.cases.wording import told

pytestmark = pytest.mark.django_db
PAGE = "/processes/P-PURCHASE/problem/"


@pytest.fixture
def browser(cast, client):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=cast["starter"]))
    return client


def test_the_page_of_the_qr_code_names_the_step(browser):
    page = browser.get(PAGE, {"step": "detail"}).content.decode()

    assert 'name="step" value="detail"' in page
    assert browser.get(PAGE, {"step": "nothing"}).status_code == 404


def test_the_process_owner_is_told_and_finds_it_in_the_list(browser, cast):
    browser.post(PAGE, {"step": "detail", "text": "表单太长"})

    (problem,) = queries.problems("P-PURCHASE")
    assert (problem.text, problem.author, problem.case) == ("表单太长", cast["starter"], None)
    (notice,) = Notification.objects.filter(code="step_problem")
    words = told(notice)
    assert words.detail == "表单太长"
    assert words.url == "/processes/P-PURCHASE/problems/"


def test_whoever_wants_it_so_is_not_named(browser):
    browser.post(PAGE, {"step": "detail", "text": "职责不清", "unnamed": "on"})

    assert Problem.objects.get().author == ""
    assert told(Notification.objects.get()).title.startswith("有人报告")


def test_nothing_is_nothing(browser):
    answer = browser.post(PAGE, {"step": "detail", "text": "  "})

    assert answer.status_code == 422
    assert not Problem.objects.exists()
