"""The business rule task: a decision table gives its value."""

from shuli.core.engine.activities import complete
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.events import DecisionMade
from shuli.core.engine.expressions import Problem, plain, problem_of
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.results import keep_result
from shuli.core.engine.run import Run
from shuli.core.feel import ExpressionError


def enter(run: Run, token: Token, place: Place) -> None:
    key = place.node.decision or place.id
    try:
        decided = run.world.decide(key, dict(run.context(token.scope)))
    except ExpressionError as error:
        run.incident(token, problem_of(error))
    except LookupError:
        run.incident(token, Problem(code="no_handler", params={"decision": key}))
    else:
        value = plain(decided.value)
        run.emit(
            DecisionMade(
                node=place.id,
                decision=decided.decision or key,
                version=decided.version,
                rows=decided.rows,
                value=value,
                by=decided.record(),
            )
        )
        keep_result(run, token, place, value)
        complete(run, token, place)


BUSINESS_RULE_TASK = Behaviour(enter=enter)
