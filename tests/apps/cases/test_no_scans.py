"""No page that people open all day reads a table that grows with the company from end to end."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuli.apps.cases.models import Task
from shuli.apps.directory.models import Person

pytestmark = pytest.mark.django_db

GROWING = re.compile(r"Seq Scan on (cases_\w+|directory_\w*log\w*|kit_\w+|procrastinate_\w+|monitoring_\w+)")
# Few rows, however many cases there are: addresses, rules and runs that somebody made by hand.
FEW = frozenset(
    {
        "cases_hookout",
        "cases_hookin",
        "cases_substitution",
        "cases_bulkrun",
        "kit_clockoffset",
        "kit_installation",
    }
)


@pytest.fixture
def asked(client, started, cast):
    """Give a function that opens a page and returns the growing tables that its questions would scan."""
    client.force_login(Person.objects.get(username=cast["starter"]))

    def scans(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return {table for query in queries for table in scanned(query["sql"])} - FEW

    return scans


def scanned(statement):
    if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + statement)
        return GROWING.findall("\n".join(line for (line,) in cursor.fetchall()))


@pytest.mark.parametrize(
    "address", ["/", "/cases/", "/cases/{number}/", "/tasks/{task}/", "/start/", "/notifications/"]
)
def test_each_question_of_a_page_has_an_index(asked, started, address):
    task = Task.objects.filter(case=started).first()

    assert asked(address.format(number=started.number, task=task.pk)) == set()
