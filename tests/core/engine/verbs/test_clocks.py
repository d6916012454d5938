"""What the clock brings to a visit: reminders, being overdue, escalation."""

from datetime import UTC, datetime, timedelta

import pytest

from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import EscalationStep, Performer, VoteRule
from shuli.core.engine.building import process, task
from shuli.core.worktime import (
    Agreed,
    ByExpression,
    Minutes,
    Offset,
    Relative,
    Repeat,
    WorkingDays,
    WorkingHours,
)

FOUR_HOURS = (WorkingHours(amount=4),)
HEAD = EscalationStep(offset=Offset(amount=1, when="after"), to=Performer(kind="head", value='"service"'))
EXECUTIVE = EscalationStep(
    offset=Offset(amount=2, when="after"), to=Performer(kind="executive", value='"service"')
)


def limited(limits=FOUR_HOURS, variables=None, **duty):
    return Play(process(task("a", lead='"service"', limits=limits, **duty))).start(**(variables or {}))


def due(case):
    return case.visits("a")[0].due_at


def test_a_visit_is_due_by_the_calendar():
    assert due(limited()) == datetime(2026, 3, 2, 6, tzinfo=UTC)  # two o'clock, after the lunch break


def test_the_strictest_limit_wins():
    assert due(limited((WorkingDays(amount=3), Minutes(amount=30)))) == datetime(
        2026, 3, 2, 1, 30, tzinfo=UTC
    )


def test_a_limit_can_go_by_a_variable():
    limit = ByExpression(expression='if level = "major" then 5 else 3')

    assert due(limited((limit,), {"level": "major"})) == datetime(2026, 3, 6, 10, tzinfo=UTC)
    assert due(limited((limit,), {"level": "minor"})) == datetime(2026, 3, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "limit", [Agreed(variable="agreed"), Relative(variable="go_live_at", limit=WorkingDays(amount=7))]
)
def test_what_is_not_known_yet_sets_no_due_date(limit):
    case = limited((limit,))

    assert due(case) is None
    assert case.marking.timers == {}


def test_a_limit_relative_to_an_event_counts_from_it():
    limit = Relative(variable="go_live_at", limit=WorkingDays(amount=2))

    assert due(limited((limit,), {"go_live_at": "2026-03-04T09:00:00+08:00"})) == datetime(
        2026, 3, 5, 10, tzinfo=UTC
    )


def test_a_limit_that_is_not_understood_is_an_incident():
    case = limited((Agreed(variable="agreed"),), {"agreed": "soon"})
    assert case.incidents == ["limit_unclear"]

    assert case.retry(agreed=1).open == ["a"]


def test_being_overdue_is_said_and_changes_nothing_else():
    case = limited().wait(hours=6)

    assert [event.visit for event in case.happened(e.WentOverdue)] == [case.visits("a")[0].id]
    assert case.open == ["a"]


def test_reminders_come_before_at_and_after():
    offsets = (Offset(amount=1, when="before"), Offset(when="at"), Offset(amount=1, when="after"))
    case = limited(reminders=offsets).wait(hours=8)

    assert [event.kind for event in case.happened(e.ReminderRaised)] == ["before", "at", "after"]
    assert case.happened(e.ReminderRaised)[0].pools == ("department:service",)


def test_a_reminder_goes_to_the_holder_once_there_is_one():
    case = limited(reminders=(Offset(when="at"),))
    case.do(c.Claim(actor="ann", seat=case.seat("a").id)).wait(hours=6)

    reminder = case.happened(e.ReminderRaised)[0]

    assert (reminder.people, reminder.pools) == (("ann",), ())


def test_a_reminder_repeats_so_many_times_and_then_is_silent():
    hasty = Offset(amount=10, unit="minutes", when="after", repeat=Repeat(every=10, unit="minutes", times=2))
    case = limited(reminders=(hasty,)).wait(hours=24)

    assert [event.kind for event in case.happened(e.ReminderRaised)] == ["after", "repeat", "repeat"]
    assert case.marking.timers == {}


def test_a_reminder_repeats_until_the_visit_closes():
    every = Offset(when="at", repeat=Repeat(every=2, unit="working_hours"))
    case = limited(reminders=(every,)).wait(hours=24)
    kinds = [event.kind for event in case.happened(e.ReminderRaised)]
    assert kinds == ["at", "repeat", "repeat"]

    case.complete("a", "ann")

    assert case.marking.timers == {}


def test_a_reminder_before_a_limit_that_is_too_short_is_left_out():
    case = limited((Minutes(amount=10),), reminders=(Offset(amount=1, when="before"),))

    assert [timer.kind for timer in case.marking.timers.values()] == ["due"]


def test_the_ladder_is_climbed_rung_by_rung():
    case = limited(escalation=(HEAD, EXECUTIVE)).wait(hours=8)

    assert [(event.step, event.people) for event in case.happened(e.Escalated)] == [
        (0, ("sue",)),
        (1, ("max",)),
    ]


def test_a_rung_on_which_nobody_stands_is_an_incident_that_stops_nothing():
    nobody = EscalationStep(offset=Offset(when="at"), to=Performer(kind="head", value='"moon"'))
    case = limited(escalation=(nobody,)).wait(hours=6)

    assert case.incidents == ["nobody_to_escalate_to"]
    assert case.open == ["a"]
    assert case.complete("a", "ann").status == "approved"


def test_everybody_who_has_still_to_vote_is_reminded():
    vote = VoteRule(kind="all")
    case = limited(vote=vote, reminders=(Offset(when="at"),)).complete("a", "ann").wait(hours=6)

    assert case.happened(e.ReminderRaised)[0].people == ("bob",)


def test_a_timer_that_is_gone_is_refused():
    case = limited()
    timer = next(iter(case.marking.timers))
    case.complete("a", "ann")

    assert case.ask(c.FireTimer(timer=timer)).code == "case_not_running"


def test_a_timer_does_not_fire_a_minute_early():
    case = limited()
    timer = next(iter(case.marking.timers.values()))
    case.world.now = timer.due_at - timedelta(minutes=1)

    assert case.refused(c.FireTimer(timer=timer.id)).code == "timer_not_due"


def test_a_reminder_that_was_missed_for_a_week_comes_once_and_goes_on_from_now():
    daily = Offset(when="after", amount=1, unit="working_hours", repeat=Repeat(every=1, unit="working_days"))
    case = limited(reminders=(daily,))
    timer = next(one for one in case.marking.timers.values() if one.kind == "reminder")
    case.world.now = timer.due_at + timedelta(days=7)

    case.do(c.FireTimer(timer=timer.id))

    assert len(case.happened(e.ReminderRaised)) == 1
    assert case.marking.timers[timer.id].due_at > case.world.now
