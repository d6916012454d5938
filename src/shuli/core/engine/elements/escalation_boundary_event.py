"""The boundary escalation event: takes up what is reported inside its activity, interrupting it or not."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.tokens import leave

ESCALATION_BOUNDARY_EVENT = Behaviour(enter=leave)
