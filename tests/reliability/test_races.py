"""One task, many clients at the same moment: one wins, the others are told who and when, and nothing is torn.

The default run plays 256 rounds and 98 joins, `-m nightly` 1,360 and 2,000.
"""

import random
import re
from collections import Counter

import pytest

from reliability.clients import Crowd, Program
from reliability.playing import APPROVE, intact, open_task, started, worked_on
from reliability.processes import MOST_BRANCHES
from shuli.apps.cases import execution, operations, timers
from shuli.apps.cases.models import Case, Event, Task, Timer, Visit
from shuli.apps.cases.verification import verify_state
from shuli.core.engine import Accepted, Refused
from shuli.core.engine import commands as c

CLIENTS = 50
TOLD = {
    "already_done": {"who", "at"},
    "not_holder": {"holder"},
    "task_closed": {"reason", "at"},
    "same_person": set(),
    "waits_for_others": {"who"},
    "already_delegated": {"who"},
    "withdraw_not_allowed": {"who", "at"},
    "case_not_running": {"status"},
}


@pytest.fixture(scope="module")
def crowd(company):
    made = Crowd(CLIENTS)
    yield made
    made.leave()


@pytest.fixture
def program(people):
    made = {}
    return lambda person: made.setdefault(person, Program(person))


def won(answers):
    """Return how many clients got what they asked for; anything but a yes or a reasoned no is shown."""
    for answer in answers:
        assert isinstance(answer, operations.Done | Refused | Accepted | int), repr(answer)
    return sum(isinstance(answer, operations.Done | Accepted) or answer == 1 for answer in answers)


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, Refused)]


# The fights -------------------------------------------------------------------------------------------------


def claim_claim(crowd, people, clients):
    task = worked_on(people)
    who = [people["pool"][n % len(people["pool"])] for n in range(clients)]

    answers = crowd.at_once([lambda person=person: operations.claim(task.pk, person) for person in who])

    task.refresh_from_db()
    assert won(answers) >= 1
    winners = {person for person, answer in zip(who, answers, strict=True) if not isinstance(answer, Refused)}
    assert winners == {task.holder}
    assert {(refused.code, refused.params["who"]) for refused in refusals(answers)} == {
        ("already_claimed", task.holder)
    }
    return task.case_id


def complete_complete(crowd, people, clients):
    task = worked_on(people)
    who = [people["pool"][n % len(people["pool"])] for n in range(clients)]

    answers = crowd.at_once(
        [lambda person=person: operations.complete(task.pk, person, {}, APPROVE) for person in who]
    )

    task.refresh_from_db()
    assert won(answers) == 1
    assert {(refused.code, refused.params["who"]) for refused in refusals(answers)} == {
        ("already_done", task.done_by)
    }
    assert {refused.params["at"] for refused in refusals(answers)} == {task.done_at}
    return task.case_id


