"""The only place where a marking changes: one small function for each kind of event, in one table.

Nothing here decides: an event says what happened, and the marking becomes what it says.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.applying_migration import migrated
from shuli.core.engine.applying_verbs import VERB_APPLIERS, only_told
from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.marking import (
    OUTCOMES,
    ROOT,
    Child,
    Incident,
    Marking,
    Region,
    Scope,
    Seat,
    ServiceCall,
    Step,
    Token,
    Undoable,
    Visit,
    within,
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
    m.ended = _together(m.ended, event.trail)


def _together(one: tuple[Step, ...], other: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return two trails as one: each node once, with its latest visit, oldest first."""
    if not other or one == other:
        return one
    if not one:
        return other
    latest = {step.node: step for step in sorted((*one, *other), key=lambda step: step.visit)}
    return tuple(sorted(latest.values(), key=lambda step: step.visit))


# Tokens and scopes --------------------------------------------------------------------------------------


def _token_created(m: Marking, event: e.TokenCreated) -> None:
    _count(m, event.token)
    m.tokens[event.token] = Token(
        id=event.token,
        node=event.node,
        scope=event.scope,
        flow=event.flow,
        trail=event.trail,
        path=event.path,
        detour=event.detour,
    )


def _token_moved(m: Marking, event: e.TokenMoved) -> None:
    token = m.tokens[event.token]
    region = event.region
    if region is not None:
        _count(m, region.id)
    m.tokens[token.id] = replace(
        token,
        node=event.node,
        flow=event.flow,
        joining=event.joining,
        path=token.path if region is None else within(token.path, region),
        detour=None,
    )


def _tokens_forked(m: Marking, event: e.TokensForked) -> None:
    came = m.tokens[event.token]
    branches = event.branches
    _count(m, event.firing)
    _count(m, branches[-1].token)
    taken = tuple([branch.flow for branch in branches])
    for branch in branches:
        m.tokens[branch.token] = Token(
            id=branch.token,
            node=branch.node,
            scope=came.scope,
            flow=branch.flow,
            trail=came.trail,
            path=within(came.path, Region(event.fork, event.firing, branch.flow, taken)),
        )


def _token_joining(m: Marking, event: e.TokenJoining) -> None:
    m.tokens[event.token] = replace(m.tokens[event.token], joining=True)


def _trail_merged(m: Marking, event: e.TrailMerged) -> None:
    token = m.tokens[event.token]
    m.tokens[token.id] = replace(token, trail=event.trail, path=event.path, joining=False)


def _tokens_joined(m: Marking, event: e.TokensJoined) -> None:
    for other in event.others:
        del m.tokens[other]
    token = m.tokens[event.token]
    m.tokens[token.id] = replace(token, trail=event.trail, path=event.path, joining=False)


def _branches_left_behind(m: Marking, event: e.BranchesLeftBehind) -> None:
    apart = {flow: Region(event.join, number) for flow, number in event.regions}
    for region in apart.values():
        _count(m, region.id)
    for token in list(m.tokens.values()):
        if any(region.id == event.firing and region.flow for region in token.path):
            m.tokens[token.id] = _set_apart(token, event.firing, apart)


def _set_apart(token: Token, firing: int, apart: dict[str, Region]) -> Token:
    """Return the token with a path of its own in place of its branch, wherever the branch is remembered.

    What was done before the branch is forgotten: beside the flow nobody goes back into it.
    """

    def new(path: tuple[Region, ...]) -> tuple[Region, ...]:
        return tuple([apart.get(one.flow, one) if one.id == firing and one.flow else one for one in path])

    detour = token.detour
    if detour is not None and detour.back:
        back = tuple([_set_apart(one, firing, apart) for one in detour.back])
        detour = replace(detour, back=back)
    mine = [step for step in token.trail if any(one.id == firing and one.flow for one in step.path)]
    trail = tuple([replace(step, path=new(step.path)) for step in mine])
    return replace(token, path=new(token.path), trail=trail, detour=detour)


def _token_consumed(m: Marking, event: e.TokenConsumed) -> None:
    token = m.tokens.pop(event.token)
    if event.reason == "ended" and token.scope == ROOT:
        m.ended = _together(m.ended, token.trail)


def _scope_opened(m: Marking, event: e.ScopeOpened) -> None:
    _count(m, event.scope)
    m.scopes[event.scope] = Scope(
        id=event.scope,
        node=event.node,
        parent=event.parent,
        token=event.token,
        variables=event.variables,
        planned=event.planned,
    )


def _instance_finished(m: Marking, event: e.InstanceFinished) -> None:
    scope = m.scopes[event.scope]
    m.scopes[scope.id] = replace(scope, finished=scope.finished + 1)


def _scope_closed(m: Marking, event: e.ScopeClosed) -> None:
    del m.scopes[event.scope]
    if m.undoable:
        m.undoable = tuple([one for one in m.undoable if one.scope != event.scope])


# What can be undone -------------------------------------------------------------------------------------


def _undoable_kept(m: Marking, event: e.UndoableKept) -> None:
    _count(m, event.order)
    _keep(m, Undoable(event.node, event.scope, event.order))


def _undoable_handed_up(m: Marking, event: e.UndoableHandedUp) -> None:
    moving = [one for one in m.undoable if one.scope == event.scope]
    m.undoable = tuple([one for one in m.undoable if one.scope != event.scope])
    for one in moving:
        _keep(m, replace(one, scope=event.to))


