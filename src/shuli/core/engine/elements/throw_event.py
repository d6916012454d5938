"""The intermediate throw event without a trigger: a milestone, passed at once; its notice may tell people."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.tokens import leave

THROW_EVENT = Behaviour(enter=leave)
