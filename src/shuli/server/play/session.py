"""One case being played: where it is, how it came there, and how to take a step back. Nothing of it is kept anywhere."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted, Marking, Refused, decide
from shuli.core.engine import commands as c
from shuli.core.engine.events import Event
from shuli.server.play.company import PLAYER, PlayCompany


class Moment(Struct, frozen=True, kw_only=True):
    """The case before a step."""

    marking: Marking
    now: datetime
    events: int
    lines: int


class Session:
    """A case, the company around it and the steps so far."""

    def __init__(self, graph: ProcessGraph, company: PlayCompany) -> None:
        self.graph = graph
        self.company = company
        self.marking = Marking()
        self.events: list[Event] = []
        self.lines: list[str] = []  # what was asked, as a script that can be played again
        self._before: list[Moment] = []

    @property
    def now(self) -> datetime:
        return self.company.now

    def ask(self, command: c.Command, line: str) -> Accepted | Refused:
        """Send a command to the engine; what is accepted becomes a step and a line of the script."""
        answer = decide(self.graph, self.marking, command, self.company)
        if isinstance(answer, Accepted):
            self.remember(line)
            self.events += answer.events
            self.marking = answer.marking
        return answer

    def began_at(self, moment: datetime) -> None:
        """Let the last step have begun earlier: a timer moved the clock before it fired."""
        self._before[-1] = replace(self._before[-1], now=moment)

    def move_clock(self, to: datetime, line: str) -> None:
        """Let time pass without anything happening."""
        self.remember(line)
        self.company.now = to

    def remember(self, line: str) -> None:
        moment = Moment(marking=self.marking, now=self.now, events=len(self.events), lines=len(self.lines))
        self._before.append(moment)
        self.lines.append(line)

    def undo(self) -> bool:
        """Go back to before the last step; False where there is none."""
        if not self._before:
            return False
        moment = self._before.pop()
        self.marking = moment.marking
        self.company.now = moment.now
        del self.events[moment.events :]
        del self.lines[moment.lines :]
        return True

    @property
    def steps(self) -> int:
        return len(self._before)

    @property
    def last(self) -> tuple[Event, ...]:
        """Return what the last step made happen."""
        return tuple(self.events[self._before[-1].events :]) if self._before else ()

    @property
    def changed(self) -> dict[str, Any]:
        """Return the variables that the last step changed."""
        before = self._before[-1].marking.variables if self._before else {}
        now = self.marking.variables
        return {name: value for name, value in now.items() if name not in before or before[name] != value}


__all__ = ["PLAYER", "Session"]
