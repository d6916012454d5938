"""The first door: open once, whoever is fastest (B20)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from shuli.apps.directory import operations
from shuli.apps.directory.models import Change, Person
from shuli.kit import installation
from shuli.kit.errors import Refusal

SECRET = "correct horse battery"


@pytest.mark.django_db(transaction=True)
def test_of_fifty_first_administrators_at_once_one_is_made():
    def attempt(number):
        try:
            return operations.create_first_administrator(
                username=f"admin{number}", name="管理员", password=SECRET
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(attempt, range(50)))

    made = [answer for answer in answers if not isinstance(answer, Refusal)]
    assert len(made) == 1
    assert Person.objects.count() == 1
    assert {answer.code for answer in answers if isinstance(answer, Refusal)} == {"administrator_exists"}


@pytest.mark.django_db
def test_the_first_administrator_makes_the_installation_a_real_one():
    person = operations.create_first_administrator(username=" Boss ", name="老板", password=SECRET)

    assert person.username == "boss"
    assert person.check_password(SECRET)
    assert person.is_administrator
    assert installation.kind() == installation.REAL
    assert Change.objects.get().what == "person_created"


@pytest.mark.django_db
def test_the_door_of_the_example_company_stays_closed():
    operations.load_example_company()

    answer = operations.create_first_administrator(username="boss", name="老板", password=SECRET)

    assert isinstance(answer, Refusal)
    assert answer.code == "example_company_here"


@pytest.mark.django_db
def test_a_username_that_cannot_be_leaves_the_door_open():
    answer = operations.create_first_administrator(username="the boss", name="老板", password=SECRET)

    assert isinstance(answer, Refusal)
    assert answer.code == "username_unusable"
    assert installation.kind() is None
    assert not Person.objects.exists()
