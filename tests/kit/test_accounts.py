"""Accounts are made by administrators, and mail about them leads to the right place."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

pytestmark = pytest.mark.django_db


def test_nobody_makes_an_account_of_their_own(client):
    client.post("/accounts/signup/", {"username": "intruder", "password1": "correct horse battery"})

    assert not get_user_model().objects.exists()


def test_a_link_in_mail_ignores_the_host_that_a_request_claims(client, settings):
    settings.SHULI_ADDRESS = "https://shuli.example"
    settings.ALLOWED_HOSTS = ["*"]
    person = get_user_model()(username="lin", name="林", email="lin@example.com")
    person.set_password("correct horse battery")
    person.save()

    client.post("/accounts/password/reset/", {"email": "lin@example.com"}, headers={"host": "evil.example"})

    links = re.findall(r"https?://[^/\s]+/accounts/\S+", mail.outbox[0].body)
    assert links
    assert all(link.startswith("https://shuli.example/accounts/password/reset/key/") for link in links)


def test_wrong_names_and_wrong_passwords_get_the_same_answer(client):
    person = get_user_model()(username="lin.yutong", name="林")
    person.set_password("correct horse battery")
    person.save()

    answers = [
        client.post("/accounts/login/", {"login": name, "password": "wrong password"})
        for name in ("lin.yutong", "no.body")
    ]

    texts = [
        re.sub(r'value="[^"]*"|content="[^"]*"', "", answer.content.decode()).replace(name, "")
        for answer, name in zip(answers, ("lin.yutong", "no.body"), strict=True)
    ]
    assert texts[0] == texts[1]
    assert [answer.status_code for answer in answers] == [200, 200]
