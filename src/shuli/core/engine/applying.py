"""The only place where a marking changes: one small function for each kind of event, in one table.

Nothing here decides: an event says what happened, and the marking becomes what it says.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.applying_migration import migrated
from shuli.core.engine.applying_numbers import count, together
from shuli.core.engine.applying_outside import OUTSIDE_APPLIERS
from shuli.core.engine.applying_tokens import TOKEN_APPLIERS
from shuli.core.engine.applying_verbs import VERB_APPLIERS, only_told
from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.marking import (
    OUTCOMES,
    ROOT,
    Marking,
    Seat,
    Step,
    Visit,
)

NOTHING: dict[str, str] = {}
VERDICTS = {"completed": "approve", "rejected": "reject", "returned": "return"}


def owned(marking: Marking) -> Marking:
    """Return a copy that may be written without touching the original; its values are shared, being frozen."""
    mine: Marking = marking.__copy__()  # type: ignore[attr-defined]  # msgspec has it, its types do not
    mine.tokens = {**marking.tokens}
    mine.visits = {**marking.visits}
    mine.rounds = {**marking.rounds}
    mine.performers = {**marking.performers}
    mine.variables = {**marking.variables}
    # Usually empty; a new empty dictionary costs less than a copy of one.
    mine.scopes = {**marking.scopes} if marking.scopes else {}
    mine.timers = {**marking.timers} if marking.timers else {}
    mine.subscriptions = {**marking.subscriptions} if marking.subscriptions else {}
    mine.incidents = {**marking.incidents} if marking.incidents else {}
    mine.children = {**marking.children} if marking.children else {}
    mine.service_calls = {**marking.service_calls} if marking.service_calls else {}
    return mine


def apply(marking: Marking, event: e.Event) -> Marking:
    """Write one event into a marking that the caller owns, and return it."""
    APPLIERS[type(event)](marking, event)
    return marking


def replay(events: Iterable[e.Event]) -> Marking:
    """Return the marking to which the events lead."""
    marking = Marking()
    for event in events:
        APPLIERS[type(event)](marking, event)
    return marking


# The case -----------------------------------------------------------------------------------------------


def _case_started(m: Marking, event: e.CaseStarted) -> None:
    m.status = "running"
    m.starter = event.starter
    m.started_at = event.at
    m.called = event.called
    m.performers[event.node] = event.starter


def _variables_set(m: Marking, event: e.VariablesSet) -> None:
    if event.scope == ROOT:
        m.variables.update(event.values)
        return
    scope = m.scopes[event.scope]
    m.scopes[event.scope] = replace(scope, variables={**scope.variables, **event.values})


def _custodian_set(m: Marking, event: e.CustodianSet) -> None:
    m.custodian = event.person


def _case_suspended(m: Marking, event: e.CaseSuspended) -> None:
    m.status = "suspended"
    m.paused_at = event.at
    m.paused = {timer.id: timer for timer in event.timers}


def _command_held(m: Marking, event: e.CommandHeld) -> None:
    m.held = (*m.held, event.command)


def _case_resumed(m: Marking, _event: e.CaseResumed) -> None:
    m.status = "running"
    m.paused_at = None
    m.paused = {}
    m.held = ()


def _case_ended(m: Marking, event: e.CaseEnded) -> None:
    m.status = event.status
    m.undoable = ()
    m.paused_at = None
    m.paused = {}
    m.held = ()
    m.opinions = {}
    m.kept = {}
    m.ended = together(m.ended, event.trail)


# Visits and their seats ---------------------------------------------------------------------------------


def _visit_opened(m: Marking, event: e.VisitOpened) -> None:
    seats = event.seats
    count(m, seats[-1].id if seats else event.visit)
    m.rounds[event.node] = event.round
    m.visits[event.visit] = Visit(
        id=event.visit,
        node=event.node,
        token=event.token,
        round=event.round,
        opened_at=event.at,
        due_at=event.due_at,
        department=event.department,
        seats={seats[0].id: seats[0]} if len(seats) == 1 else {seat.id: seat for seat in seats},
        returned_from=event.returned_from,
    )


def _due_moved(m: Marking, event: e.DueMoved) -> None:
    m.visits[event.visit] = replace(m.visits[event.visit], due_at=event.due_at)


def _seat_opened(m: Marking, event: e.SeatOpened) -> None:
    visit = m.visits[event.visit]
    _seat(m, visit, replace(visit.seats[event.seat], open=True))


def _seat_decided(m: Marking, event: e.SeatDecided) -> None:
    visit = m.visits.get(event.visit)
    if visit is None:
        # The visit was decided without it, and its opinion has now been heard.
        m.opinions = {number: seat for number, seat in m.opinions.items() if number != event.seat}
        return
    seat = visit.seats[event.seat]
    if event.on_behalf_of is None:
        _seat(m, visit, replace(seat, holder=event.person, decision=event.decision))
        return
    principal = event.on_behalf_of
    _seat(m, visit, replace(seat, holder=event.person, decision=event.decision, principal=principal))


def _seat(m: Marking, visit: Visit, seat: Seat) -> None:
    m.visits[visit.id] = replace(visit, seats={**visit.seats, seat.id: seat})


def _visit_closed(m: Marking, event: e.VisitClosed) -> None:
    visit = m.visits.pop(event.visit)
    outcome, person, node = event.outcome, event.person, visit.node
    if outcome == "cancelled":
        return
    verdict = VERDICTS[outcome]
    known = m.variables.get(OUTCOMES, NOTHING)
    if known.get(node) != verdict:
        m.variables[OUTCOMES] = {**known, node: verdict}
    if person is None or outcome == "returned" or person == SYSTEM:
        return
    m.performers[node] = person
    token = m.tokens[visit.token]
    seats = tuple(visit.seats.values()) if len(visit.seats) > 1 else ()
    step = Step(node, visit.id, person, token.path, seats)
    m.tokens[token.id] = replace(token, trail=(*_without(node, visit.round, token.trail), step))


def _without(node: str, visit_round: int, trail: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the trail without an earlier round of the node: each node stands in it once."""
    if visit_round == 1:
        return trail
    return tuple([step for step in trail if step.node != node])


APPLIERS: dict[type[e.Event], Callable[[Marking, Any], None]] = {
    e.CaseStarted: _case_started,
    e.VariablesSet: _variables_set,
    e.CustodianSet: _custodian_set,
    e.CaseSuspended: _case_suspended,
    e.CommandHeld: _command_held,
    e.CaseResumed: _case_resumed,
    e.CaseEnded: _case_ended,
    e.VisitOpened: _visit_opened,
    e.DueMoved: _due_moved,
    e.SeatOpened: _seat_opened,
    e.SeatDecided: _seat_decided,
    e.VisitClosed: _visit_closed,
    e.CaseReturned: only_told,
    e.WentOverdue: only_told,
    e.ReminderRaised: only_told,
    e.Escalated: only_told,
    e.MessageThrown: only_told,
    e.SignalThrown: only_told,
    e.EscalationThrown: only_told,
    e.DecisionMade: only_told,
    e.Migrated: migrated,
    **TOKEN_APPLIERS,
    **OUTSIDE_APPLIERS,
    **VERB_APPLIERS,
}
