"""Violations and completeness of documents stand in the counts of days, and lead to their cases."""

from datetime import timedelta

import pytest

from apps.monitoring.test_counting import whole
from apps.monitoring.test_pages import page
from shuli.apps.cases import completeness
from shuli.apps.cases.models import Case
from shuli.apps.monitoring import counting
from shuli.apps.monitoring.indicators import BY_KEY, verdict
from shuli.apps.monitoring.models import Violation
from shuli.apps.monitoring.queries import EVERYTHING, sums_of
from shuli.kit import clock

pytestmark = pytest.mark.django_db


def violate(at, department="tech"):
    case = Case.objects.order_by("pk").first()
    return Violation.objects.create(
        case=case, process_key=case.process_key, version_id=case.version_id, node="tech", department=department,
        kind="documents", text="缺技术意见", at=at, recorded_by="auditor",
    )  # fmt: skip


@pytest.fixture
def violated(played):
    found = [violate(played - timedelta(days=day)) for day in (0, 0, 9)]
    with clock.frozen(played):
        counting.count_up()
        yield found


def test_more_than_two_violations_miss_the_target(violated, played):
    indicator = BY_KEY["violations"]

    value = indicator.value(sums_of(EVERYTHING, whole(played)))

    assert (value, verdict(indicator, value), verdict(indicator, value - 1)) == (3, "late", "ok")


def test_a_violation_that_is_taken_back_counts_no_more(violated, played):
    later = played + timedelta(hours=5)
    Violation.objects.filter(pk=violated[2].pk).update(void_at=later, void_by="auditor", void_reason="看错了")

    with clock.frozen(later):
        counting.count_up()

    assert sums_of(EVERYTHING, whole(later))["violations"] == 2


@pytest.mark.accepts("H2-115")
def test_completeness_is_what_is_there_of_what_was_due_in_the_cases_that_ended(
    violated, played, people, client
):
    ended = [completeness.of_case(case) for case in Case.objects.exclude(ended_at=None)]

    sums = sums_of(EVERYTHING, whole(played))

    assert sums["documents_due"] == sum(one.required for one in ended) > 0
    assert sums["documents_there"] == sum(one.there for one in ended)
    shown = page(client, people["owner"], "/monitor/processes/P-PURCHASE/?period=quarter").content.decode()
    assert "文档完整性" in shown


def test_the_figure_leads_to_the_cases_of_the_violations(violated, people, client):
    shown = page(
        client, people["owner"], "/monitor/cases/?figure=violations&period=quarter&process=P-PURCHASE"
    )

    assert list(shown.context["page"].object_list) == [violated[0].case]
