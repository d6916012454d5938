"""The event sub-process: begins when its start event happens while the scope around it runs, interrupting that or not."""

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.sub_process import ended_inside, enter

EVENT_SUB_PROCESS = Behaviour(enter=enter, ended_inside=ended_inside)
