"""One verb on several cases: begun at once, done case by case, taken up where it stood."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases import verb_processes
from apps.cases.test_api import Program
from apps.cases.test_bulk_execution import picture
from apps.cases.test_case_verbs import start
from apps.cases.test_pages import client_of
from shuli.apps.cases import bulk_queries, operations
from shuli.apps.cases.models import BulkItem, BulkRun, Case, Task
from shuli.apps.cases.operations import bulk_verbs
from shuli.apps.cases.verification import verify_state
from shuli.kit import failpoints, jobs


@pytest.fixture
def cases(cast):
    verb_processes.publish("P-LINE", verb_processes.line())
    return [start("P-LINE", cast["starter"], what=f"设备{n}") for n in range(4)]


def rows_of(case):
    """Return what a case shows, without what is its own."""
    return {**picture(case), "events": [], "case": Case.objects.get(pk=case.pk).status}


def numbers(cases):
    return [case.number for case in cases]


def statuses(cases):
    return [Case.objects.get(pk=case.pk).status for case in cases]


def test_a_subset_is_suspended_by_a_job_and_the_page_says_how_far_it_is(cases, cast):
    client = client_of(cast["owner"])
    body = {"verb": "suspend", "case": numbers(cases[:2]), "reason": "等预算"}

    answer = client.post("/bulk/begin/", body)
    before = client.get(answer.url).content.decode()
    jobs.run_jobs()
    after = client.get(answer.url).content.decode()

    assert statuses(cases) == ["suspended", "suspended", "running", "running"]
    assert 'value="0"' in before
    assert 'max="2" value="2"' in after


def test_all_that_fit_the_filter_are_dealt_with(cases, cast):
    other = start("P-PURCHASE", cast["starter"], what="设备9", amount=1)
    body = {"verb": "terminate", "which": "all", "filter": "q=设备&process=P-LINE", "reason": "项目取消"}

    client_of(cast["owner"]).post("/bulk/begin/", body)
    jobs.run_jobs()

    assert statuses([*cases, other]) == ["terminated"] * 4 + ["running"]


def test_each_case_has_its_own_result_with_the_reason(cases, cast):
    operations.suspend(cases[0].pk, cast["owner"], "先停")
    program = Program(cast["owner"])

    begun = program.post("/cases/bulk", {"verb": "resume", "cases": numbers(cases[:2])})
    jobs.run_jobs()
    run = program.get(f"/bulk/{begun.json()['id']}").json()
    rows = program.get(f"/bulk/{begun.json()['id']}/cases").json()["items"]

    assert begun.status_code == 202
    assert (run["state"], run["done"], run["refused"]) == ("done", 1, 1)
    assert [(row["state"], row["code"]) for row in rows] == [("refused", "not_suspended"), ("done", "")]
    assert rows[0]["message"]


def test_the_rights_are_asked_at_each_case(cases, cast):
    run = operations.bulk.begin(cast["starter"], "terminate", [case.pk for case in cases], {"reason": "x"})

    jobs.run_jobs()

    found = bulk_queries.progress(BulkRun.objects.get(pk=run.run_id))
    assert (found.refused, found.done) == (4, 0)
    assert statuses(cases) == ["running"] * 4


def test_a_run_whose_worker_died_is_taken_up_and_does_nothing_twice(cases, cast):
    begun = operations.bulk.begin(cast["owner"], "suspend", [case.pk for case in cases], {"reason": "等"})
    operations.bulk._next(begun.run_id, size=1)
    failpoints.switch("bulk.done=raise")
    with pytest.raises(failpoints.FailpointError):
        operations.bulk._next(begun.run_id, size=1)
    failpoints.switch("")

    assert statuses(cases) == ["suspended", "running", "running", "running"]
    jobs.run_jobs()

    found = bulk_queries.progress(BulkRun.objects.get(pk=begun.run_id))
    assert (found.done, found.refused, statuses(cases)) == (4, 0, ["suspended"] * 4)


def test_the_open_tasks_of_several_cases_go_to_somebody_else(cases, cast):
    body = {"verb": "transfer", "cases": numbers(cases), "to": cast["colleague"], "reason": "休假"}

    Program(cast["owner"]).post("/cases/bulk", body)
    jobs.run_jobs()

    holders = Task.objects.filter(state="open", case__in=cases).values_list("holder", flat=True)
    assert set(holders) == {cast["colleague"]}


@pytest.mark.parametrize(
    ("verb", "params"),
    [
        ("suspend", {"reason": "等预算"}),
        ("terminate", {"reason": "项目取消"}),
        ("transfer", {"to": "hejia", "reason": "休假"}),
        ("urge", {"text": "请尽快"}),
        ("resume", {}),
        ("retry", {}),
    ],
)
def test_a_verb_on_a_lot_leaves_what_it_leaves_case_by_case(cases, cast, verb, params):
    together, alone = cases[:2], cases[2:]

    begun = operations.bulk.begin(cast["owner"], verb, [case.pk for case in together], params)
    operations.bulk.carry_on(begun.run_id)
    answers = [bulk_verbs.VERBS[verb](case.pk, cast["owner"], params) for case in alone]

    codes = BulkItem.objects.filter(run_id=begun.run_id).values_list("code", flat=True)
    assert list(codes) == [getattr(answer, "code", "") for answer in answers]
    assert [rows_of(case) for case in together] == [rows_of(case) for case in alone]
    assert not list(verify_state())


def test_one_verb_on_a_lot_asks_the_database_as_often_for_many_cases_as_for_few(cases, cast):
    def asked(some):
        begun = operations.bulk.begin(cast["owner"], "suspend", [case.pk for case in some], {"reason": "等"})
        with CaptureQueriesContext(connection) as found:
            operations.bulk.carry_on(begun.run_id)
        return len(found)

    asked(cases[:1])

    assert asked(cases[2:]) <= asked(cases[1:2])


def test_whoever_has_several_open_tasks_hands_all_of_them_over_or_none(cases, cast):
    two = Task.objects.filter(case__in=cases[:2], state="open")
    for task in two:
        operations.add_signers(task.pk, cast["starter"], [cast["tech"]], "beside", "all", "一起看")

    begun = operations.bulk.begin(cast["owner"], "transfer", [case.pk for case in cases], {"to": cast["colleague"], "reason": "休假"})  # fmt: skip
    jobs.run_jobs()

    found = bulk_queries.progress(BulkRun.objects.get(pk=begun.run_id))
    assert (found.done, found.refused, found.waiting) == (4, 0, 0)
    assert set(Task.objects.filter(state="open").values_list("holder", flat=True)) == {cast["colleague"]}


def test_a_stopped_run_leaves_the_rest_as_it_was(cases, cast):
    begun = operations.bulk.begin(cast["owner"], "suspend", [case.pk for case in cases], {"reason": "等"})
    operations.bulk._next(begun.run_id, size=1)

    client_of(cast["owner"]).post(f"/bulk/{begun.run_id}/stop/")
    jobs.run_jobs()

    assert statuses(cases) == ["suspended", "running", "running", "running"]
    assert client_of(cast["owner"]).post(f"/bulk/{begun.run_id}/stop/").status_code == 409


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"verb": "suspend", "reason": "x"}, "no_cases_chosen"),
        ({"verb": "suspend", "cases": ["1"], "reason": " "}, "reason_missing"),
        ({"verb": "transfer", "cases": ["1"], "reason": "x"}, "choice_missing"),
        ({"verb": "approve", "cases": ["1"]}, "no_such_verb"),
    ],
)
def test_what_is_incomplete_is_refused_before_anything_begins(cases, cast, body, code):
    answer = Program(cast["owner"]).post("/cases/bulk", body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not BulkRun.objects.exists()


def test_a_run_is_shown_to_whoever_began_it_and_to_nobody_else(cases, cast):
    begun = operations.bulk.begin(cast["owner"], "suspend", [cases[0].pk], {"reason": "等"})

    assert client_of(cast["starter"]).get(f"/bulk/{begun.run_id}/").status_code == 404
    assert Program(cast["starter"]).get(f"/bulk/{begun.run_id}").status_code == 404


def test_the_list_of_cases_offers_what_the_reader_may_do(cases, cast):
    owner = client_of(cast["owner"]).get("/cases/").content.decode()
    starter = client_of(cast["starter"]).get("/cases/").content.decode()

    assert '<option value="terminate">' in owner
    assert '<option value="terminate">' not in starter


def test_a_persons_page_leads_to_the_cases_in_which_they_hold_work(cases, cast):
    text = client_of(cast["owner"]).get(f"/cases/?holder={cast['starter']}").content.decode()
    none = client_of(cast["owner"]).get(f"/cases/?holder={cast['stranger']}").content.decode()

    assert cases[0].number in text
    assert cases[0].number not in none
