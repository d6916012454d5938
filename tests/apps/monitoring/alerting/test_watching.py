"""Trend, predicted lateness and overload, each from rows alone."""

from datetime import timedelta

import pytest

from shuli.apps.cases.models import Case, Task, Visit
from shuli.apps.monitoring.alerting import likelihood
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.alerting.watching import readings
from shuli.apps.monitoring.models import DayCount
from shuli.kit import clock

pytestmark = pytest.mark.django_db
HOUR = 3_600


def an_open_visit(people, now):
    from apps.monitoring.conftest import start

    with clock.frozen(now):
        start(people, 900)
    return Visit.objects.filter(case=Case.objects.latest("pk"), closed_at=None).get()


def like_ones(visit, now, hours):
    """Let so many completed cases have been at the same step, each so many working hours."""
    for number, took in enumerate(hours):
        case = Case.objects.create(
            number=f"LIKE{number}", process_key=visit.case.process_key, version=visit.case.version, status="approved",
            starter="x", started_at=now - timedelta(days=30), ended_at=now - timedelta(days=20),
        )  # fmt: skip
        Visit.objects.create(
            case=case, number=1, node=visit.node, round=1, opened_at=now - timedelta(days=30),
            closed_at=now - timedelta(days=29), outcome="done", waiting_seconds=took * HOUR, handling_seconds=0,
        )  # fmt: skip


def test_a_step_whose_like_ones_took_longer_than_is_left_is_likely_to_be_late(people):
    now = clock.now()
    visit = an_open_visit(people, now)
    Visit.objects.filter(pk=visit.pk).update(due_at=now + timedelta(days=7))  # five working days at most
    like_ones(visit, now, [1, 1, *[400] * 18])
    rule = AlertRule(kind="lateness", limit=0.8, least=5)

    [found] = readings(rule, now)

    assert (found.place.case_number, found.place.node) == (visit.case.number, visit.node)
    assert (found.is_breached, found.like) == (True, 20)
    assert found.value == pytest.approx(0.9)


def test_too_few_like_ones_say_nothing_of_a_step(people):
    now = clock.now()
    visit = an_open_visit(people, now)
    Visit.objects.filter(pk=visit.pk).update(due_at=now + timedelta(days=7))
    like_ones(visit, now, [400] * 4)

    assert list(likelihood.open_visits(now)) == []


def test_whoever_has_more_open_tasks_than_the_limit_is_overloaded(people):
    now = clock.now()
    for number in range(3):
        an_open_visit(people, now + timedelta(minutes=number))
    holder = Task.objects.exclude(holder="").filter(state="open").first().holder
    count = Task.objects.filter(holder=holder, state="open").count()

    found = {
        one.place.person: one
        for one in readings(AlertRule(kind="overload", per="person", limit=count - 1), now)
    }

    assert found[holder].is_breached
    assert found[holder].value == count


def test_departments_are_counted_too(people):
    now = clock.now()
    an_open_visit(people, now)

    found = readings(AlertRule(kind="overload", per="department", limit=0), now)

    assert all(one.is_breached and one.place.department for one in found)
    assert found


@pytest.mark.parametrize(("rates", "is_breached"), [([9, 8, 7, 6], True), ([9, 8, 9, 6], False)])
def test_three_months_that_get_worse_are_a_trend(people, rates, is_breached):
    now = clock.now().replace(year=2026, month=11, day=20)
    version = Case.objects.model.version.field.related_model.objects.first()
    for month, good in zip((7, 8, 9, 10), rates, strict=True):
        DayCount.objects.create(
            day=now.date().replace(month=month, day=5), process_key="P-X", version=version, node="a", closed=10, due=10,
            on_time=good,
        )  # fmt: skip
    rule = AlertRule(
        kind="trend",
        indicator="on_time_rate",
        per="process",
        period="month",
        limit=3,
        least=5,
        process_key="P-X",
    )

    [found] = readings(rule, now)

    assert found.is_breached == is_breached
