"""Reports are made by the clock alone when their period is over, kept, read on three media, and sent."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document

from apps.cases.conftest import MONDAY
from shuli.apps.cases.models import Notification
from shuli.apps.directory.models import Person
from shuli.apps.monitoring import counting
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.periods import period_of
from shuli.apps.monitoring.queries import EVERYTHING, sums_of
from shuli.apps.monitoring.reporting import making, papers, reading
from shuli.apps.monitoring.reporting.models import Report, ReportPlan
from shuli.kit import clock, jobs
from shuli.kit.errors import Refusal

pytestmark = pytest.mark.django_db
BUSY = MONDAY + timedelta(days=31)  # in the middle of what was played
MAKE = "shuli.apps.monitoring.reporting.jobs.make_reports"


@pytest.fixture
def plan(people, played):
    """Report the month of the requests to their owner, and nothing else."""
    with clock.frozen(played):
        counting.count_up()
    ReportPlan.objects.all().delete()
    return ReportPlan.objects.create(period="month", process_key="P-PURCHASE")


def next_month(moment, hour=2):
    local = timezone.localtime(moment)
    first = (local.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(hour=hour + 8, minute=0)


def page(client, person, address):
    client.force_login(Person.objects.get(username=person))
    return client.get(address)


@pytest.mark.accepts("H1-67")
def test_the_month_is_reported_once_when_it_is_over_and_sent_with_its_pdf(people, plan, played, mailoutbox):
    Person.objects.filter(username=people["owner"]).update(email="owner@example.com", language="en")
    with clock.frozen(next_month(played, hour=-3)):  # before the digest's time
        jobs.run_periodic(MAKE)
        assert not Report.objects.exists()
    with clock.frozen(next_month(played)):
        jobs.run_periodic(MAKE)
        jobs.run_periodic(MAKE)
        jobs.run_jobs()

    assert Report.objects.count() == 1
    assert Notification.objects.filter(person=people["owner"], code="report_made").count() == 1
    [mail] = [one for one in mailoutbox if one.to == ["owner@example.com"] and "report" in one.subject]
    assert mail.attachments[0][1].startswith(b"%PDF")


def test_the_figures_of_a_report_are_those_of_its_period(plan):
    with clock.frozen(next_month(BUSY)):
        making.make_due()

    row = Report.objects.get()
    month = period_of("month", row.first)
    kept = {one.figure: one.value for one in papers.content(row).rows}
    sums = sums_of(EVERYTHING, month, process_key="P-PURCHASE")
    assert kept["on_time_rate"] == pytest.approx(float(BY_KEY["on_time_rate"].value(sums)))
    assert kept["volume"] == sums["started"]


def test_a_report_stays_as_it_was_made(plan, played):
    with clock.frozen(next_month(played)):
        making.make_due()
        before = Report.objects.get().content
        counting.count_again()
        making.make_due()

    assert Report.objects.get().content == before


def test_every_finding_leads_somewhere_and_the_paper_says_the_same(client, people, plan):
    with clock.frozen(next_month(BUSY)):
        making.make_due()
        row = Report.objects.get()
        shown = page(client, people["owner"], f"/monitor/reports/{row.pk}/")
        links = [one["url"] for part in shown.context["sections"] for one in part["items"]]
        texts = [one["text"] for part in shown.context["sections"] for one in part["items"]]

        assert links
        assert {page(client, people["owner"], link).status_code for link in links} == {200}
        word = page(client, people["owner"], f"/monitor/reports/{row.pk}/docx/")

    said = "\n".join(one.text for one in Document(BytesIO(word.content)).paragraphs)
    assert all(text in said for text in texts)


def test_who_does_not_oversee_the_process_reads_no_report(client, people, plan, played):
    with clock.frozen(next_month(played)):
        making.make_due()
    row = Report.objects.get()

    assert page(client, people["starter"], f"/monitor/reports/{row.pk}/").status_code == 404
    assert isinstance(reading.subscribe(people["starter"], "P-PURCHASE", "week", on=True), Refusal)


def test_an_overseer_subscribes_to_another_period_and_gets_it(people, plan, played):
    reading.subscribe(people["owner"], "P-PURCHASE", "week", on=True)

    with clock.frozen(
        (played + timedelta(days=8)).replace(hour=4)
    ):  # noon in Shanghai, after the morning's mail
        making.make_due()

    week = Report.objects.get(plan__period="week")
    assert week.last - week.first == timedelta(days=6)
    assert week.last < timezone.localdate(played + timedelta(days=8))


@pytest.mark.accepts("H2-111")
def test_the_quarter_is_reported_over_the_whole_company(people, plan, played):
    ReportPlan.objects.create(period="quarter")

    with clock.frozen((played + timedelta(days=92)).replace(hour=4)):
        making.make_due()

    quarter = Report.objects.get(plan__period="quarter")
    assert (quarter.last - quarter.first).days in (89, 90, 91)
    assert quarter.first.month in (1, 4, 7, 10)
    assert isinstance(quarter.first, date)
