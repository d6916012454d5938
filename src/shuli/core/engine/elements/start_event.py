"""Start events: without a trigger, by a message, by a timer.

What starts the case is told by the command; the event itself only lets the token pass. A case that is sent back to its
starter stands here again, with the start form as a task.
"""

from shuli.core.engine.approvals.visits import open_visit
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import leave


def enter(run: Run, token: Token, place: Place) -> None:
    if token.detour is None:
        leave(run, token, place)
    else:
        open_visit(run, token, place)


START_EVENT = Behaviour(enter=enter)
