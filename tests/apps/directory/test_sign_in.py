"""Signing in: as anybody of the example company on this machine, with a password everywhere else."""

import pytest
from django.urls import reverse

from shuli.apps.directory import operations
from shuli.apps.directory.models import Person
from shuli.kit.models import Installation

ENTER = "/enter/"


@pytest.fixture
def demo(settings, company):
    settings.SHULI_DEMO = settings.SHULI_LOOPBACK = settings.SHULI_DEMO_SIGN_IN = True


def test_the_page_shows_everybody_with_department_and_role(client, demo):
    page = client.get(ENTER).content.decode()

    assert page.count('name="person"') == Person.objects.count()
    assert "客服部" in page
    assert "李敏" in page
    assert "流程负责人" in page
    assert "分管领导" in page


def test_choosing_somebody_signs_in_and_goes_where_one_wanted(client, demo):
    answer = client.post(ENTER, {"person": "limin", "next": "/organisation/people/"})

    assert answer["Location"] == "/organisation/people/"
    page = client.get("/organisation/").content.decode()
    assert "李敏" in page
    assert "示例公司" in page


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client, demo, address):
    answer = client.post(ENTER, {"person": "limin", "next": address})

    assert answer["Location"] == "/"


def test_it_is_refused_beyond_this_machine(client, demo, settings):
    settings.SHULI_LOOPBACK = settings.SHULI_DEMO_SIGN_IN = False

    assert client.get(ENTER).status_code == client.post(ENTER, {"person": "limin"}).status_code == 403
    assert "_auth_user_id" not in client.session


def test_it_is_refused_in_a_real_installation_whatever_the_settings(client, demo):
    Installation.objects.update(kind="real")

    assert client.post(ENTER, {"person": "limin"}).status_code == 403
    assert "_auth_user_id" not in client.session


def test_it_is_refused_without_the_token_of_the_page(demo):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(ENTER, {"person": "limin"}).status_code == 403


@pytest.mark.parametrize("username", ["nobody", "", "limin"])
def test_nobody_signs_in_as_who_is_not_there(client, demo, username):
    Person.objects.filter(username="limin").update(is_active=False, disabled_at="2026-11-11T00:00Z")

    assert client.post(ENTER, {"person": username}).status_code == 403


@pytest.fixture
def boss(db):
    return operations.create_first_administrator(
        username="boss", name="老板", password="correct horse battery"
    )


def test_a_real_person_signs_in_with_username_and_password(client, boss):
    answer = client.post(reverse("account_login"), {"login": "boss", "password": "correct horse battery"})

    assert answer.status_code == 302
    assert client.get("/organisation/").status_code == 200


def test_there_is_no_sign_up(client, boss):
    client.post(reverse("account_signup"), {"username": "stranger", "password1": "correct horse battery"})

    assert list(Person.objects.values_list("username", flat=True)) == ["boss"]


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, boss):
    pages = [
        client.post(
            reverse("account_login"), {"login": name, "password": "wrong wrong wrong"}
        ).content.decode()
        for name in ("boss", "nobody")
    ]

    assert pages[0].replace("boss", "nobody").count("alert-circle") == pages[1].count("alert-circle") > 0


def test_guessing_is_stopped_by_rate_even_with_the_right_password(client, boss):
    for _ in range(6):
        client.post(reverse("account_login"), {"login": "boss", "password": "wrong wrong wrong"})

    client.post(reverse("account_login"), {"login": "boss", "password": "correct horse battery"})

    assert "_auth_user_id" not in client.session


def test_a_disabled_person_does_not_get_in(client, boss):
    Person.objects.update(is_active=False, disabled_at="2026-11-11T00:00Z")

    client.post(reverse("account_login"), {"login": "boss", "password": "correct horse battery"})

    assert client.get("/organisation/").status_code == 302
