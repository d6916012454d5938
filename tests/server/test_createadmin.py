"""The first administrator of a real installation, and the door that closes behind them (B20)."""

import io
import threading

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.db import connections
from django.test import RequestFactory

from shuli.kit import installation
from shuli.server.commands import createadmin

PASSWORD = "correct horse battery"


def create(username="root", password=PASSWORD):
    return createadmin._create(username, "管理员", password)


@pytest.mark.django_db
def test_the_first_administrator_can_sign_in():
    assert create() == 0

    request = RequestFactory().post("/accounts/login/")
    person = authenticate(request, username="root", password=PASSWORD)
    assert person is not None
    assert person.is_administrator
    assert installation.kind() == installation.REAL


@pytest.mark.django_db
def test_the_door_closes_behind_the_first(capsys):
    create()

    assert create("second") == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_the_example_company_has_no_door(capsys):
    installation.claim(installation.DEMO)

    assert create() == 1
    assert "example company" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["short", "administrator"])
def test_a_weak_password_is_refused(password, capsys):
    assert create("administrator", password) == 1
    assert capsys.readouterr().err
    assert not get_user_model().objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_try_at_once_one_gets_in(capsys):
    results, start = [], threading.Barrier(50)

    def enter(number):
        start.wait()
        results.append(create(f"admin{number}"))
        connections.close_all()

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [0] + [1] * 49
    assert get_user_model().objects.filter(is_administrator=True).count() == 1


def test_a_password_from_standard_input_is_not_shown(monkeypatch, capsys):
    monkeypatch.setattr(createadmin.sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    seen = []
    monkeypatch.setattr(createadmin, "_create", lambda *facts: seen.append(facts) or 0)

    class Asked:
        username, name, password_stdin = "root", "管理员", True

    from contextlib import nullcontext

    monkeypatch.setattr("shuli.server.installation.installation", nullcontext)

    assert createadmin.run(Asked()) == 0
    assert seen == [("root", "管理员", PASSWORD)]
    assert PASSWORD not in "".join(capsys.readouterr())
