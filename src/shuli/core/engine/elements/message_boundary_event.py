"""The boundary message event, interrupting or not."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.tokens import leave
from shuli.core.engine.waiting import message_for

MESSAGE_BOUNDARY_EVENT = Behaviour(enter=leave, arm=message_for)
