"""Nobody does anything but wait: the clock moves, and whatever the worker does by itself is done each morning."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.monitoring.auditing.conftest import closed
from library.running import Running, load
from shuli.apps.cases import timers
from shuli.apps.cases.models import Notification
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.models import Alert
from shuli.apps.monitoring.models import AuditSample, Scorecard
from shuli.apps.monitoring.reporting.models import Report
from shuli.kit import clock, jobs

THURSDAY = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # 11:00 in Shanghai
MORNINGS = [datetime(2026, *day, 3, 0, tzinfo=UTC) for day in ((11, 27), (11, 30), (12, 1), (12, 2))]
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def waiting_case(shipped_rows):
    """Have a month of complaints with late steps behind one complaint on which nobody works."""
    with clock.frozen(THURSDAY):
        load()
        closed("P-COMPLAINT", 12, THURSDAY - timedelta(days=2), late=12)
        yield Running.start("P-COMPLAINT", "limin").case


def run_what_is_periodic():
    for name in jobs.PERIODIC:
        if not name.endswith("archive_handbooks"):  # prints every handbook for a minute; nobody is told
            jobs.run_periodic(name)


def wait_until(last):
    """Move the clock over days to a morning, and let the worker do what it does by itself."""
    timers.advance_clock(last)
    run_what_is_periodic()
    jobs.run_jobs()


def told(code, **of):
    return set(Notification.objects.filter(code=code, **of).values_list("person", flat=True))


@pytest.mark.accepts("H2-122")
def test_reminder_escalation_alert_sample_report_and_scorecard_each_come_by_the_clock_alone(waiting_case):
    for morning in MORNINGS:
        wait_until(morning)

    owner, head = directory.members("post:owner-complaint")[0], directory.head("service")
    assert "limin" in told("reminder_before", case=waiting_case) | told("reminder_at", case=waiting_case)
    assert "limin" in told("reminder_after", case=waiting_case)
    assert head in told("escalated", case=waiting_case)
    alert = Alert.objects.get(
        rule__indicator="on_time_rate", rule__kind="threshold", process_key="P-COMPLAINT"
    )
    assert (alert.value, owner in told("alert")) == (0.0, True)
    sample = AuditSample.objects.get()
    assert (sample.month, sample.cases.count(), sample.case.process_key) == (NOVEMBER, 2, "P-AUDIT")
    assert Report.objects.filter(
        plan__period="month", plan__process_key="P-COMPLAINT", first=NOVEMBER
    ).exists()
    assert owner in told("report_made")
    card = Scorecard.objects.get(kind="month", subject="department", code="service")
    assert (card.first, card.figures["on_time"]) == (NOVEMBER, 0.0)


def test_nothing_of_the_case_comes_while_the_clock_stands_still(waiting_case):
    before = set(Notification.objects.filter(case=waiting_case).values_list("pk", flat=True))

    run_what_is_periodic()

    assert set(Notification.objects.filter(case=waiting_case).values_list("pk", flat=True)) == before
    assert AuditSample.objects.count() == Scorecard.objects.filter(first=NOVEMBER).count() == 0
