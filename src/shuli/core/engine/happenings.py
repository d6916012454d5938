"""What happens at an event for which a token waits, be it by a timer, a message or a condition."""

from typing import Any

from shuli.core.engine import events as e
from shuli.core.engine.activities import complete, trip
from shuli.core.engine.expressions import plain
from shuli.core.engine.marking import OUTCOMES, Subscription, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.waiting import disarm


def happen(run: Run, token: Token, place: Place, data: dict[str, Any] | None = None) -> None:
    """Let the event at `place` happen for the token that waits for it."""
    if data:
        # How nodes were decided is not for another case to say.
        brought = {name: value for name, value in plain(data).items() if name != OUTCOMES}
        run.set_variables(brought, token.scope)
    if place.is_side:
        trip(run, token, place)
        return
    disarm(run, token.id)
    if place.id != token.node:
        # It waited at the event-based gateway before: the event that came first decides the way.
        flow = next(flow for flow in place.node.incoming if flow.source == token.node)
        run.emit(e.TokenMoved(token=token.id, node=place.id, flow=flow.id))
        token = run.marking.tokens[token.id]
    complete(run, token, place)


def look_at_conditions(run: Run) -> None:
    """Let the conditional events happen whose condition has become true."""
    run.variables_changed = False
    for subscription in list(run.marking.subscriptions.values()):
        if subscription.kind == "conditional" and subscription.id in run.marking.subscriptions:
            _look_at(run, subscription)


def _look_at(run: Run, subscription: Subscription) -> None:
    token = run.marking.tokens[subscription.token]
    # A condition over variables that are not there yet is simply not true yet.
    if run.holds(subscription.name, token.scope) is not True:
        return
    place = run.plan.places[subscription.node]
    if place.is_side and not place.node.interrupting:
        run.emit(e.Unsubscribed(subscription=subscription.id))
    happen(run, token, place)
