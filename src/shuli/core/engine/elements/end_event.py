"""The end event without a trigger: the token ends; the case ends with its last token."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.marking import ROOT, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import end


def enter(run: Run, token: Token, place: Place) -> None:
    if token.scope == ROOT or ends_the_case(run, token.scope):
        run.ending = place.node.event.outcome
    end(run, token)


def ends_the_case(run: Run, scope: int) -> bool:
    """Say whether the scope is an event sub-process of the process itself: how that ends, the case ends."""
    while scope != ROOT:
        one = run.marking.scopes[scope]
        if run.plan.places[one.node].node.kind != "event_sub_process":
            return False
        scope = one.parent
    return True


END_EVENT = Behaviour(enter=enter)
