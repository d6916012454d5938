"""Returns and jumps across parallel branches, asked over REST as a program does; the engine's own tests have all nine."""

import pytest

from apps.cases import verb_processes
from apps.cases.test_api import Program
from apps.cases.test_case_verbs import complete, open_task, start
from reliability.processes import chain, model, starter
from shuli.apps.cases import queries, verification
from shuli.apps.cases.models import Task


def block():
    """A fork with two steps in one branch and one in the other, a join, and a step behind it."""
    gateways = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>'
    names = ("before", "left", "then", "right", "after")
    flows = [*chain("start", "before", "fork", "left", "then", "join", "after", "end")]
    flows += chain("fork", "right", "join")
    return model("P-BLOCK", "KS{yyyymmdd}{seq}", gateways, *map(starter, names), flows=flows)


@pytest.fixture
def case(cast):
    verb_processes.publish("P-BLOCK", block())
    made = start("P-BLOCK", cast["starter"], what="设备")
    complete(made, "before", cast["starter"])
    yield made
    assert list(verification.verify_state([made.pk])) == []


def waiting(case):
    return set(Task.objects.filter(case=case, state="open").values_list("node", flat=True))


def send_back(case, cast, node, to):
    body = {"to": to, "reason": "重做"}
    return Program(cast["starter"]).post(f"/tasks/{open_task(case, node).pk}/return", body)


def test_within_a_branch_the_other_branch_is_untouched(case, cast):
    complete(case, "left", cast["starter"])
    right = open_task(case, "right").pk

    assert send_back(case, cast, "then", "left").status_code == 200
    assert (waiting(case), open_task(case, "right").pk) == ({"left", "right"}, right)


def test_before_the_fork_every_branch_is_cancelled(case, cast):
    complete(case, "left", cast["starter"])

    assert send_back(case, cast, "then", "before").status_code == 200
    assert waiting(case) == {"before"}


def test_into_a_block_that_has_joined_the_other_branches_have_arrived(case, cast):
    for node in ("left", "then", "right"):
        complete(case, node, cast["starter"])

    assert send_back(case, cast, "after", "then").status_code == 200
    assert waiting(case) == {"then"}
    complete(case, "then", cast["starter"])
    assert waiting(case) == {"after"}


def test_into_a_sibling_branch_only_an_administrator_moves_it(case, cast):
    from shuli.apps.directory.models import Person

    complete(case, "right", cast["starter"])
    refused = send_back(case, cast, "left", "right")
    Person.objects.filter(username=cast["stranger"]).update(is_administrator=True)
    token = next(one.id for one in queries.tokens_to_move(_fresh(case)) if one.node == "left")
    body = {"token": token, "to": "right", "reason": "走错分支"}

    moved = Program(cast["stranger"]).post(f"/jumps/{case.number}", body)

    assert (refused.status_code, refused.json()["code"]) == (422, "return_not_allowed")
    assert (moved.status_code, waiting(case)) == (200, {"right"})


def _fresh(case):
    case.refresh_from_db()
    return case
