"""The intermediate message event: the token waits for a message."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.timer_catch_event import enter
from shuli.core.engine.waiting import message_for

MESSAGE_CATCH_EVENT = Behaviour(enter=enter, arm=message_for)
