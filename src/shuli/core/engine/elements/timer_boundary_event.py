"""The boundary timer event, interrupting or not, once or repeating: by BPMN's ISO text, FEEL or a working-time limit."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.timer_catch_event import arm
from shuli.core.engine.tokens import leave

TIMER_BOUNDARY_EVENT = Behaviour(enter=leave, arm=arm)
