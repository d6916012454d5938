"""Customers and departments are asked by the clock after closing; each answers once, and the answers are counted."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from shuli.apps.cases.models import Case, Notification, Visit
from shuli.apps.directory import queries as directory
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.models import SatisfactionAnswer
from shuli.apps.monitoring.periods import period_of
from shuli.apps.monitoring.queries import EVERYTHING, sums_of
from shuli.apps.monitoring.survey import answering, plans, views
from shuli.apps.monitoring.survey.models import Survey, SurveyPlan
from shuli.kit import clock, jobs
from shuli.kit.allowance import Allowance

pytestmark = pytest.mark.django_db
ASK = "shuli.apps.monitoring.survey.jobs.ask_after_closing"
COUNT = "shuli.apps.monitoring.jobs.count_what_happened"


@pytest.fixture(autouse=True)
def nobody_has_asked_yet(monkeypatch):
    monkeypatch.setattr(views, "ASKED", Allowance(per_minute=30))


@pytest.fixture
def closed(people):
    """Close a case on which finance and technology worked, whose customer left an address."""
    SurveyPlan.objects.create(
        process_key="P-PURCHASE", asks_customer=True, asks_departments=True, contact_field="phone"
    )
    plans.add_scores("P-PURCHASE")
    now = clock.now()
    version = Case._meta.get_field("version").related_model.objects.get(process__key="P-PURCHASE")
    case = Case.objects.create(
        number="CG-CLOSED", process_key="P-PURCHASE", version=version, status="approved", starter=people["starter"],
        starter_department="service", started_at=now - timedelta(days=3), ended_at=now - timedelta(minutes=5),
        variables={"phone": "customer@example.com"},
    )  # fmt: skip
    for number, department in enumerate(("finance", "tech"), start=1):
        Visit.objects.create(
            case=case, number=number, node="tech", round=1, department=department, opened_at=now, closed_at=now,
            outcome="done", waiting_seconds=0, handling_seconds=0,
        )  # fmt: skip
    return case


def ask():
    jobs.run_periodic(ASK)
    jobs.run_jobs()


def path_of(survey):
    return urlsplit(answering.link(survey)).path


def token_of(mail):
    return mail.body.rpartition("/survey/")[2].strip().rstrip("/")


def test_the_clock_asks_the_customer_once_and_names_number_and_process_only(closed, mailoutbox):
    ask()
    ask()

    [mail] = [one for one in mailoutbox if one.to == ["customer@example.com"]]
    assert "CG-CLOSED" in mail.body
    assert Survey.objects.filter(kind="customer").count() == 1


@pytest.mark.accepts("H1-08", "H2-118")
def test_a_customer_answers_once_by_the_link_without_signing_in(client, closed, mailoutbox):
    ask()
    address = f"/survey/{token_of(mailoutbox[-1])}/"

    assert "CG-CLOSED" in client.get(address).content.decode()
    client.post(address, {"answer": "fairly_satisfied", "comment": "慢了一点"})
    client.post(address, {"answer": "dissatisfied"})

    row = Survey.objects.get(kind="customer")
    assert (row.answer, row.comment) == ("fairly_satisfied", "慢了一点")
    jobs.run_periodic(COUNT)
    sums = sums_of(EVERYTHING, period_of("month", timezone.localdate(clock.now())), process_key="P-PURCHASE")
    assert BY_KEY["satisfaction"].value(sums) == 80


def test_a_link_that_is_not_ours_leads_nowhere(client, closed):
    ask()
    key = Survey.objects.get(kind="customer").pk

    assert client.get(f"/survey/{key}:forged/").status_code == 404
    assert client.get(f"/survey/{key}/").status_code == 404


def test_after_its_time_a_link_takes_no_answer(client, closed):
    ask()
    row = Survey.objects.get(kind="customer")
    with clock.frozen(clock.now() + timedelta(days=15)):
        client.post(path_of(row), {"answer": "satisfied"})

    row.refresh_from_db()
    assert row.answered_at is None


def test_too_many_requests_from_one_address_have_to_wait(client, closed):
    ask()
    address = path_of(Survey.objects.get(kind="customer"))

    answers = [client.get(address).status_code for _ in range(40)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_departments_rate_one_another_and_it_is_counted(client, closed):
    ask()
    asked = Survey.objects.filter(kind="department")
    assert set(asked.values_list("asked_department", "about_department")) == {
        ("finance", "tech"),
        ("tech", "finance"),
    }
    speaker = directory.liaison("finance")
    assert Notification.objects.filter(person=speaker, code="rate_partners").exists()

    client.force_login(Person.objects.get(username=speaker))
    row = asked.get(asked_department="finance")
    client.post(f"/monitor/ratings/{row.pk}/", {"answer": "dissatisfied", "comment": "材料不全"})

    jobs.run_periodic(COUNT)
    month = period_of("month", timezone.localdate(clock.now()))
    assert BY_KEY["partner_satisfaction"].value(sums_of(EVERYTHING, month, department="tech")) == 0
    assert BY_KEY["partner_satisfaction"].value(sums_of(EVERYTHING, month, department="finance")) is None


def test_nobody_rates_in_the_name_of_another_department(client, people, closed):
    ask()
    row = Survey.objects.get(asked_department="finance")
    client.force_login(Person.objects.get(username=people["starter"]))

    assert client.post(f"/monitor/ratings/{row.pk}/", {"answer": "satisfied"}).status_code == 404


def test_an_owner_changes_what_an_answer_counts_and_all_is_counted_again(client, people, closed):
    ask()
    Survey.objects.filter(kind="customer").update(answer="fairly_satisfied", answered_at=clock.now())
    jobs.run_periodic(COUNT)
    client.force_login(Person.objects.get(username=people["owner"]))
    score = SatisfactionAnswer.objects.get(
        process_key="P-PURCHASE", form_key="survey", field="customer", answer="fairly_satisfied"
    )
    page = client.get("/monitor/surveys/P-PURCHASE/")
    values = {
        name: field.initial
        for name, field in page.context["form"].fields.items()
        if name.startswith("points_")
    }

    client.post(
        "/monitor/surveys/P-PURCHASE/",
        {**values, f"points_{score.pk}": "70", "asks_customer": "on", "contact_field": "phone", "days": "7"},
    )
    jobs.run_jobs()

    month = period_of("month", timezone.localdate(clock.now()))
    assert BY_KEY["satisfaction"].value(sums_of(EVERYTHING, month, process_key="P-PURCHASE")) == 70
    assert SurveyPlan.objects.get(process_key="P-PURCHASE").days == 7


def test_the_response_rate_is_of_those_asked(client, people, closed):
    ask()
    Survey.objects.filter(kind="customer").update(answer="satisfied", answered_at=clock.now())

    found = {one.kind: one.rate for one in plans.responses(["P-PURCHASE"], clock.now() - timedelta(days=1))}

    assert found == {"customer": 1, "department": 0}
    client.force_login(Person.objects.get(username=people["owner"]))
    assert "100%" in client.get("/monitor/surveys/").content.decode()
