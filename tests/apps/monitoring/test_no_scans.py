"""No page of monitoring reads a table that grows with the company from end to end; nor does counting."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.conftest import MONDAY
from apps.cases.test_no_scans import FEW, scanned
from apps.monitoring.conftest import start
from shuli.apps.directory.models import Person
from shuli.apps.monitoring import counting
from shuli.kit import clock

# Few rows, however many cases there are: what people keep by hand, and one row a month or a period.
KEPT = FEW | {
    "cases_incident",  # what stands still at the moment, and what did; a person mends each
    "monitoring_alertrule",
    "monitoring_announcedvolume",
    "monitoring_auditsample",
    "monitoring_channel",
    "monitoring_costfield",
    "monitoring_counted",
    "monitoring_habits",
    "monitoring_nodefact",
    "monitoring_satisfactionanswer",
    "monitoring_surveyplan",
}
PAGES = (
    "/monitor/",
    "/monitor/?period=quarter",
    "/monitor/processes/P-PURCHASE/",
    "/monitor/mine/",
    "/monitor/departments/today/",
    *(f"/monitor/cases/?figure={one}" for one in ("on_time_rate", "timeout_rate", "volume", "throughput")),
)


def asked_of(call):
    with CaptureQueriesContext(connection) as queries:
        call()
    return {table for query in queries for table in scanned(query["sql"])} - KEPT


@pytest.mark.parametrize("address", PAGES)
def test_each_question_of_a_page_has_an_index(client, people, address):
    with clock.frozen(MONDAY):
        start(people, 1)
        client.force_login(Person.objects.get(username=people["owner"]))

        assert asked_of(lambda: client.get(address)) == set()


def test_counting_a_day_anew_reads_that_day_only(people):
    with clock.frozen(MONDAY):
        counting.count_up()

        assert asked_of(counting.count_up) == set()
