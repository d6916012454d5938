"""Start events: without a trigger, by a message, timer, signal or condition; in an event sub-process also by an error or
escalation.

What starts the case is told by the command; the event itself only lets the token pass. At the start of an event
sub-process a token watches for what would begin it. A case that is sent back to its
starter stands here again, with the start form as a task.
"""

from shuli.core.engine.approvals.visits import open_visit
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.timer_catch_event import arm as timer
from shuli.core.engine.event_sub_processes import is_watching
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import leave
from shuli.core.engine.waiting import arm_all, condition_for, message_for, signal_for


def enter(run: Run, token: Token, place: Place) -> None:
    if place.watches and is_watching(run.plan, token):
        problem = arm_all(run, token, (place,))
        if problem is not None:
            run.incident(token, problem)
    elif token.detour is None:
        leave(run, token, place)
    else:
        open_visit(run, token, place)


START_EVENT = Behaviour(enter=enter)
MESSAGE_START_EVENT = Behaviour(enter=enter, arm=message_for)
TIMER_START_EVENT = Behaviour(enter=enter, arm=timer)
SIGNAL_START_EVENT = Behaviour(enter=enter, arm=signal_for)
CONDITIONAL_START_EVENT = Behaviour(enter=enter, arm=condition_for)
