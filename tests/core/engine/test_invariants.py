"""Each invariant is seen to be broken when it is."""

import pytest
from msgspec.structs import replace

from core.engine.play import Play
from shuli.core.engine import check_invariants
from shuli.core.engine.applying import owned
from shuli.core.engine.building import parallel, process, sub_process, task
from shuli.core.engine.marking import Scope, Subscription, Timer
from shuli.core.worktime import WorkingHours

GRAPH = process(
    parallel(
        [task("a", person="ann", limits=(WorkingHours(amount=4),))],
        [sub_process("part", task("b", person="bob"))],
    ),
    task("last", person="sue"),
)


@pytest.fixture
def marking():
    return owned(Play(GRAPH).start().marking)


def broken(marking):
    return " | ".join(check_invariants(GRAPH, marking))


def at(marking, node):
    return next(token for token in marking.tokens.values() if token.node == node)


def visit_at(marking, node):
    return next(visit for visit in marking.visits.values() if visit.node == node)


def test_a_sound_case_breaks_none(marking):
    assert broken(marking) == ""


def test_a_visit_without_its_token(marking):
    marking.tokens[at(marking, "a").id] = replace(at(marking, "a"), node="last")

    assert "1: expected the token of visit 4 at a but found last" in broken(marking)


def test_a_human_token_without_a_visit(marking):
    del marking.visits[visit_at(marking, "a").id]

    assert "1: expected one open visit" in broken(marking)


def test_two_visits_of_one_token(marking):
    visit = visit_at(marking, "a")
    marking.visits[999] = replace(visit, id=999, seats={})

    assert "but found 2" in broken(marking)


def test_a_visit_that_is_decided_and_still_open(marking):
    visit = visit_at(marking, "a")
    seats = {number: replace(seat, decision="approve") for number, seat in visit.seats.items()}
    marking.visits[visit.id] = replace(visit, seats=seats)

    assert "2: expected an open seat" in broken(marking)
    assert "its votes say pass" in broken(marking)


def test_an_ended_case_with_something_live(marking):
    marking.status = "approved"

    assert "3: expected nothing live in a case that is approved but found" in broken(marking)


def test_a_running_case_without_tokens(marking):
    marking.tokens = {}

    assert "3: expected tokens" in broken(marking)


def test_an_older_seat_in_a_new_round(marking):
    visit = visit_at(marking, "a")
    seat = next(iter(visit.seats.values()))
    marking.visits[visit.id] = replace(visit, round=5, seats={1: replace(seat, id=1)})

    assert "4: expected round 5" in broken(marking)
    assert "an older one" in broken(marking)


def test_a_timer_that_outlives_its_owner(marking):
    timer = next(iter(marking.timers.values()))
    marking.timers[timer.id] = replace(timer, visit=998)
    marking.timers[999] = Timer(id=999, kind="event", due_at=timer.due_at, node="a")

    assert "5: expected visit 998" in broken(marking)
    assert "5: expected timer 999 to have one owner" in broken(marking)


def test_a_subscription_that_outlives_its_token(marking):
    marking.subscriptions[999] = Subscription(id=999, kind="message", name="m", node="a", token=998)

    assert "5: expected token 998 of subscription 999" in broken(marking)


def test_a_scope_without_tokens_or_parent(marking):
    marking.scopes[999] = Scope(id=999, node="part", parent=998, token=at(marking, "part").id)

    assert "expected scope 998 around scope 999" in broken(marking)
    assert "expected a token in scope 999" in broken(marking)


def test_a_token_in_the_wrong_scope(marking):
    marking.tokens[at(marking, "b").id] = replace(at(marking, "b"), scope=0)

    assert "scopes: expected token" in broken(marking)


def test_a_lost_token(marking):
    token = at(marking, "a")
    visit = visit_at(marking, "a")
    del marking.tokens[token.id], marking.visits[visit.id]

    assert "branches: expected tokens in ['f1'] of and1" in broken(marking)


def test_a_doubled_token(marking):
    marking.tokens[999] = replace(at(marking, "a"), id=999)

    assert "branches: expected every token in a branch of its own" in broken(marking)


def test_a_token_before_the_fork_beside_those_behind_it(marking):
    marking.tokens[999] = replace(at(marking, "a"), id=999, node="last", path=())

    assert "branches: expected no token before and1" in broken(marking)


def test_a_sub_process_without_its_own_token(marking):
    del marking.tokens[at(marking, "part").id]

    assert "branches: expected a token at part" in broken(marking)


def test_a_token_that_waits_for_nothing(marking):
    marking.tokens[at(marking, "a").id] = replace(at(marking, "a"), node="and1")
    marking.visits = {}

    assert "to wait for something but found nothing" in broken(marking)


def test_tokens_that_only_wait_for_one_another(marking):
    tokens = [replace(token, joining=True) for token in marking.tokens.values()]
    marking.tokens = {token.id: token for token in tokens}

    assert "found all of them waiting at joins" in broken(marking)


def test_a_number_that_was_never_given(marking):
    marking.last_id = 1

    assert "numbers: expected none above 1" in broken(marking)
