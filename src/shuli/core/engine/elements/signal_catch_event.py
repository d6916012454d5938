"""The intermediate signal event: the token waits until somebody throws the signal, in this case or in another."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.timer_catch_event import enter
from shuli.core.engine.waiting import signal_for

SIGNAL_CATCH_EVENT = Behaviour(enter=enter, arm=signal_for)
