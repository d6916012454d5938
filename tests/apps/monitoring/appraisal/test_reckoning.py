"""Scorecards come by the clock alone, equal the counts, and begin the quarter's appraisal."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from apps.monitoring.auditing.conftest import MONDAY, closed
from apps.monitoring.auditing.test_recording import facts
from apps.monitoring.test_pages import page
from library.running import Running, load, member
from shuli.apps.cases import operations, timers
from shuli.apps.cases.models import Case, FormRecord, Visit
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import jobs
from shuli.apps.monitoring.appraisal import reckoning
from shuli.apps.monitoring.auditing import recording
from shuli.apps.monitoring.models import PassedWork, Scorecard
from shuli.apps.monitoring.periods import period_of
from shuli.kit import clock

JANUARY = datetime(2027, 1, 8, 2, 0, tzinfo=UTC)
NOVEMBER = period_of("month", date(2026, 11, 1))


@pytest.fixture
def company(db):
    with clock.frozen(MONDAY):
        load()
        yield


def line(case, *departments):
    """Let a case go from department to department, sent back from each after the first."""
    Visit.objects.filter(case=case).delete()
    for number, department in enumerate(departments, 1):
        at = MONDAY - timedelta(days=2, hours=-number)
        Visit.objects.create(
            case=case, number=number, node="C1a", round=1, department=department, opened_at=at, due_at=at,
            closed_at=at, outcome="returned" if number > 1 else "completed", waiting_seconds=3600, handling_seconds=0,
        )  # fmt: skip


def figures(code, kind="month"):
    return Scorecard.objects.get(kind=kind, subject="department", code=code).figures


@pytest.mark.accepts("H1-75")
def test_scorecards_of_month_and_quarter_come_by_the_clock_alone(company):
    closed("P-COMPLAINT", 4, late=1)

    for moment in (MONDAY + timedelta(days=16), JANUARY, JANUARY + timedelta(minutes=10)):
        with clock.frozen(moment):
            jobs.reckon_scorecards()

    cards = Scorecard.objects.filter(subject="department", code="service")
    assert set(cards.values_list("kind", "first")) == {
        ("quarter", date(2026, 10, 1)),
        ("month", date(2026, 11, 1)),
    }
    assert (figures("service", "quarter")["on_time"], figures("service")["violations"]) == (75.0, 0)


def test_a_scorecard_has_violations_satisfaction_and_what_was_returned(company):
    case = closed("P-COMPLAINT", 1)[0]
    Case.objects.filter(pk=case.pk).update(variables={"responsible_department": "quality"})
    said = {"satisfaction": "fairly_satisfied"}
    FormRecord.objects.create(
        case=case, node="C4b", form_key="follow_up", answers=said, person="limin", at=MONDAY
    )
    recording.record(member("post:supervisor"), case.number, facts(department="quality", node=""))
    line(case, "service", "quality")

    reckoning.reckon(NOVEMBER)

    quality = figures("quality")
    assert (quality["satisfaction"], quality["violations"], quality["response_hours"]) == (80.0, 1, 1.0)
    assert figures("service")["returns_caused"] == 1


@pytest.mark.accepts("H2-123", "H2-124")
def test_work_passed_to_and_fro_stands_on_the_page_of_who_sees_the_case(company, client):
    line(closed("P-COMPLAINT", 1)[0], "service", "quality", "service", "quality", "service")

    reckoning.reckon(NOVEMBER)
    reckoning.reckon(NOVEMBER)

    (row,) = PassedWork.objects.all()
    assert (row.one, row.other, row.hops) == ("quality", "service", 4)
    address = "/monitor/appraisal/?kind=month&first=2026-11-01"
    shown = page(client, directory.members("post:owner-complaint")[0], address).content.decode()
    assert row.case.number in shown
    assert "协作评分" in shown
    assert row.case.number not in page(client, directory.head("legal"), address).content.decode()


def test_a_transfer_there_and_back_and_there_again_is_found_in_the_events(company):
    case = Running.start("P-FEEDBACK", member("department:tech"), feedback_title="审批慢")
    task = case.task("FB2")
    giver, taker = member("department:finance"), member("department:legal")
    owner = directory.members("post:owner-standing")[0]

    for to in (giver, taker, giver, taker, giver):
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            operations.transfer(task.pk, owner, to, "不是我们的事")
    reckoning.reckon(NOVEMBER)

    assert PassedWork.objects.filter(case=case.id, one="finance", other="legal").exists()


def test_the_appraisal_of_the_quarter_begins_with_the_scorecards(company):
    closed("P-COMPLAINT", 2)

    timers.advance_clock(datetime(2027, 1, 11, 2, 0, tzinfo=UTC))

    appraisal = Case.objects.get(process_key="P-APPRAISAL")
    assert appraisal.variables["appraisal_quarter"] == "2026Q4"
    assert "service" in appraisal.variables["appraised_departments"]
    assert Scorecard.objects.filter(kind="quarter", first=date(2026, 10, 1), code="service").exists()


@pytest.mark.accepts("H1-75")
def test_hr_gets_the_scorecards_as_a_file_and_an_employee_none(company, client):
    closed("P-COMPLAINT", 2)
    reckoning.reckon(NOVEMBER)
    address = "/monitor/appraisal.xlsx?kind=month&first=2026-11-01"

    book = load_workbook(BytesIO(page(client, directory.head("service"), address).content))
    none = load_workbook(BytesIO(page(client, "limin", address).content))

    assert [cell.value for cell in book.worksheets[0][2]][:2] == ["2026-11", "客服部"]
    assert none.worksheets[0].max_row == 1
