"""What one kind of element does, as the functions that the engine calls at its moments."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuli.core.engine.events import Subscribed, TimerSet
from shuli.core.engine.expressions import Problem

if TYPE_CHECKING:
    from shuli.core.engine.marking import Scope, Token
    from shuli.core.engine.plan import Place
    from shuli.core.engine.run import Run

Enter = Callable[["Run", "Token", "Place"], None]
EndedInside = Callable[["Run", "Token", "Place", "Scope"], None]
Arm = Callable[["Run", "Token", "Place"], TimerSet | Subscribed | Problem | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Behaviour:
    """One row of the table ELEMENTS."""

    # A token has arrived: do what the element does, and either leave it or let the token wait.
    enter: Enter
    # An event that waits for something: what a token sets up in order to wait for it, be it that it stands at the
    # event, at the gateway before it, or at the activity on whose boundary the event sits. None: nothing to set up.
    arm: Arm | None = None
    # An element that runs others inside: a token in its scope has ended, and perhaps was the last one.
    ended_inside: EndedInside | None = None
