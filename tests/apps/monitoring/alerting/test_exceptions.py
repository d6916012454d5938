"""Anybody reports an exception on a process; its owner is told and answers."""

import pytest

from shuli.apps.cases.models import Notification
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.alerting import exceptions
from shuli.apps.monitoring.alerting.models import ExceptionReport
from shuli.kit import jobs
from shuli.kit.errors import Refusal

pytestmark = pytest.mark.django_db
TOLD = {"process_key": "P-PURCHASE", "kind": "impossible", "text": "系统停机，无法审批", "is_urgent": "on"}


def as_person(client, name):
    client.force_login(Person.objects.get(username=name))
    return client


def test_a_report_reaches_the_owner_and_its_answer_the_reporter(client, people, mailoutbox):
    Person.objects.update(email="")
    Person.objects.filter(username=people["owner"]).update(email="owner@example.com")
    sent = as_person(client, people["starter"]).post("/monitor/exceptions/new/", TOLD)
    jobs.run_jobs()

    row = ExceptionReport.objects.get()
    assert sent.status_code == 302
    assert Notification.objects.filter(person=people["owner"], code="exception").exists()
    assert [mail.to for mail in mailoutbox] == [["owner@example.com"]]

    as_person(client, people["owner"]).post(f"/monitor/exceptions/{row.pk}/answer/", {"answer": "先走纸质单"})

    assert Notification.objects.filter(person=people["starter"], code="exception_answered").exists()
    assert "先走纸质单" in as_person(client, people["starter"]).get("/monitor/exceptions/").content.decode()


def test_others_see_no_report_and_answer_none(client, people):
    row = exceptions.report(
        people["starter"], exceptions.Reported(process_key="P-PURCHASE", kind="other", text="x")
    )

    assert "x" not in [
        item["row"].text
        for item in as_person(client, people["tech"]).get("/monitor/exceptions/").context["items"]
    ]
    assert isinstance(exceptions.answer(people["tech"], row.pk, "?"), Refusal)


def test_a_case_of_another_process_is_refused(people):
    answer = exceptions.report(
        people["starter"],
        exceptions.Reported(process_key="P-PURCHASE", kind="other", text="x", case_number="TS1"),
    )

    assert isinstance(answer, Refusal)
    assert answer.code == "case_not_of_process"
