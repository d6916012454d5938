"""Returns and jumps across parallel branches, asked over REST as a program does; the engine's own tests have all nine."""

import pytest

from apps.cases import verb_processes
from apps.cases.test_api import Program
from apps.cases.test_case_verbs import complete, open_task, start
from apps.cases.test_pages import client_of
from reliability.processes import calling as calling_model
from reliability.processes import chain, model, race, starter
from shuli.apps.cases import queries, verification
from shuli.apps.cases.models import Task


def block():
    """A fork with two steps in one branch and one in the other, a join, and a step behind it."""
    gateways = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>'
    names = ("before", "left", "then", "right", "after")
    flows = [*chain("start", "before", "fork", "left", "then", "join", "after", "end")]
    flows += chain("fork", "right", "join")
    return model("P-BLOCK", "KS{yyyymmdd}{seq}", gateways, *map(starter, names), flows=flows)


def which():
    """An inclusive fork: one branch for every amount, one from 20 on, one from 30 on."""
    gateways = '<bpmn:inclusiveGateway id="fork"/><bpmn:inclusiveGateway id="join"/>'
    names = {"small": 0, "middle": 20, "large": 30}
    ways = "".join(
        f'<bpmn:sequenceFlow id="to_{name}" sourceRef="fork" targetRef="{name}"><bpmn:conditionExpression>'
        f"amount &gt;= {least}</bpmn:conditionExpression></bpmn:sequenceFlow>"
        for name, least in names.items()
    )
    flows = [
        *chain("start", "prepare", "fork"),
        *((name, "join") for name in names),
        *chain("join", "after", "end"),
    ]
    steps = map(starter, ("prepare", *names, "after"))
    return model("P-WHICH", "BR{yyyymmdd}{seq}", gateways, ways, *steps, flows=flows)


def leaving():
    """A fork, of which one branch may end before it comes to the join."""
    gateways = (
        '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/><bpmn:endEvent id="inside"/>'
    )
    choice = '<bpmn:exclusiveGateway id="choice" default="f8"/>'
    way = (
        '<bpmn:sequenceFlow id="back" sourceRef="choice" targetRef="join"><bpmn:conditionExpression>'
        "amount &gt; 1</bpmn:conditionExpression></bpmn:sequenceFlow>"
    )
    flows = [
        *chain("start", "before", "fork", "left", "choice"),
        *chain("fork", "right", "join", "after", "end"),
    ]
    flows.append(("choice", "inside"))
    steps = map(starter, ("before", "left", "right", "after"))
    return model("P-LEAVING", "LK{yyyymmdd}{seq}", gateways, choice, way, *steps, flows=flows)


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


@pytest.fixture
def keeping(cast):
    """A fork that keeps what a branch has done where its inputs stay as they were."""
    duty = '<bpmn:extensionElements><shuli:duty keepSiblings="true"/></bpmn:extensionElements>'
    kept = block().replace(
        '<bpmn:parallelGateway id="fork"/>', f'<bpmn:parallelGateway id="fork">{duty}</bpmn:parallelGateway>'
    )
    verb_processes.publish("P-BLOCK", kept)
    made = start("P-BLOCK", cast["starter"], what="设备")
    complete(made, "before", cast["starter"])
    return made


def test_a_finished_branch_is_carried_where_the_fork_keeps_it_and_the_page_says_so(keeping, cast):
    complete(keeping, "right", cast["starter"])
    assert send_back(keeping, cast, "left", "before").status_code == 200
    complete(keeping, "before", cast["starter"])

    assert waiting(keeping) == {"left"}
    page = client_of(cast["starter"], "en").get(f"/cases/{keeping.number}/").content.decode()
    assert "Not done again, for nothing it reads has changed: Step right" in page


def test_one_reject_ends_the_other_branch_and_the_case(cast):
    ending = verb_processes.parallel("P-ALL", "YP{yyyymmdd}{seq}").replace("previous", "end")
    verb_processes.publish("P-ALL", ending)
    made = start("P-ALL", cast["starter"], what="设备")
    complete(made, "prepare", cast["starter"])
    seat = Task.objects.get(case=made, node="sign", holder="hejia")

    answer = Program("hejia").post(f"/tasks/{seat.pk}/complete", {"decision": "reject", "opinion": "不买"})

    assert (answer.json()["status"], waiting(made)) == ("rejected", set())


def test_a_join_waits_for_exactly_the_branches_that_were_taken_also_after_a_return(cast):
    verb_processes.publish("P-WHICH", which())
    made = start("P-WHICH", cast["starter"], what="设备", amount="25")
    for node in ("prepare", "small", "middle"):
        complete(made, node, cast["starter"])
    assert waiting(made) == {"after"}

    assert send_back(made, cast, "after", "small").status_code == 200
    complete(made, "small", cast["starter"])
    assert waiting(made) == {"after"}


def test_a_path_that_could_end_inside_a_block_is_never_published(cast):
    with pytest.raises(AssertionError, match="join"):
        verb_processes.publish("P-LEAVING", leaving())


@pytest.fixture
def calling(cast):
    """A case that has called another beside a step of its own; return both."""
    verb_processes.publish("P-RACE", race())
    verb_processes.publish("P-CALL", calling_model())
    made = start("P-CALL", cast["starter"], what="设备")
    complete(made, "first", cast["starter"])
    called = made.children.get()
    complete(called, "prepare", cast["starter"])
    yield made, called
    assert list(verification.verify_state([made.pk, called.pk])) == []


def test_out_of_a_called_case_the_calling_one_goes_on_from_the_step_that_was_chosen(calling, cast):
    made, called = calling
    task = open_task(called, "work")
    body = {"to": "first", "reason": "资料不全", "out": True}
    person = cast["colleague"]
    Program(person).post(f"/tasks/{task.pk}/claim")

    strange = Program(person).post(f"/tasks/{task.pk}/return", {**body, "to": "call"})
    answer = Program(person).post(f"/tasks/{task.pk}/return", body)

    assert (strange.status_code, strange.json()["code"]) == (422, "return_not_allowed")
    assert (answer.json()["status"], waiting(called), waiting(made)) == ("returned", set(), {"first"})
    assert open_task(made, "first").reason == "资料不全"


def test_the_page_offers_the_steps_of_the_calling_case_and_takes_them(calling, cast):
    made, called = calling
    task = open_task(called, "work")
    browser = client_of(cast["colleague"])
    browser.post(f"/tasks/{task.pk}/claim/")

    page = browser.get(f"/tasks/{task.pk}/").content.decode()
    assert 'value="out:first"' in page

    answer = browser.post(f"/tasks/{task.pk}/return/", {"to": "out:first", "reason": "资料不全"})
    assert (answer.status_code, waiting(made)) == (302, {"first"})


def test_a_case_that_nobody_called_has_nowhere_to_go_out_to(case, cast):
    body = {"to": "before", "reason": "重做", "out": True}

    answer = Program(cast["starter"]).post(f"/tasks/{open_task(case, 'left').pk}/return", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "not_called")


def _fresh(case):
    case.refresh_from_db()
    return case