def _keep(m: Marking, new: Undoable) -> None:
    """Keep one record of a node in a scope: the rounds add up, the latest counts."""
    same = [one for one in m.undoable if (one.node, one.scope) == (new.node, new.scope)]
    others = [one for one in m.undoable if one not in same]
    rounds = new.rounds + sum(one.rounds for one in same)
    order = max(new.order, *(one.order for one in same)) if same else new.order
    m.undoable = (*others, replace(new, order=order, rounds=rounds))


def _undo_started(m: Marking, event: e.UndoStarted) -> None:
    m.undoable = tuple([one for one in m.undoable if (one.node, one.scope) != (event.node, event.scope)])


# Visits and their seats ---------------------------------------------------------------------------------


def _visit_opened(m: Marking, event: e.VisitOpened) -> None:
    seats = event.seats
    _count(m, seats[-1].id if seats else event.visit)
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


# Timers, subscriptions, services, incidents, called processes -------------------------------------------


def _timer_set(m: Marking, event: e.TimerSet) -> None:
    _count(m, event.timer.id)
    m.timers[event.timer.id] = event.timer


def _timer_fired(m: Marking, event: e.TimerFired) -> None:
    timer = m.timers.pop(event.timer)
    if event.again_at is not None:
        m.timers[timer.id] = replace(timer, due_at=event.again_at, count=timer.count + 1)


def _timer_cancelled(m: Marking, event: e.TimerCancelled) -> None:
    del m.timers[event.timer]


def _subscribed(m: Marking, event: e.Subscribed) -> None:
    _count(m, event.subscription.id)
    m.subscriptions[event.subscription.id] = event.subscription


def _unsubscribed(m: Marking, event: e.Unsubscribed) -> None:
    del m.subscriptions[event.subscription]


def _child_requested(m: Marking, event: e.ChildRequested) -> None:
    _count(m, event.child)
    m.children[event.child] = Child(id=event.child, token=event.token, process=event.process)


def _child_closed(m: Marking, event: e.ChildClosed) -> None:
    del m.children[event.child]


def _service_requested(m: Marking, event: e.ServiceRequested) -> None:
    _count(m, event.call)
    m.service_calls[event.call] = ServiceCall(
        id=event.call, token=event.token, node=event.node, kind=event.kind, name=event.name
    )


def _service_closed(m: Marking, event: e.ServiceClosed) -> None:
    del m.service_calls[event.call]


def _made_irreversible(m: Marking, event: e.MadeIrreversible) -> None:
    m.irreversible = {**m.irreversible, event.node: m.last_id}


def _incident_raised(m: Marking, event: e.IncidentRaised) -> None:
    _count(m, event.incident)
    m.incidents[event.incident] = Incident(
        id=event.incident,
        code=event.code,
        node=event.node,
        token=event.token,
        params=event.params,
        phase=event.phase,
    )


def _incident_resolved(m: Marking, event: e.IncidentResolved) -> None:
    del m.incidents[event.incident]


# Numbers ---------------------------------------------------------------------------------


def _count(m: Marking, number: int) -> None:
    if number > m.last_id:  # noqa: PLR1730 — half the time of max() at every event
        m.last_id = number


APPLIERS: dict[type[e.Event], Callable[[Marking, Any], None]] = {
    e.CaseStarted: _case_started,
    e.VariablesSet: _variables_set,
    e.CustodianSet: _custodian_set,
    e.CaseSuspended: _case_suspended,
    e.CommandHeld: _command_held,
    e.CaseResumed: _case_resumed,
    e.CaseEnded: _case_ended,
    e.TokenCreated: _token_created,
    e.TokenMoved: _token_moved,
    e.TokensForked: _tokens_forked,
    e.TokenJoining: _token_joining,
    e.TrailMerged: _trail_merged,
    e.TokensJoined: _tokens_joined,
    e.BranchesLeftBehind: _branches_left_behind,
    e.TokenConsumed: _token_consumed,
    e.ScopeOpened: _scope_opened,
    e.InstanceFinished: _instance_finished,
    e.ScopeClosed: _scope_closed,
    e.UndoableKept: _undoable_kept,
    e.UndoableHandedUp: _undoable_handed_up,
    e.UndoStarted: _undo_started,
    e.VisitOpened: _visit_opened,
    e.DueMoved: _due_moved,
    e.SeatOpened: _seat_opened,
    e.SeatDecided: _seat_decided,
    e.VisitClosed: _visit_closed,
    e.CaseReturned: only_told,
    e.TimerSet: _timer_set,
    e.TimerFired: _timer_fired,
    e.TimerCancelled: _timer_cancelled,
    e.WentOverdue: only_told,
    e.ReminderRaised: only_told,
    e.Escalated: only_told,
    e.Subscribed: _subscribed,
    e.Unsubscribed: _unsubscribed,
    e.MessageThrown: only_told,
    e.SignalThrown: only_told,
    e.EscalationThrown: only_told,
    e.ServiceRequested: _service_requested,
    e.ServiceClosed: _service_closed,
    e.MadeIrreversible: _made_irreversible,
    e.DecisionMade: only_told,
    e.ChildRequested: _child_requested,
    e.ChildClosed: _child_closed,
    e.IncidentRaised: _incident_raised,
    e.IncidentResolved: _incident_resolved,
    e.Migrated: migrated,
    **VERB_APPLIERS,
}
