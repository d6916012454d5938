"""How tokens, scopes and what can be undone change with an event."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.applying_numbers import count, together
from shuli.core.engine.marking import (
    ROOT,
    Marking,
    Region,
    Scope,
    Token,
    Undoable,
    within,
)


def _token_created(m: Marking, event: e.TokenCreated) -> None:
    count(m, event.token)
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
        count(m, region.id)
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
    count(m, event.firing)
    count(m, branches[-1].token)
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
        count(m, region.id)
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
        m.ended = together(m.ended, token.trail)


def _scope_opened(m: Marking, event: e.ScopeOpened) -> None:
    count(m, event.scope)
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


def _undoable_kept(m: Marking, event: e.UndoableKept) -> None:
    count(m, event.order)
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


TOKEN_APPLIERS: Mapping[type[e.Event], Callable[[Marking, Any], None]] = {
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
}
