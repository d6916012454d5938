"""The service task: a registered function, an HTTP call or a worker does it."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.services import enter

SERVICE_TASK = Behaviour(enter=enter)
