"""When things are due: limits of visits, their reminders and escalations, and the moments of timer events."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from shuli.core.bpmn.graph import Duty, TimerRule
from shuli.core.engine.events import TimerSet
from shuli.core.engine.expressions import Problem
from shuli.core.engine.iso import after, looks_iso, read_duration, read_moment, read_repetition
from shuli.core.engine.marking import Timer, Token, Visit
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.worktime import (
    Due,
    Limit,
    Offset,
    WorkCalendar,
    due_at,
    first_reminder,
    next_repeat,
    strictest,
)

TimerKind = Literal["event", "boundary", "due", "reminder", "escalation"]

# A limit that names something not yet known in this case sets no due date; the rest is somebody's mistake.
NOT_YET_KNOWN = frozenset({"nothing_agreed", "event_missing", "expression_gives_nothing", "no_limit"})


# Visits -------------------------------------------------------------------------------------------------


def due_of_visit(run: Run, duty: Duty, scope: int, calendar: WorkCalendar) -> datetime | Problem | None:
    """Return when a visit that opens now is due: the strictest of the node's limits."""
    evaluate = Reader(run, scope)
    buffer = getattr(run.world, "buffer", 1)
    due = strictest(due_at(limit, run.now, calendar, evaluate, buffer) for limit in duty.limits)
    return evaluate.problem or moment_of_due(due)


class Reader:
    """What limits use to read the case: a call that keeps the first problem and then gives nothing."""

    def __init__(self, run: Run, scope: int) -> None:
        self.run = run
        self.scope = scope
        self.problem: Problem | None = None

    def __call__(self, source: str) -> object:
        value = self.run.value(source, self.scope)
        if isinstance(value, Problem):
            self.problem = self.problem or value
            return None
        return value


def moment_of_due(due: Due) -> datetime | Problem | None:
    if due.at is not None or due.missing in NOT_YET_KNOWN:
        return due.at
    return Problem(
        code="limit_unclear", params={"reason": due.missing, "about": due.about, "found": due.found}
    )


def timers_of_visit(run: Run, duty: Duty, visit: Visit, calendar: WorkCalendar) -> list[TimerSet]:
    """Return the timers that say when the visit is overdue, remind of it, and escalate."""
    if visit.due_at is None:
        return []
    moments: list[tuple[TimerKind, int, datetime | None]] = [("due", 0, visit.due_at)]
    for step, offset in enumerate(duty.reminders):
        moments.append(("reminder", step, upcoming(offset, visit.due_at, calendar, run.now)))
    for step, rung in enumerate(duty.escalation):
        moments.append(("escalation", step, first_reminder(rung.offset, visit.due_at, calendar)))
    return [
        TimerSet(
            timer=Timer(id=run.number(), kind=kind, due_at=at, node=visit.node, visit=visit.id, step=step)
        )
        for kind, step, at in moments
        if at is not None
    ]


def upcoming(offset: Offset, due: datetime, calendar: WorkCalendar, now: datetime) -> datetime | None:
    """Return when to remind first; None for "before" when there is no time left before."""
    at = first_reminder(offset, due, calendar)
    if at is None or at > now or offset.when != "before":
        return at
    return None if offset.repeat is None else next_repeat(offset, now, calendar)


def again(offset: Offset, timer: Timer, calendar: WorkCalendar, now: datetime) -> datetime | None:
    """Return when a repeating reminder comes next: once after a long pause, not once for each one missed."""
    at = next_repeat(offset, timer.due_at, calendar, timer.count)
    return next_repeat(offset, now, calendar, timer.count) if at is not None and at <= now else at


# Timer events -------------------------------------------------------------------------------------------


def calendar_at(run: Run, token: Token, place: Place) -> WorkCalendar:
    """Return the calendar of the department that leads the node, or the company's."""
    node = place.node
    if node.attached_to and not node.duty.lead:
        node = run.plan.graph.nodes[node.attached_to]
    lead = run.value(node.duty.lead, token.scope) if node.duty.lead else None
    return run.world.calendar(lead if isinstance(lead, str) else None)


