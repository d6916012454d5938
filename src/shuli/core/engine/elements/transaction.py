"""The transaction: a sub-process that a cancel end event inside it undoes as a whole."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.sub_process import ended_inside, enter

TRANSACTION = Behaviour(enter=enter, ended_inside=ended_inside)
