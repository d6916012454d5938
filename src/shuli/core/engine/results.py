"""Where the value of a script or a decision goes."""

from typing import Any

from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def keep_result(run: Run, token: Token, place: Place, value: Any) -> None:
    """Set the node's result variable; without one, a context sets a variable for each of its names."""
    if place.node.result:
        run.set_variables({place.node.result: value}, token.scope)
    elif isinstance(value, dict) and value:
        run.set_variables(value, token.scope)
