"""A command that is sent twice happens once, also when both arrive together."""

import threading

import pytest
from django.db import connection, connections
from django.test import RequestFactory

from shuli.kit import idempotency, limits
from shuli.kit.idempotency import Conflict, once
from shuli.kit.models import IdempotencyKey

COMMAND = {"verb": "claim", "task": 42}


class Tally:
    def __init__(self):
        self.runs = 0

    def __call__(self):
        self.runs += 1
        return {"run": self.runs}


@pytest.mark.django_db
def test_the_second_sending_gets_the_first_ones_answer():
    run = Tally()

    answers = [once("lin", "k1", COMMAND, run) for _ in range(2)]

    assert answers == [{"run": 1}, {"run": 1}]
    assert run.runs == 1


@pytest.mark.django_db
def test_another_command_under_the_same_key_is_a_conflict():
    once("lin", "k1", COMMAND, Tally())

    answer = once("lin", "k1", {"verb": "complete", "task": 42}, Tally())

    assert answer == Conflict(key="k1")


@pytest.mark.django_db
def test_two_people_may_use_the_same_key():
    run = Tally()

    once("lin", "k1", COMMAND, run)
    once("wu", "k1", COMMAND, run)

    assert run.runs == 2


@pytest.mark.django_db
def test_a_refusal_leaves_the_key_free():
    assert once("lin", "k1", COMMAND, lambda: None) is None

    assert once("lin", "k1", COMMAND, lambda: {"ok": True}) == {"ok": True}


@pytest.mark.django_db
def test_without_a_key_every_sending_runs():
    run = Tally()

    once("lin", "", COMMAND, run)
    once("lin", "", COMMAND, run)

    assert run.runs == 2


@pytest.mark.django_db
def test_a_command_that_raises_keeps_no_answer():
    with pytest.raises(ZeroDivisionError):
        once("lin", "k1", COMMAND, lambda: 1 / 0)

    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_that_arrive_together_one_runs():
    """Twelve threads, each with a connection of its own, send the same key at the same moment."""
    run, answers, start = Tally(), [], threading.Barrier(12)

    def send():
        start.wait()
        answers.append(once("lin", "k1", COMMAND, run))
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert run.runs == 1
    assert answers == [{"run": 1}] * 12


@pytest.mark.django_db
def test_old_answers_are_forgotten():
    once("lin", "old", COMMAND, Tally())
    once("lin", "new", COMMAND, Tally())
    with connection.cursor() as cursor:
        age = limits.IDEMPOTENCY_DAYS + 1
        cursor.execute(
            "UPDATE kit_idempotencykey SET at = at - make_interval(days => %s) WHERE key = 'old'", [age]
        )

    assert idempotency.forget_old_answers() == 1
    assert IdempotencyKey.objects.get().key == "new"


def test_a_key_comes_from_the_header_or_the_form():
    factory = RequestFactory()

    assert idempotency.key_of(factory.post("/", headers={"Idempotency-Key": "h"})) == "h"
    assert idempotency.key_of(factory.post("/", {"idempotency_key": "f"})) == "f"
    assert idempotency.key_of(factory.post("/")) == ""


def test_long_keys_stay_different():
    factory = RequestFactory()
    keys = {
        idempotency.key_of(factory.post("/", headers={"Idempotency-Key": "x" * 300 + end})) for end in "ab"
    }

    assert len(keys) == 2
    assert all(len(key) <= limits.IDEMPOTENCY_KEY_LENGTH for key in keys)
