"""A page that only reads asks for the organisation once; what changes afterwards is on the next page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.test_pages import client_of
from shuli.apps.directory import organisation, queries
from shuli.apps.directory.models import Person

pytestmark = pytest.mark.django_db


def editions(captured):
    return [row for row in captured if "directory_edition" in row["sql"] and row["sql"].startswith("SELECT")]


@pytest.mark.usefixtures("company")
def test_a_page_asks_for_the_edition_of_the_organisation_once():
    client = client_of("limin")
    client.get("/")

    with CaptureQueriesContext(connection) as found:
        client.get("/")

    assert len(editions(found)) == 1


@pytest.mark.usefixtures("company")
def test_what_is_answered_within_a_page_is_asked_anew_on_the_next():
    with organisation.one_page():
        before = queries.person("limin").name
        Person.objects.filter(username="limin").update(name="李敏敏")
    with organisation.one_page():
        after = queries.person("limin").name

    assert (before, after) == ("李敏", "李敏敏")
