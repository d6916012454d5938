"""Calls over HTTP and functions as jobs: tried again with pauses, answered once, stopped where nothing helps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.cases.outside.conftest import END, START, begin, healthy, person_does, publish, run_all, where, work
from shuli.apps.cases import execution
from shuli.apps.cases.models import ServiceCall
from shuli.apps.cases.outside import functions, serving
from shuli.core.engine import ServiceFailure
from shuli.core.engine import commands as c
from shuli.kit import failpoints
from shuli.kit.failpoints import FailpointError
from shuli.kit.outgoing import Answer, Failure

ORDER = (
    '<shuli:service kind="http" method="PUT" retries="2" timeout="5"><shuli:url>https://erp.example/{order}</shuli:url>'
    '<shuli:body>{"n": amount}</shuli:body><shuli:out name="state">response.body.state</shuli:out></shuli:service>'
)


@pytest.fixture
def process(company):
    publish("P-CALL", START, work("call", ORDER), person_does("file"), END)


@pytest.fixture
def erp(monkeypatch):
    """The other program: give `answers` what it is to say; `asked` is what it was asked."""

    class Erp:
        answers = [
            Answer(status=200, headers={"content-type": "application/json"}, body=b'{"state": "booked"}')
        ]
        asked = []

        def call(self, asked):
            self.asked.append(asked)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    erp = Erp()
    erp.asked = []
    monkeypatch.setattr(serving, "call", erp.call)
    return erp


def says(status):
    return Answer(status=status, headers={}, body=b"")


def next_attempt():
    ServiceCall.objects.filter(state="open").update(next_at=timezone.now() - timedelta(seconds=1))
    serving.serve_due()


def test_a_call_is_made_after_the_step_and_its_answer_moves_the_case(process, erp):
    case = begin("P-CALL", order="A/1", amount=3)
    assert (where(case), erp.asked) == (["call"], [])

    run_all()

    asked = erp.asked[0]
    assert (asked.method, asked.url, asked.body) == ("PUT", "https://erp.example/A%2F1", b'{"n": 3}')
    assert asked.headers["Idempotency-Key"].startswith(case.number)
    assert (where(case), case.variables["state"], healthy()) == (["file"], "booked", [])


def test_the_job_run_twice_makes_one_call(process, erp):
    case = begin("P-CALL", order="A1", amount=3)
    run_all()

    serving.serve(case.pk, ServiceCall.objects.get().number)

    assert len(erp.asked) == 1


@pytest.mark.parametrize(
    "first", [says(503), says(429), Failure(code="timeout"), Failure(code="not_reached")]
)
def test_what_may_go_away_is_tried_again_later_under_the_same_key(process, erp, first):
    erp.answers = [first, erp.answers[0]]
    case = begin("P-CALL", order="A1", amount=3)
    run_all()
    assert ServiceCall.objects.get().next_at > timezone.now() + timedelta(seconds=7)

    next_attempt()

    assert where(case) == ["file"]
    assert len({asked.headers["Idempotency-Key"] for asked in erp.asked}) == 1


def test_after_the_last_attempt_the_case_stops_and_its_owner_may_try_again(process, erp):
    erp.answers = [says(503)]
    case = begin("P-CALL", order="A1", amount=3)
    run_all()
    for _ in range(3):
        next_attempt()
    assert len(erp.asked) == 3
    incident = case.incident_rows.get()
    assert (incident.code, incident.params["error"]) == ("service_failed", "http_503")

    erp.answers = [Answer(status=200, headers={}, body=b"")]
    execution.execute(case.pk, c.Retry(incident=incident.number))
    run_all()

    assert (where(case), healthy()) == (["file"], [])


@pytest.mark.parametrize("first", [says(404), says(302), Failure(code="address_refused")])
def test_what_no_further_attempt_mends_stops_at_once(process, erp, first):
    erp.answers = [first]
    case = begin("P-CALL", order="A1", amount=3)

    run_all()

    assert case.incident_rows.count() == len(erp.asked) == 1


def test_nothing_is_called_for_a_case_that_stands_still(process, erp):
    case = begin("P-CALL", order="A1", amount=3)
    execution.execute(case.pk, c.Suspend())
    run_all()
    assert erp.asked == []

    execution.execute(case.pk, c.Resume())
    run_all()

    assert where(case) == ["file"]


def test_a_credential_goes_with_the_call_to_its_own_host_only(company, erp, settings, tmp_path):
    settings.SHULI_CREDENTIALS = tmp_path / "credentials.toml"
    settings.SHULI_CREDENTIALS.write_text(
        '[erp]\nhosts = ["erp.example"]\nheader = "Authorization"\nvalue = "Bearer abc"\n', encoding="utf-8"
    )
    for key, host in (("P-OURS", "erp.example"), ("P-THEIRS", "evil.example")):
        rule = f'<shuli:service kind="http" credential="erp"><shuli:url>https://{host}/</shuli:url></shuli:service>'
        publish(key, START, work("call", rule), END)

    ours, theirs = begin("P-OURS"), begin("P-THEIRS")
    run_all()

    assert [asked.headers["Authorization"] for asked in erp.asked] == ["Bearer abc"]
    assert theirs.incident_rows.get().params["error"] == "credential_unknown"
    assert "Bearer" not in str(list(ours.events.values_list("payload", flat=True)))


# Functions ----------------------------------------------------------------------------------------------


@pytest.fixture
def function(company, monkeypatch):
    publish(
        "P-FUNC",
        START,
        work("count", '<shuli:service name="count" when="later" retries="1"/>'),
        person_does("file"),
        END,
    )

    def register(made):
        monkeypatch.setitem(functions.registered(), "count", made)

    return register


def test_a_function_runs_as_a_job_and_knows_its_key(function):
    function(lambda given: {"twice": given["amount"] * 2, "key": given["idempotency_key"]})
    case = begin("P-FUNC", amount=2)
    assert where(case) == ["count"]

    run_all()

    assert (where(case), case.variables["twice"]) == (["file"], 4)
    assert case.variables["key"].startswith(case.number)


def test_a_function_that_breaks_is_tried_again_and_then_stops_the_case(function):
    function(lambda given: given["nothing"])
    case = begin("P-FUNC", amount=2)
    run_all()
    assert where(case) == ["count"]

    next_attempt()

    assert case.incident_rows.get().params["error"] == "function_broke"


def test_what_a_function_refuses_is_not_tried_again(function):
    function(lambda _given: ServiceFailure(code="closed", params={"until": "Monday"}))
    case = begin("P-FUNC", amount=2)

    run_all()

    params = case.incident_rows.get().params
    assert (params["error"], params["until"]) == ("closed", "Monday")


# Crashes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("point", ["service.begun", "service.answered"])
def test_a_program_that_dies_in_the_middle_has_its_call_made_again(process, erp, point):
    case = begin("P-CALL", order="A1", amount=3)
    failpoints.switch(f"{point}=raise")
    with pytest.raises(FailpointError):
        run_all()
    failpoints.switch("")
    ServiceCall.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    serving.serve_due()

    assert (where(case), healthy()) == (["file"], [])
    assert len({asked.headers["Idempotency-Key"] for asked in erp.asked}) == 1