def first_moment(run: Run, token: Token, place: Place) -> datetime | Problem:
    """Return when a timer event on which a token begins to wait now fires first."""
    rule = place.node.event.timer
    if rule is None:
        return unclear("", "a timer rule", None)
    calendar = calendar_at(run, token, place)
    if rule.limit is not None:
        return moment_of_limit(run, token, rule.limit, calendar)
    if rule.repeat is not None:
        at = first_of_cycle(rule.repeat, run.now, calendar)
        return at or unclear("", "a repetition", None)
    text = timer_text(run, token, rule)
    return text if isinstance(text, Problem) else moment_of_text(rule, text, run.now, calendar)


def moment_of_limit(run: Run, token: Token, limit: Limit, calendar: WorkCalendar) -> datetime | Problem:
    evaluate = Reader(run, token.scope)
    due = due_at(limit, run.now, calendar, evaluate)
    if due.at is not None:
        return due.at
    params = {"reason": due.missing, "about": due.about, "found": due.found}
    return evaluate.problem or Problem(code="limit_unclear", params=params)


def first_of_cycle(offset: Offset, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return the first moment of a cycle in working time: after its amount, else after its repetition."""
    if offset.amount:
        return first_reminder(Offset(amount=offset.amount, unit=offset.unit, when="after"), now, calendar)
    return next_repeat(offset, now, calendar)


def timer_text(run: Run, token: Token, rule: TimerRule) -> str | Problem:
    """Return the rule's ISO text, which FEEL may have to make."""
    source = rule.expression or ""
    if looks_iso(source):
        return source
    value = run.value(source or "null", token.scope)
    if isinstance(value, str | Problem):
        return value
    return unclear(source, "an ISO date, duration or repetition", value)


def moment_of_text(rule: TimerRule, text: str, now: datetime, calendar: WorkCalendar) -> datetime | Problem:
    """Return the first moment of an ISO text; whether it is a date, a duration or a cycle shows in the text."""
    repetition = read_repetition(text)
    if repetition is not None and repetition.start:
        return read_moment(repetition.start, calendar) or unclear(text, "an ISO date", repetition.start)
    duration = repetition.every if repetition else read_duration(text)
    at = after(now, duration, calendar) if duration is not None else read_moment(text, calendar)
    return at or unclear(rule.expression or "", "an ISO date, duration or repetition", text)


def next_moment(run: Run, token: Token, place: Place, timer: Timer) -> datetime | Problem | None:
    """Return when a repeating timer event fires again; None when it has fired for the last time."""
    rule = place.node.event.timer
    if rule is None or rule.kind != "cycle":
        return None
    calendar = calendar_at(run, token, place)
    if rule.repeat is not None:
        offset = rule.repeat
        return later_of(lambda start: following(offset, start, calendar, timer.count), timer.due_at, run.now)
    text = timer_text(run, token, rule)
    if isinstance(text, Problem):
        return text
    repetition = read_repetition(text)
    if repetition is None or (repetition.times is not None and timer.count + 1 >= repetition.times):
        return None
    every = repetition.every
    return later_of(lambda start: after(start, every, calendar), timer.due_at, run.now)


def following(offset: Offset, start: datetime, calendar: WorkCalendar, repeated: int) -> datetime | None:
    """Return the moment of a cycle after `start`, which was its first one and so many more."""
    if offset.repeat is not None:
        return next_repeat(offset, start, calendar, repeated)
    return first_of_cycle(offset, start, calendar)


def later_of(step: Callable[[datetime], datetime | None], last: datetime, now: datetime) -> datetime | None:
    """Return the next moment by the rhythm; counted from now where the rhythm has been missed."""
    at = step(last)
    return step(now) if at is not None and at <= now else at


def unclear(source: str, expected: str, found: object) -> Problem:
    params = {
        "expression": source,
        "problem": f"Expected {expected} but found {str(found)[:80]}",
        "error": "wrong_type",
        "position": 0,
        "values": {},
    }
    return Problem(code="expression_error", params=params)
