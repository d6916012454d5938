"""Messages that go out of a case."""

from shuli.core.engine.applying import OUTCOMES
from shuli.core.engine.events import MessageThrown
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def throw_message(run: Run, token: Token, place: Place) -> bool:
    """Send the message that the node names, with the case's variables; False: it became an incident."""
    rule = place.node.event
    data = {name: value for name, value in run.context(token.scope).items() if name != OUTCOMES}
    if rule.correlation:
        key = run.value(rule.correlation, token.scope)
        if isinstance(key, Problem):
            run.incident(token, key)
            return False
        data["correlation"] = key
    run.emit(MessageThrown(name=rule.name or place.id, node=place.id, data=data))
    return True
