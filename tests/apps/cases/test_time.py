"""Reminders and escalation fire by the clock alone, in working time."""

from datetime import UTC, datetime, timedelta

from django.core import mail

from shuli.apps.cases import operations, queries, timers
from shuli.apps.cases.models import Task, Timer, Visit
from shuli.kit import clock, jobs


def codes(person):
    return list(queries.notifications(person).order_by("at", "pk").values_list("code", flat=True))


def test_nothing_fires_before_its_time(started, cast):
    assert timers.fire_due() == 0
    assert "reminder_before" not in codes(cast["starter"])


def test_reminders_come_before_at_and_after_the_due_moment(started, cast):
    # due Tuesday 10:00; two working hours before is Monday 17:00, two after is Tuesday 12:00
    timers.advance_clock(datetime(2026, 11, 16, 9, 30, tzinfo=UTC))
    assert codes(cast["starter"]) == ["reminder_before"]

    timers.advance_clock(datetime(2026, 11, 17, 2, 0, tzinfo=UTC))
    assert codes(cast["starter"]) == ["reminder_before", "reminder_at"]

    timers.advance_clock(datetime(2026, 11, 17, 4, 30, tzinfo=UTC))
    assert codes(cast["starter"]) == ["reminder_before", "reminder_at", "reminder_after"]


def test_an_overdue_task_goes_up_to_the_head_and_then_to_the_process_owner(started, cast):
    timers.advance_clock(datetime(2026, 11, 18, 9, 0, tzinfo=UTC))

    assert "escalated" in codes(cast["service_head"])
    assert "escalated" in codes(cast["owner"])
    assert Visit.objects.get(case=started, node="detail").is_overdue


def test_a_done_task_takes_its_timers_with_it(started, cast):
    operations.complete(
        Task.objects.get(case=started, node="detail").pk, cast["starter"], {}, operations.Verdict()
    )

    timers.advance_clock(clock.now() + timedelta(days=1))

    assert "reminder_before" not in codes(cast["starter"])
    assert set(Timer.objects.filter(case=started, node="detail").values_list("state", flat=True)) == {
        "cancelled"
    }


def test_a_weekend_is_no_working_time(cast):
    # Friday 16:00: one working day later is Monday 16:00
    with clock.frozen(datetime(2026, 11, 20, 8, 0, tzinfo=UTC)):
        operations.start_case("P-PURCHASE", cast["starter"], {"what": "周五申请", "amount": "5"})

    assert Task.objects.get(case__title="周五申请").due_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_make_up_saturday_is_working_time(cast):
    # 2026-02-14 is a Saturday on which China works before the Spring Festival
    with clock.frozen(datetime(2026, 2, 13, 8, 0, tzinfo=UTC)):
        operations.start_case("P-PURCHASE", cast["starter"], {"what": "调休", "amount": "5"})

    assert Task.objects.get(case__title="调休").due_at == datetime(2026, 2, 14, 8, 0, tzinfo=UTC)


def test_a_reminder_is_sent_by_mail_in_the_readers_language(started, cast):
    timers.advance_clock(datetime(2026, 11, 16, 9, 30, tzinfo=UTC))

    jobs.run_jobs()

    subjects = [message.subject for message in mail.outbox]
    assert any("补充" in subject for subject in subjects), subjects
