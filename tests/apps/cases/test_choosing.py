"""Whoever is before chooses who is next: the starter when starting, or whoever completes an earlier step."""

import pytest
from django.utils import translation

from apps.cases import verb_processes
from apps.cases.test_api import Program
from apps.cases.test_pages import client_of
from shuli.apps.cases import operations
from shuli.apps.cases.models import Case, FormRecord, Task
from shuli.apps.catalogue import presentation
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory

APPROVE = operations.Verdict()
LARGE = {"what": "设备", "amount": "500"}


@pytest.fixture
def choosing(cast):
    verb_processes.publish("P-CHOOSE", verb_processes.choosing())


@pytest.fixture
def reviewed(choosing, cast):
    """A case that the chosen reviewer has before them."""
    outcome = operations.start_case("P-CHOOSE", cast["starter"], {**LARGE, "reviewer": cast["tech"]})
    assert isinstance(outcome, operations.Done), outcome
    return Task.objects.get(case_id=outcome.case_id, node="review")


def errors(outcome):
    return [(error.path, error.code) for error in outcome.validation.errors]


def test_whoever_the_starter_has_chosen_gets_the_task(reviewed, cast):
    assert (reviewed.state, reviewed.holder) == ("open", cast["tech"])


def test_a_case_is_not_started_while_nobody_is_chosen(choosing, cast):
    outcome = operations.start_case("P-CHOOSE", cast["starter"], LARGE)

    assert errors(outcome) == [("reviewer", "required")]
    assert not Case.objects.filter(process_key="P-CHOOSE").exists()


def test_nobody_from_outside_the_candidates_can_be_chosen(choosing, cast):
    outcome = operations.start_case("P-CHOOSE", cast["starter"], {**LARGE, "reviewer": cast["finance_head"]})

    assert errors(outcome) == [("reviewer", "not_option")]


def test_a_step_is_not_completed_while_nobody_is_chosen_for_what_follows(reviewed, cast):
    outcome = operations.complete(reviewed.pk, cast["tech"], {}, APPROVE)

    reviewed.refresh_from_db()
    case = Case.objects.get(pk=reviewed.case_id)
    assert errors(outcome) == [("voters", "required")]
    assert (reviewed.state, case.incidents, case.variables.get("voters")) == ("open", 0, None)


def test_where_the_case_goes_elsewhere_nobody_need_be_chosen(choosing, cast):
    start = {"what": "纸张", "amount": "5", "reviewer": cast["tech"]}
    case = operations.start_case("P-CHOOSE", cast["starter"], start).case_id

    outcome = operations.complete(Task.objects.get(case_id=case).pk, cast["tech"], {}, APPROVE)

    assert isinstance(outcome, operations.Done), outcome
    assert Task.objects.get(case_id=case, state="open").node == "last"


def test_in_a_vote_each_of_the_chosen_has_a_seat(reviewed, cast):
    chosen = [cast["colleague"], cast["service_head"]]

    operations.complete(reviewed.pk, cast["tech"], {"voters": chosen}, APPROVE)

    voting = Task.objects.filter(case_id=reviewed.case_id, node="vote")
    assert {task.holder for task in voting} == set(chosen)


def test_rest_takes_the_choice_among_the_answers(choosing, cast):
    starter = Program(cast["starter"])
    start = {"process": "P-CHOOSE", "answers": {"what": "设备", "amount": 500}}

    refused = starter.post("/cases", start)
    begun = starter.post("/cases", {**start, "answers": {**start["answers"], "reviewer": cast["tech"]}})
    task = begun.json()["tasks"][0]["id"]
    unsaid = Program(cast["tech"]).post(f"/tasks/{task}/complete")
    done = Program(cast["tech"]).post(f"/tasks/{task}/complete", {"answers": {"voters": [cast["colleague"]]}})

    assert [answer.status_code for answer in (refused, begun, unsaid, done)] == [422, 200, 422, 200]
    assert refused.json()["details"]["fields"] == [{"path": "reviewer", "code": "required", "params": {}}]
    assert [(one["node"], one["holder"]) for one in done.json()["tasks"] if one["state"] == "open"] == [
        ("vote", cast["colleague"])
    ]


def test_rest_shows_whom_one_can_choose_before_it_refuses(reviewed, cast):
    at_start = Program(cast["starter"]).get("/processes/P-CHOOSE/start-form").json()["form"]
    at_task = Program(cast["tech"]).get(f"/tasks/{reviewed.pk}/form").json()["form"]

    reviewer, voters = (form["sections"][-1]["fields"][-1] for form in (at_start, at_task))

    assert (reviewer["key"], voters["key"]) == ("reviewer", "voters")
    assert {option["code"] for option in reviewer["options"]} == set(directory.members("department:tech"))
    assert voters["type"] == "person"


def test_the_page_that_starts_asks_among_the_candidates_and_says_where_one_is_missing(choosing, cast):
    client = client_of(cast["starter"], "en")

    page = client.get("/start/P-CHOOSE/").content.decode()
    sent = client.post("/start/P-CHOOSE/", {"what": "x", "amount": "500", "idempotency_key": "k1"})

    assert "Who does “Review”" in page
    assert all(f'value="{name}"' in page for name in directory.members("department:tech"))
    assert f'value="{cast["finance_head"]}"' not in page
    assert (sent.status_code, "Who does “Review”" in sent.content.decode()) == (422, True)


def test_the_page_of_the_task_keeps_the_choice_in_the_draft_and_completes_with_it(reviewed, cast):
    client = client_of(cast["tech"])
    client.post(f"/tasks/{reviewed.pk}/draft/", {"voters": [cast["colleague"]]})

    page = client.get(f"/tasks/{reviewed.pk}/").content.decode()
    sent = client.post(
        f"/tasks/{reviewed.pk}/complete/", {"voters": [cast["colleague"]], "idempotency_key": "k2"}
    )

    assert "“表决”由谁办理" in page
    assert f'value="{cast["colleague"]}"' in page
    assert sent.status_code == 302
    assert Task.objects.get(case_id=reviewed.case_id, node="vote").holder == cast["colleague"]


def test_the_record_of_the_start_form_holds_who_was_chosen(reviewed, cast):
    assert FormRecord.objects.get(case_id=reviewed.case_id).answers["reviewer"] == cast["tech"]


def test_the_page_of_the_process_says_who_chooses(choosing, cast):
    graph = catalogue.graph(catalogue.version_in_force("P-CHOOSE").pk)

    with translation.override("zh-hans"):
        said = [
            presentation.performer(graph.nodes[node].duty.performer, graph) for node in ("review", "vote")
        ]

    assert said == ["由发起人选定", "由“审查”的处理人选定"]


@pytest.mark.parametrize(("part", "wrong"), [('chooser="review"', 'chooser="nowhere"'), (">voters<", "><")])
def test_a_choice_that_nobody_could_make_is_refused_at_publication(cast, part, wrong):
    from shuli.apps.catalogue import operations as publishing

    facts = {"key": "P-CHOOSE", "name": {"zh": "测试", "en": "Test"}, "action": {"zh": "开始", "en": "Start"}}
    bpmn = verb_processes.choosing().replace(part, wrong)

    answer = publishing.publish(
        publishing.Package(facts=facts, bpmn=bpmn, forms={"asked": verb_processes.CHOSEN})
    )

    assert "policy_incomplete" in {finding.code for finding in answer.findings}
