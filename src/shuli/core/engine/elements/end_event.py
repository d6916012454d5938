"""The end event without a trigger: the token ends; the case ends with its last token."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.marking import ROOT, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import end


def enter(run: Run, token: Token, place: Place) -> None:
    if token.scope == ROOT:
        run.ending = place.node.event.outcome
    end(run, token)


END_EVENT = Behaviour(enter=enter)
