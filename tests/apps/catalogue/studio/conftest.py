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


def publish_next(draft_id):
    """Publish a draft as its review would at its end."""
    from shuli.apps.catalogue.models import Draft
    from shuli.apps.catalogue.publication import effect, operations

    draft = Draft.objects.get(pk=draft_id)
    facts = {"effective_at": clock.now(), "transition_days": 0}
    version = effect.add_version(draft.process, operations.content(draft), facts)
    effect.close_draft(draft, version)
    return version
