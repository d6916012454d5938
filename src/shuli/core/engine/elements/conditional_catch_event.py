"""The intermediate conditional event: the token waits until its condition holds, looked at whenever variables change."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.timer_catch_event import enter
from shuli.core.engine.waiting import condition_for

CONDITIONAL_CATCH_EVENT = Behaviour(enter=enter, arm=condition_for)
