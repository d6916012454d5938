"""The script task: a FEEL expression; its value goes into the result variable, a context into variables of its names."""

from shuli.core.engine.activities import complete
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.results import keep_result
from shuli.core.engine.run import Run


def enter(run: Run, token: Token, place: Place) -> None:
    if not place.node.script:
        run.incident(token, Problem(code="no_handler", params={"script": place.id}))
        return
    value = run.value(place.node.script, token.scope)
    if isinstance(value, Problem):
        run.incident(token, value)
        return
    keep_result(run, token, place, value)
    complete(run, token, place)


SCRIPT_TASK = Behaviour(enter=enter)
