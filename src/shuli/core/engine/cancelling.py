"""Taking tokens away, with everything that hangs on them."""

from typing import Literal

from shuli.core.engine import events as e
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import merged
from shuli.core.engine.waiting import disarm, disarm_visit

Outcome = Literal["completed", "rejected", "returned", "cancelled"]
Reason = Literal["joined", "ended", "cancelled", "terminated", "returned"]


def close_visit(
    run: Run, visit_id: int, outcome: Outcome, *, person: str | None = None, reason: str = ""
) -> None:
    """Close a visit; its timers die with it."""
    if run.marking.timers:
        disarm_visit(run, visit_id)
    run.emit(e.VisitClosed(visit=visit_id, outcome=outcome, person=person, reason=reason))


def cancel(run: Run, token_id: int, why: str, reason: Reason = "cancelled") -> None:
    """Take a token away, with its visit, timers, open services, called processes and everything inside it."""
    if token_id not in run.marking.tokens:
        return
    clear(run, token_id, why)
    run.emit(e.TokenConsumed(token=token_id, reason=reason))
    run.look_at_joins = True


def clear(run: Run, token_id: int, why: str) -> None:
    """Cancel whatever a token waits for, and leave the token itself."""
    m = run.marking
    for visit in [visit for visit in m.visits.values() if visit.token == token_id]:
        close_visit(run, visit.id, "cancelled", reason=why)
    disarm(run, token_id)
    if m.scopes:
        close_scopes(run, token_id, why)
    for call in [call for call in m.service_calls.values() if call.token == token_id]:
        run.emit(e.ServiceClosed(call=call.id, status="cancelled"))
    for child in [child for child in m.children.values() if child.token == token_id]:
        run.emit(e.ChildClosed(child=child.id, status="cancelled"))
    resolve_incidents(run, token_id)


def resolve_incidents(run: Run, token_id: int) -> None:
    if run.marking.incidents:
        for incident in [one for one in run.marking.incidents.values() if one.token == token_id]:
            run.emit(e.IncidentResolved(incident=incident.id))


def close_scopes(run: Run, token_id: int, why: str) -> None:
    """Close the scopes that a token has opened, the inner ones first."""
    m = run.marking
    owned = [scope.id for scope in m.scopes.values() if scope.token == token_id]
    for scope_id in reversed(owned):
        empty_scope(run, scope_id, why)
        run.emit(e.ScopeClosed(scope=scope_id))


def empty_scope(run: Run, scope_id: int, why: str, reason: Reason = "cancelled") -> None:
    """Cancel every token of a scope."""
    for token_id in [token.id for token in run.marking.tokens.values() if token.scope == scope_id]:
        cancel(run, token_id, why, reason)


def cancel_everything(run: Run, why: str, reason: Reason = "cancelled") -> None:
    """Cancel every token of the case, and what hangs on none."""
    run.ending_trail = merged([run.ending_trail, *(token.trail for token in run.marking.tokens.values())])
    for token_id in list(run.marking.tokens):
        cancel(run, token_id, why, reason)
    for incident_id in list(run.marking.incidents):
        run.emit(e.IncidentResolved(incident=incident_id))
