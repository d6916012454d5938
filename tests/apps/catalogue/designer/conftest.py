"""A company with a small process in force, whoever owns it, and a draft of it."""

import pytest

from apps.cases.conftest import MONDAY, publish_purchase
from shuli.kit import clock


@pytest.fixture
def company(db):
    with clock.frozen(MONDAY):
        publish_purchase()
        yield


@pytest.fixture
def owner(company):
    from shuli.apps.directory import queries

    return queries.members("post:owner-complaint")[0]


@pytest.fixture
def administrator(company):
    from shuli.apps.directory import queries
    from shuli.apps.directory.models import Person

    username = queries.members("department:legal")[0]
    Person.objects.filter(username=username).update(is_administrator=True)
    return username


@pytest.fixture
def draft(owner):
    from shuli.apps.catalogue.studio import operations

    return operations.open_draft("P-PURCHASE", owner)
