"""Weeks that stand apart are found in every series and judged by a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shuli.apps.catalogue.models import ProcessVersion
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.alerting.models import ExceptionReport
from shuli.apps.monitoring.models import DayCount
from shuli.apps.monitoring.periods import last_periods
from shuli.apps.monitoring.reporting import reading
from shuli.apps.monitoring.reporting.models import OutlierMark
from shuli.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def wild(people):
    """Count twelve weeks on time by nine in ten and one by two in ten; return the wild one's first day."""
    version = ProcessVersion.objects.filter(process__key="P-PURCHASE").first()
    weeks = last_periods("week", timezone.localdate(clock.now()), 14)[:-1]
    for number, week in enumerate(weeks):
        good = 4 if number == 6 else 18 + number % 2
        DayCount.objects.create(
            day=week.first + timedelta(days=1), process_key="P-PURCHASE", version=version, node="tech", closed=20, due=20,
            on_time=good, started=20,
        )  # fmt: skip
    return weeks[6].first


def judge(client, person, first, **more):
    client.force_login(Person.objects.get(username=person))
    body = {
        "indicator": "on_time_rate",
        "process": "P-PURCHASE",
        "first": str(first),
        "kind": "process",
        **more,
    }
    return client.post("/monitor/outliers/class/", body)


@pytest.mark.accepts("H1-14", "H1-15")
def test_an_owner_judges_the_week_that_stands_apart_and_reports_it(client, people, wild):
    client.force_login(Person.objects.get(username=people["owner"]))
    shown = client.get("/monitor/outliers/")
    assert ("on_time_rate", wild) in {
        (one["found"].indicator, one["found"].period.first) for one in shown.context["items"]
    }

    judge(client, people["owner"], wild, note="系统停机两天", issue="on")

    mark = OutlierMark.objects.get()
    assert (mark.kind, mark.note, mark.by) == ("process", "系统停机两天", people["owner"])
    assert mark.value == pytest.approx(0.2)
    assert ExceptionReport.objects.get().process_key == "P-PURCHASE"


def test_a_week_that_does_not_stand_apart_is_not_judged(client, people, wild):
    assert judge(client, people["owner"], wild + timedelta(days=7)).status_code == 404


def test_others_judge_nothing(client, people, wild):
    assert judge(client, people["starter"], wild).status_code == 404


def test_the_judgement_can_be_changed(client, people, wild):
    judge(client, people["owner"], wild)
    judge(client, people["owner"], wild, kind="data", note="补录有误")

    assert OutlierMark.objects.get().kind == "data"


def test_a_week_of_too_few_visits_says_nothing(people, wild):
    DayCount.objects.filter(day=wild + timedelta(days=1)).update(due=2, on_time=0)

    assert "on_time_rate" not in {one.indicator for one in reading.outliers_of(["P-PURCHASE"])}
