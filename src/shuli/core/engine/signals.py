"""Signals: thrown once, heard by everybody who waits for them, in this case at once and in others by way of the event."""

from shuli.core.engine.events import SignalThrown
from shuli.core.engine.expressions import Problem
from shuli.core.engine.happenings import happen
from shuli.core.engine.marking import Token
from shuli.core.engine.messages import data_of
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def throw_signal(run: Run, token: Token, place: Place) -> bool:
    """Let the signal out and everything in this case that waits for it happen; return whether the token is still there."""
    name = place.node.event.name or place.id
    data = data_of(run, token, place)
    if isinstance(data, Problem):
        run.incident(token, data)
        return False
    run.emit(SignalThrown(name=name, node=place.id, data=data))
    hearing = [
        one.id for one in run.marking.subscriptions.values() if (one.kind, one.name) == ("signal", name)
    ]
    for number in hearing:
        # Whoever heard it first may have cancelled the others.
        subscription = run.marking.subscriptions.get(number)
        if subscription is not None:
            happen(run, run.marking.tokens[subscription.token], run.plan.places[subscription.node])
    return token.id in run.marking.tokens
