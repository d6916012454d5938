"""A kind of owner for the tests."""

from datetime import UTC, datetime

import pytest

from shuli.apps.documents import queries
from shuli.kit import clock


@pytest.fixture
def owner(monkeypatch):
    """A thing whose files li may read and whose head may withdraw them."""
    monkeypatch.setitem(queries._readers, "thing", lambda person, pk: person in {"li", "head"} and pk == 7)
    monkeypatch.setitem(queries._withdrawers, "thing", lambda person, _: person == "head")
    return "thing", 7


@pytest.fixture
def now():
    moment = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)
    with clock.frozen(moment):
        yield moment
