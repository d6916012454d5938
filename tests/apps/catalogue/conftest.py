"""A company whose complaint process ships its tables."""

import pytest

from shuli.kit import clock


@pytest.fixture
def company(db):
    from datetime import UTC, datetime

    from shuli.apps.catalogue.operations import install_library
    from shuli.apps.directory.example_company import load_example_company

    with clock.frozen(datetime(2026, 11, 16, 2, 30, tzinfo=UTC)):
        load_example_company()
        install_library()
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
