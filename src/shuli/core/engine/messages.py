"""Messages that go out of a case."""

from typing import Any

from shuli.core.engine.events import MessageThrown
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import OUTCOMES, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.services import values_of


def throw_message(run: Run, token: Token, place: Place) -> bool:
    """Send the message that the node names; False: it became an incident."""
    rule = place.node.event
    data = data_of(run, token, place)
    key = run.value(rule.correlation, token.scope) if rule.correlation else None
    for part in (data, key):
        if isinstance(part, Problem):
            run.incident(token, part)
            return False
    run.emit(
        MessageThrown(
            name=rule.name or place.id,
            node=place.id,
            correlation=None if key is None else str(key),
            keep_hours=rule.keep_hours,
            data=data,
        )
    )
    return True


def data_of(run: Run, token: Token, place: Place) -> Any:
    """Return what the message brings: what the model names, else every variable; never how nodes were decided."""
    if place.node.event.send:
        return values_of(run, token, place.node.event.send)
    return {name: value for name, value in run.context(token.scope).items() if name != OUTCOMES}
