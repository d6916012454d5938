"""Reminders and escalation fire by the clock alone, in working time."""

from datetime import UTC, datetime, timedelta

from django.core import mail

from shuli.apps.cases import operations, presentation, queries, timers
from shuli.apps.cases.models import Task, Timer, Visit
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import kept_calendars
from shuli.apps.directory import queries as directory
from shuli.apps.directory.kept_calendars import kept
from shuli.apps.directory.models import Calendar, KeptCalendar
from shuli.apps.directory.organisation import organisation
from shuli.core.worktime import STANDARD, STANDARD_WEEK
from shuli.kit import clock, jobs


def complete_detail(case, cast):
    task = Task.objects.get(case=case, node="detail")
    assert isinstance(
        operations.complete(task.pk, cast["starter"], {}, operations.Verdict()), operations.Done
    )


def halve_the_hours():
    """Let everybody work mornings only."""
    Calendar.objects.update(week=[[[540, 720]] for _ in range(5)] + [[], []])


def shown(case, node):
    """Return the step of the case's page that shows the node."""
    visits = list(Visit.objects.filter(case=case, node=node))
    graph = catalogue.graph(case.version_id)
    (step,) = presentation.timeline(case, graph, visits, list(case.tasks.all()), Names([]))
    return step


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


def test_an_edit_of_the_calendar_leaves_what_has_closed_as_it_was(started, cast):
    complete_detail(started, cast)
    before = shown(started, "detail")
    by = Visit.objects.get(case=started, node="detail").calendar

    halve_the_hours()

    closed = shown(started, "detail")
    assert (closed.waiting, closed.handling, closed.limit) == (before.waiting, before.handling, before.limit)
    assert by != directory.calendar_for("service").fingerprint
    assert kept(by).week == STANDARD_WEEK


def test_what_closes_after_the_edit_is_reckoned_by_the_new_calendar(started, cast):
    halve_the_hours()

    complete_detail(started, cast)

    visit = Visit.objects.get(case=started, node="detail")
    assert visit.calendar == directory.calendar_for("service").fingerprint
    assert shown(started, "detail").limit == 3 * 3600  # Monday 10 to 12 and Tuesday 9 to 10


def test_all_calendars_of_today_are_kept_once(started, cast):
    complete_detail(started, cast)
    names = set(KeptCalendar.objects.values_list("name", flat=True))

    kept_calendars.keep({STANDARD.fingerprint: STANDARD})

    today = {calendar.fingerprint: calendar for calendar in organisation().calendars.values()}
    assert names == set(today)
    assert all(kept(name) == calendar for name, calendar in today.items())
    assert set(KeptCalendar.objects.values_list("name", flat=True)) == names | {STANDARD.fingerprint}


def test_a_reminder_is_sent_by_mail_in_the_readers_language(started, cast):
    timers.advance_clock(datetime(2026, 11, 16, 9, 30, tzinfo=UTC))

    jobs.run_jobs()

    subjects = [message.subject for message in mail.outbox]
    assert any("补充" in subject for subject in subjects), subjects
