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


@pytest.fixture
def owners_browser(cast, client):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=cast["owner"]))
    return client


@pytest.mark.accepts("H1-30")
def test_a_problem_has_its_kind_and_stands_on_the_diagram_and_in_the_list(owners_browser):
    for step, kind, text in (
        ("detail", "risk", "合同未审先签"),
        ("detail", "slow", "等三天"),
        ("tech", "slow", "慢"),
    ):
        owners_browser.post(PAGE, {"step": step, "kind": kind, "text": text})

    page = owners_browser.get("/processes/P-PURCHASE/problems/").content.decode()

    assert "<svg" in page
    assert "&lt;svg" not in page
    assert [kind for kind in ("效率低下", "职责不清", "流程冗余", "风险点") if kind not in page] == []
    assert "效率低下 1" in page  # above the step with one kind; the other says how many
    narrowed = owners_browser.get("/processes/P-PURCHASE/problems/?kind=risk").content.decode()
    assert "合同未审先签" in narrowed
    assert "等三天" not in narrowed
    assert "风险点 1" in narrowed


def test_what_is_no_kind_is_something_else(browser):
    browser.post(PAGE, {"step": "detail", "kind": "<nonsense>", "text": "x"})

    assert Problem.objects.get().kind == ""


def test_from_a_problem_its_owner_goes_to_the_step_in_the_studio(owners_browser, cast):
    owners_browser.post(PAGE, {"step": "detail", "text": "表单太长"})

    page = owners_browser.get("/processes/P-PURCHASE/problems/").content.decode()

    assert 'href="/processes/P-PURCHASE/studio/"' in page
    assert 'href="/processes/P-PURCHASE/studio/?node=detail"' in page
