"""The boundary cancel event of a transaction: the way on after it was cancelled and undone."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.tokens import leave

CANCEL_BOUNDARY_EVENT = Behaviour(enter=leave)
