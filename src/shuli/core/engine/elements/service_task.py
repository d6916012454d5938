"""The service task: a registered function does it. What it gives is merged into the variables of the case."""

from shuli.core.engine.activities import complete
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.catching import throw_error
from shuli.core.engine.expressions import Problem, plain
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.world import ServiceFailure


def enter(run: Run, token: Token, place: Place) -> None:
    name = place.node.service or place.id
    function = getattr(run.world, "services", {}).get(name)
    if function is None:
        run.incident(token, Problem(code="no_handler", params={"service": name}))
        return
    result = function(dict(run.context(token.scope)))
    if isinstance(result, ServiceFailure):
        if not throw_error(run, token, result.code):
            params = {"service": name, "error": result.code, **result.params}
            run.incident(token, Problem(code="service_failed", params=params))
        return
    if result:
        run.set_variables(plain(result), token.scope)
    complete(run, token, place)


SERVICE_TASK = Behaviour(enter=enter)
