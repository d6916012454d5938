"""The boundary signal event, interrupting or not."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.tokens import leave
from shuli.core.engine.waiting import signal_for

SIGNAL_BOUNDARY_EVENT = Behaviour(enter=leave, arm=signal_for)
