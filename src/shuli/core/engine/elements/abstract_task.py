"""The abstract task, which says only that something is done: human where the model says who does it, else passed."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.manual_task import enter

ABSTRACT_TASK = Behaviour(enter=enter)
