"""The boundary error event: catches what fails inside its activity, by name or whatever it is."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.tokens import leave

ERROR_BOUNDARY_EVENT = Behaviour(enter=leave)
