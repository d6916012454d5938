"""The boundary conditional event, interrupting or not: it happens once, as soon as its condition holds."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.tokens import leave
from shuli.core.engine.waiting import condition_for

CONDITIONAL_BOUNDARY_EVENT = Behaviour(enter=leave, arm=condition_for)
