"""A company whose complaint process ships its tables."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from shuli.kit import clock

MOMENT = datetime(2026, 11, 16, 2, 30, tzinfo=UTC)  # a Monday morning in Shanghai


@pytest.fixture(scope="module")
def installed(django_db_setup, django_db_blocker):
    """Install the library once for the tests of a file: each takes back only what it did itself."""
    from shuli.apps.catalogue.operations import install_library
    from shuli.apps.directory.example_company import load_example_company

    with django_db_blocker.unblock(), clock.frozen(MOMENT), transaction.atomic():
        load_example_company()
        install_library()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def company(installed, db):
    with clock.frozen(MOMENT):
        yield


@pytest.fixture
def owner(company):
    from shuli.apps.directory import queries

    return queries.members("post:owner-complaint")[0]


@pytest.fixture
def client_of(client):
    """Return the browser of somebody."""

    def sign_in(name):
        from shuli.apps.directory.models import Person

        client.force_login(Person.objects.get(username=name))
        return client

    return sign_in
