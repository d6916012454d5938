"""The boundary compensation event: no token ever comes here; it says which activity undoes the one that it sits on."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.tokens import leave

COMPENSATION_BOUNDARY_EVENT = Behaviour(enter=leave)
