"""Last month's closed cases of the example company, some late, and the clock's first of the month."""

from datetime import UTC, datetime, timedelta

import pytest

from library.running import load, member
from shuli.apps.cases.models import Case, Visit
from shuli.apps.catalogue import queries as catalogue
from shuli.kit import clock

MONDAY = datetime(2026, 11, 16, 2, 30, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Tuesday


@pytest.fixture
def company(db):
    with clock.frozen(MONDAY):
        load()
        yield


@pytest.fixture
def auditor(company):
    return member("post:supervisor")


def closed(process, count, at=MONDAY, department="service", late=0, end=timedelta(0)):
    """Write closed cases as the engine leaves them; the first ones have a late step."""
    version = catalogue.version_in_force(process).pk
    found = []
    for number in range(count):
        case = Case.objects.create(
            number=f"{process}{at:%m%d}{department}{number}", process_key=process, version_id=version,
            status="approved", starter="limin", starter_department=department,
            started_at=at - timedelta(days=3), ended_at=at + end,
        )  # fmt: skip
        due = at - timedelta(days=2 if number < late else 0)
        Visit.objects.create(
            case=case, number=1, node="C1a", round=1, department=department, opened_at=case.started_at, due_at=due,
            closed_at=at - timedelta(days=1), outcome="completed", waiting_seconds=60, handling_seconds=60,
        )  # fmt: skip
        found.append(case)
    return found
