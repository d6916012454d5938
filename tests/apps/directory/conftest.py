"""The fixed cast: people of the example company, and somebody outside."""

from datetime import UTC, datetime

import pytest

from shuli.apps.directory import operations, queries
from shuli.kit import clock

# A Wednesday, 10:00 in Shanghai; the week has no holiday.
NOW = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)


@pytest.fixture
def now():
    with clock.frozen(NOW):
        yield NOW


@pytest.fixture
def company(db, now):
    operations.load_example_company()


@pytest.fixture
def administrator(company):
    return queries.members("post:system-administrator")[0]


@pytest.fixture
def sign_in(client, django_user_model):
    def enter(username):
        client.force_login(django_user_model.objects.get(username=username))
        return client

    return enter
