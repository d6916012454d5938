"""The example company with the whole library, on a Monday morning."""

from datetime import UTC, datetime

import pytest

from shuli.kit import clock

MONDAY = datetime(2026, 11, 16, 2, 30, tzinfo=UTC)


@pytest.fixture
def company(db):
    from library.running import load

    with clock.frozen(MONDAY):
        load()
        yield
