"""The user task: people decide it through a visit."""

from shuli.core.engine.approvals.visits import open_visit
from shuli.core.engine.behaviour import Behaviour

USER_TASK = Behaviour(enter=open_visit)
