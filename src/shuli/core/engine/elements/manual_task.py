"""The manual task, done outside the software: human where the model says who confirms it, else passed."""

from shuli.core.engine.activities import complete
from shuli.core.engine.approvals.visits import open_visit
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def enter(run: Run, token: Token, place: Place) -> None:
    if place.is_human:
        open_visit(run, token, place)
    else:
        complete(run, token, place)


MANUAL_TASK = Behaviour(enter=enter)
