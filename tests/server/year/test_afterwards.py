"""A small year leaves what a real one does beside its cases: audits, violations, answers, alerts, scorecards, reports."""

from datetime import timedelta

import pytest

from server.year.test_loading import LAST, asked
from shuli.apps.cases.audit_chain import Audited, verify_audit
from shuli.apps.cases.models import Case, Notification
from shuli.apps.cases.verification import verify_state
from shuli.apps.monitoring.alerting.models import Letter
from shuli.apps.monitoring.auditing.drawing import Closed, draw
from shuli.apps.monitoring.models import AuditSample, Rectification, SampledCase, Scorecard
from shuli.apps.monitoring.reporting.models import Report
from shuli.apps.monitoring.survey.models import Survey
from shuli.kit import clock
from shuli.server.commands.demo import load_a_year_ago
from shuli.server.year.afterwards import leave_the_rest
from shuli.server.year.auditing import audit_months
from shuli.server.year.loading import first_moment, load_year

pytestmark = pytest.mark.django_db
FIRST = first_moment(LAST)


@pytest.fixture
def played(shipped_rows):
    assert load_a_year_ago(LAST) == []
    load_year(40, 3, LAST)


def test_each_month_is_audited_by_a_sample_that_whoever_has_its_seed_draws_again(played):
    audits = audit_months(3, FIRST, LAST)

    samples = AuditSample.objects.exclude(population=0)
    assert {one.case_id for one in AuditSample.objects.all()} == {one.id for one in audits}
    for sample in samples:
        end = (sample.month + timedelta(days=32)).replace(day=1)
        rows = Case.objects.exclude(process_key="P-AUDIT").filter(
            ended_at__gte=f"{sample.month} 00:00+08", ended_at__lt=f"{end} 00:00+08"
        )
        drawn = draw(
            (
                Closed(number=one.number, process=one.process_key, department=one.starter_department)
                for one in rows
            ),
            sample.seed,
        )
        assert sorted(row.case.number for row in sample.cases.all()) == drawn
    assert SampledCase.objects.exclude(audited_at=None).count() > samples.count()
    for order in Rectification.objects.all():
        assert order.department in {one.department for one in order.violations.all()}
    with clock.frozen(LAST):
        assert list(verify_state([one.id for one in audits])) == []
    assert list(verify_audit(Audited())) == []


def test_jobs_leave_what_they_do_and_write_to_nobody_about_what_is_long_over(played):
    audit_months(3, FIRST, LAST)

    leave_the_rest(3, FIRST, LAST)

    assert 0 < Survey.objects.exclude(answer="").count() < Survey.objects.count()
    assert not Survey.objects.filter(answered_at__gt=LAST).exists()
    assert Scorecard.objects.filter(kind="month").values("first").distinct().count() > 9
    assert Report.objects.exists()
    assert not Notification.objects.filter(at__lt=LAST - timedelta(days=14)).exists()
    assert not Letter.objects.filter(handed_at=None, not_before__lt=LAST).exists()
    assert asked("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'") == [(0,)]
