"""Complaints by weight: the Pareto of their causes from records, on a page and in the month's report (H2-83)."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.cases.test_reviewing import CLOSED, OCTOBER, complaint
from shuli.apps.directory import queries as directory
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.periods import period_of
from shuli.apps.monitoring.reporting import making, pareto_chart, words
from shuli.kit import clock

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def october(db):
    from shuli.apps.catalogue.operations import install_library
    from shuli.apps.directory.example_company import load_example_company

    with clock.frozen(OCTOBER):
        load_example_company()
        install_library()
        for number, facts in enumerate(CLOSED):
            complaint(number, OCTOBER + timedelta(hours=number), OCTOBER + timedelta(days=3), facts)
    return period_of("month", OCTOBER.date())


def test_the_causes_are_counted_from_the_records_with_the_vital_few_first(october):
    found = making.causes(october)

    assert (found[0].key, found[0].count) == ("supplier", 4)
    assert sum(one.count for one in found) == len(CLOSED)
    assert found[0].is_vital
    assert found[-1].cumulative == 1


@pytest.mark.accepts("H2-83", "H2-70")
def test_the_page_shows_chart_and_table_of_last_month_and_what_it_concerned(client, october):
    client.force_login(Person.objects.get(username=directory.members("post:owner-complaint")[0]))

    with clock.frozen(NOVEMBER):
        shown = client.get("/monitor/complaints/")

    text = shown.content.decode()
    assert "2026-10" in shown.context["title"]
    assert "顺通快递" in text
    assert 'class="sl-plot"' in text
    assert len(shown.context["causes"].rows) == len({one[0] or "unknown" for one in CLOSED})


def test_the_months_report_of_complaints_holds_the_causes(october):
    content = making.content_of("P-COMPLAINT", october)

    assert [one.key for one in content.causes] == [one.key for one in making.causes(october)]


def test_names_in_the_chart_are_escaped(october):
    causes = making.causes(october)

    drawn = pareto_chart.drawn(causes, ["<script>"] * len(causes), "x")

    assert "<script>" not in drawn
    assert words.cause_names()["supplier"]


def test_who_has_nothing_to_do_with_complaints_does_not_see_them(client, october):
    client.force_login(Person.objects.get(username=directory.search_people("赵磊")[0].username))

    assert client.get("/monitor/complaints/").status_code == 403