def against_completing(other):
    """Return a fight of one holder's completing against something else of theirs."""

    def fight(crowd, people, clients):
        holder = people["pool"][1]
        task = worked_on(people, holder=holder)
        calls = [lambda: operations.complete(task.pk, holder, {}, APPROVE)] * (clients // 2)
        calls += [lambda: other(task, holder, people)] * (clients // 2)
        random.shuffle(calls)

        answers = crowd.at_once(calls)

        assert won(answers) == 1, answers
        for refused in refusals(answers):
            assert TOLD[refused.code] <= set(refused.params), refused
        return task.case_id

    return fight


def send_back(task, holder, people):
    return operations.return_task(task.pk, holder, "prepare", "incomplete")


def hand_over(task, holder, people):
    return operations.transfer(task.pk, holder, people["pool"][2], "away")


def entrust_to_colleague(task, holder, people):
    return operations.delegate(task.pk, holder, people["pool"][2], "knows it better")


def take_all_back(task, _holder, people):
    return operations.withdraw(task.case_id, people["starter"], "no longer needed")


def complete_timer(crowd, people, clients):
    holder = people["pool"][1]
    task = worked_on(people, "P-TIMED", holder=holder)
    timer = Timer.objects.get(case_id=task.case_id, node="late", state="pending").number
    fire = c.FireTimer(timer=timer)
    calls = [lambda: operations.complete(task.pk, holder, {}, APPROVE)] * (clients // 2)
    calls += [lambda: execution.execute(task.case_id, fire)] * (clients // 2 - 1) + [timers.fire_due]

    answers = crowd.at_once(calls)

    assert won(answers) == 1, answers
    assert {refused.code for refused in refusals(answers)} <= {"already_done", "task_closed", "no_such_timer"}
    assert Task.objects.filter(case_id=task.case_id, state="open").count() == 1
    return task.case_id


def complete_terminate(crowd, people, clients):
    holder = people["pool"][1]
    task = worked_on(people, holder=holder)
    calls = [lambda: operations.complete(task.pk, holder, {}, APPROVE)] * (clients - 1)
    calls += [lambda: operations.terminate(task.case_id, people["owner"], "no longer needed")]

    answers = crowd.at_once(calls)

    assert isinstance(answers[-1], operations.Done)
    assert won(answers[:-1]) <= 1
    assert Case.objects.get(pk=task.case_id).status == "terminated"
    return task.case_id


def over_http(crowd, people, clients, program):
    task = worked_on(people)
    who = [people["pool"][n % len(people["pool"])] for n in range(clients)]
    sending = [program(person) for person in who]

    answers = crowd.at_once([lambda one=one: one.post(f"/tasks/{task.pk}/complete") for one in sending])

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: clients - 1}
    lost = [answer.json() for answer in answers if answer.status_code == 409]
    assert {answer["code"] for answer in lost} == {"already_done"}
    assert all(answer["details"]["who"] and answer["details"]["at"] for answer in lost)
    return task.case_id


def twice_over_http(crowd, people, clients, program):
    """One command, sent again and again under one key: done once, and answered alike every time."""
    task = worked_on(people)
    sending = program(people["pool"][1])
    key = f"again-{task.pk}"

    answers = crowd.at_once([lambda: sending.post(f"/tasks/{task.pk}/complete", key=key)] * clients)

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert Event.objects.filter(case_id=task.case_id, type="SeatDecided").count() == 2
    return task.case_id


FIGHTS = {
    "claim, claim": claim_claim,
    "complete, complete": complete_complete,
    "complete, return": against_completing(send_back),
    "complete, transfer": against_completing(hand_over),
    "complete, delegate": against_completing(entrust_to_colleague),
    "complete, withdraw": against_completing(take_all_back),
    "complete, timer": complete_timer,
    "complete, terminate": complete_terminate,
}
OVER_HTTP = {"complete, complete": over_http, "one key": twice_over_http}


def play(fight, rounds, *arguments):
    """Play some rounds with all clients and the others with fewer, where the moments lie closer together."""
    cases = [fight(*arguments[:2], CLIENTS if n % 7 == 0 else 4, *arguments[2:]) for n in range(rounds)]
    for case_id in cases:
        intact(case_id)


@pytest.mark.parametrize("fight", FIGHTS)
def test_of_clients_at_once_exactly_one_wins(fight, crowd, people):
    play(FIGHTS[fight], 28, crowd, people)


@pytest.mark.parametrize("fight", OVER_HTTP)
def test_of_clients_at_once_over_http_exactly_one_wins(fight, crowd, people, program):
    play(OVER_HTTP[fight], 16, crowd, people, program)


@pytest.mark.nightly
@pytest.mark.parametrize("fight", FIGHTS)
def test_of_clients_at_once_exactly_one_wins_again_and_again(fight, crowd, people):
    play(FIGHTS[fight], 170, crowd, people)


# Who comes too late -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [send_back, hand_over, entrust_to_colleague])
def test_whoever_comes_after_the_completion_is_told_who_and_when(verb, people):
    holder = people["pool"][1]
    task = worked_on(people, holder=holder)
    operations.complete(task.pk, holder, {}, APPROVE)

    answer = verb(task, holder, people)

    assert answer.code == "already_done"
    assert TOLD["already_done"] <= set(answer.params)


# Numbers ----------------------------------------------------------------------------------------------------


def test_numbers_have_no_gaps_and_no_doubles_whoever_starts_at_once(crowd, people):
    keys = {"P-RACE": "TS", "P-TIMED": "NB"}
    before = {key: Case.objects.filter(process_key=key).count() for key in keys}
    starts = [(key, bool(n % 5)) for n in range(20) for key in keys]

    def start(key, fits):
        if fits:
            return started(key, people["starter"])
        return execution.start(key, c.Start(actor=people["starter"], start="nowhere"))[1]

    answers = crowd.at_once([lambda one=one: start(*one) for one in starts])

    assert Counter(isinstance(answer, int) for answer in answers) == {True: 32, False: 8}, answers
    for key, letters in keys.items():
        numbers = Case.objects.filter(process_key=key).values_list("number", flat=True)
        by_day = {}
        for number in numbers:
            day, sequence = re.fullmatch(rf"{letters}(\d{{8}})(\d{{3,}})", number).groups()
            by_day.setdefault(day, []).append(int(sequence))
        assert all(sorted(found) == list(range(1, len(found) + 1)) for found in by_day.values()), by_day
        assert len(numbers) == before[key] + 16


def test_processes_with_one_number_pattern_share_its_series(people):
    cases = Case.objects.filter(pk__in=[started(key, people["starter"]) for key in ("P-RACE", "P-TWIN")])

    assert len({case.number for case in cases}) == 2


# Joins ------------------------------------------------------------------------------------------------------


def finish_at_once(crowd, people, branches):
    case_id = started(f"P-JOIN-{branches}", people["starter"])
    tasks = list(Task.objects.filter(case_id=case_id, state="open").values_list("pk", flat=True))
    assert len(tasks) == branches

    answers = crowd.at_once(
        [lambda pk=pk: operations.complete(pk, people["starter"], {}, APPROVE) for pk in tasks]
    )

    assert won(answers) == branches, answers
    return case_id


def join(crowd, people, rounds):
    cases = [finish_at_once(crowd, people, 2 + n % (MOST_BRANCHES - 1)) for n in range(rounds)]
    behind = Counter(Visit.objects.filter(case_id__in=cases, node="after").values_list("case_id", flat=True))
    assert behind == dict.fromkeys(cases, 1)
    for case_id in cases:
        intact(case_id)
        operations.complete(open_task(case_id, "after").pk, people["starter"], {}, APPROVE)
    assert set(Case.objects.filter(pk__in=cases).values_list("status", flat=True)) == {"approved"}


def test_a_join_fires_once_when_its_branches_finish_at_the_same_moment(crowd, people):
    join(crowd, people, 98)


@pytest.mark.nightly
def test_a_join_fires_once_two_thousand_times(crowd, people):
    join(crowd, people, 2_000)


# Called cases -----------------------------------------------------------------------------------------------


def called(people):
    """Start a case and bring it to where it waits for a called one; return both."""
    parent = started("P-CALL", people["starter"])
    operations.complete(open_task(parent, "first").pk, people["starter"], {}, APPROVE)
    return parent, Case.objects.get(parent_id=parent).pk


def test_a_called_case_and_its_caller_never_wait_for_one_another(crowd, people):
    """Completing the called case's last step tells the caller; ending the caller ends the called case."""
    for _ in range(20):
        parent, child = called(people)
        for node in ("prepare", "work"):
            operations.complete(open_task(child, node).pk, people["starter"], {}, APPROVE)
        last = open_task(child, "confirm").pk
        calls = [
            lambda last=last: operations.complete(last, people["starter"], {}, APPROVE),
            lambda parent=parent: operations.terminate(parent, people["owner"], "no longer needed"),
        ]

        answers = crowd.at_once(calls)

        won(answers)
        assert isinstance(answers[1], operations.Done)
        assert Case.objects.get(pk=parent).status == "terminated"
        assert Case.objects.get(pk=child).status in {"terminated", "approved"}
        intact(parent)
        intact(child)


def test_the_starter_of_a_case_that_begins_with_a_call_starts_the_called_one(people):
    parent = started("P-CALL-AT-ONCE", people["starter"])

    assert Case.objects.get(parent_id=parent).starter == people["starter"]


def test_a_return_to_before_the_call_ends_the_called_case(people):
    parent, child = called(people)

    outcome = operations.return_task(open_task(parent, "beside").pk, people["starter"], "first", "incomplete")

    assert isinstance(outcome, operations.Done), outcome
    assert Case.objects.get(pk=child).status == "terminated"


def test_a_call_of_a_process_that_is_not_in_force_is_an_incident(people):
    case_id = started("P-CALL-NOBODY", people["starter"])

    assert Case.objects.get(pk=case_id).incidents == 1


def test_afterwards_the_state_of_every_case_agrees_with_its_events(company):
    assert list(verify_state()) == []
