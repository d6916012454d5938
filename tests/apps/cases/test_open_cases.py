"""Open cases are found without their closed ones: late, stopped, due first, for whoever may see them."""

from datetime import timedelta

import pytest

from apps.cases.conftest import MONDAY
from shuli.apps.cases import open_cases, operations
from shuli.apps.cases.models import Case, Incident, Visit
from shuli.kit import clock

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


@pytest.fixture
def second(started, cast):
    answers = {"what": "第二台", "amount": "9", "phone": ""}
    return Case.objects.get(pk=operations.start_case("P-PURCHASE", cast["starter"], answers).case_id)


def test_what_is_due_first_comes_first_and_what_is_never_due_last(started, second, cast):
    Visit.objects.filter(case=started).update(due_at=None)
    third = Case.objects.get(
        pk=operations.start_case(
            "P-PURCHASE", cast["starter"], {"what": "三", "amount": "9", "phone": ""}
        ).case_id
    )
    Visit.objects.filter(case=third).update(due_at=MONDAY - MONTH)

    found = open_cases.due_first(cast["owner"], "P-PURCHASE", 5)

    assert [one.case for one in found] == [third, second, started]
    assert (found[0].due, found[-1].due) == (MONDAY - MONTH, None)


def test_late_are_those_with_a_step_that_is_overdue(started, second, cast):
    Visit.objects.filter(case=second).update(due_at=MONDAY + 2 * MONTH)

    with clock.frozen(MONDAY + MONTH):
        assert list(open_cases.late(cast["owner"])) == [started]
        assert list(open_cases.late(cast["owner"], "P-OTHER")) == []


def test_stopped_are_those_that_somebody_must_mend(started, second, cast):
    Incident.objects.create(case=second, number=1, code="no_performer", node="tech", raised_at=MONDAY)
    Incident.objects.create(
        case=started, number=1, code="no_performer", node="tech", raised_at=MONDAY, resolved_at=MONDAY
    )

    assert list(open_cases.stopped(cast["owner"])) == [second]


def test_nobody_finds_what_they_may_not_see_or_what_is_closed(started, second, cast):
    operations.terminate(second.pk, cast["owner"], "不要了")

    assert list(open_cases.open_cases(cast["owner"])) == [started]
    assert list(open_cases.open_cases(cast["stranger"])) == []
