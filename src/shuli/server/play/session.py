"""A case being played, with those that it calls: where each is, how it came there, and how to take a step back.

Nothing of it is kept anywhere. A called process is entered where its model was given; whoever plays stands in one case at a
time, and the clock and the script are those of all.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted, Marking, Refused, decide
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.events import Event
from shuli.server.play.company import PLAYER, PlayCompany
from shuli.server.play.guessing import Guesses
from shuli.server.play.model import Model

OVER = frozenset({"approved", "rejected", "withdrawn", "terminated", "failed", "returned"})
MOST_LEVELS = 10  # of processes that call one another; deeper ones are played as a step


class Part(Struct, frozen=True, kw_only=True):
    """A process that can be played: its model, and what can be guessed of it."""

    graph: ProcessGraph
    model: Model
    guesses: Guesses


class Case:
    """One case: its process, where it is, and the cases that it has called."""

    def __init__(self, part: Part, caller: "Case | None" = None, number: int = 0) -> None:
        self.part = part
        self.caller = caller
        self.number = number  # as the caller counts what it has called
        self.marking = Marking()
        self.events: list[Event] = []
        self.called: dict[int, Case] = {}

    def family(self) -> "Iterator[Case]":
        yield self
        for one in self.called.values():
            yield from one.family()

    @property
    def line(self) -> "tuple[Case, ...]":
        """Return the cases from the one that called first to this one."""
        return (*(self.caller.line if self.caller else ()), self)


class Then(Struct, frozen=True, kw_only=True):
    """One case as it was before a step."""

    case: Any  # a Case
    marking: Marking
    events: int
    called: dict[int, Any]


class Moment(Struct, frozen=True, kw_only=True):
    """All cases before a step, and in which of them whoever plays stood."""

    cases: tuple[Then, ...]
    at: Any  # a Case
    now: datetime
    lines: int


class Session:
    """A case, those that it calls, the company around them and the steps so far."""

    def __init__(self, part: Part, company: PlayCompany, also: Mapping[str, Part] | None = None) -> None:
        self.company = company
        self.also = also or {}
        self.first = Case(part)
        self.case = self.first  # in which whoever plays stands
        self.lines: list[str] = []  # what was asked, as a script that can be played again
        self._before: list[Moment] = []

    @property
    def graph(self) -> ProcessGraph:
        return self.case.part.graph

    @property
    def marking(self) -> Marking:
        return self.case.marking

    @property
    def events(self) -> list[Event]:
        return self.case.events

    @property
    def now(self) -> datetime:
        return self.company.now

    def ask(self, command: c.Command, line: str) -> Accepted | Refused:
        """Send a command to the engine; what is accepted becomes a step and a line of the script."""
        answer = decide(self.graph, self.marking, command, self.company)
        if isinstance(answer, Accepted):
            self.remember(line)
            self._take(self.case, answer)
            self._follow()
        return answer

    def _take(self, case: Case, answer: Accepted) -> None:
        """Let a case be where the answer says; what it no longer waits for is gone."""
        case.events += answer.events
        case.marking = answer.marking
        case.called = {n: one for n, one in case.called.items() if n in answer.marking.children}

    # Called processes -------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Go into what was called where its model is there, and back where it has ended, as often as that happens."""
        while self._enter_called() or self._leave_ended():
            pass

    def _enter_called(self) -> bool:
        for event in self.last:
            part = self.also.get(event.process) if isinstance(event, e.ChildRequested) else None
            if isinstance(event, e.ChildRequested) and part is not None and self._begin(event, part):
                return True
        return False

    def _begin(self, event: e.ChildRequested, part: Part) -> bool:
        """Begin a called case and stand in it; False where it has begun already, or cannot."""
        here = self.case
        if (
            event.child in here.called
            or event.child not in here.marking.children
            or len(here.line) > MOST_LEVELS
        ):
            return False
        child = Case(part, here, event.child)
        start = c.Start(actor=here.marking.starter or PLAYER, variables=event.variables, called=True)
        answer = decide(part.graph, child.marking, start, self.company)
        if isinstance(answer, Refused):
            return False
        self._take(child, answer)
        here.called[event.child] = child
        self.case = child
        return True

    def _leave_ended(self) -> bool:
        """Stand in the calling case again where the called one has ended, and tell it how."""
        child, caller = self.case, self.case.caller
        if caller is None or child.marking.status not in OVER:
            return False
        ended = c.ChildEnded(
            child=child.number, status=child.marking.status, variables=child.marking.variables
        )
        self.case = caller
        answer = decide(caller.part.graph, caller.marking, ended, self.company)
        if isinstance(answer, Accepted):
            self._take(caller, answer)
        return True

    def stand_in(self, case: Case, line: str) -> None:
        """Go to the case that called this one, or into one that this one has called."""
        self.remember(line)
        self.case = case

    # Time and steps -----------------------------------------------------------------------------------------

    def began_at(self, moment: datetime) -> None:
        """Let the last step have begun earlier: a timer moved the clock before it fired."""
        self._before[-1] = replace(self._before[-1], now=moment)

    def move_clock(self, to: datetime, line: str) -> None:
        """Let time pass without anything happening."""
        self.remember(line)
        self.company.now = to

    def remember(self, line: str) -> None:
        cases = tuple(
            Then(case=one, marking=one.marking, events=len(one.events), called=dict(one.called))
            for one in self.first.family()
        )
        self._before.append(Moment(cases=cases, at=self.case, now=self.now, lines=len(self.lines)))
        self.lines.append(line)

    def undo(self) -> bool:
        """Go back to before the last step; False where there is none."""
        if not self._before:
            return False
        moment = self._before.pop()
        for then in moment.cases:
            then.case.marking, then.case.called = then.marking, dict(then.called)
            del then.case.events[then.events :]
        self.case = moment.at
        self.company.now = moment.now
        del self.lines[moment.lines :]
        return True

    @property
    def steps(self) -> int:
        return len(self._before)

    def _then(self) -> Then | None:
        """Return the present case as it was before the last step; None where it began with it."""
        found = self._before[-1].cases if self._before else ()
        return next((then for then in found if then.case is self.case), None)

    @property
    def last(self) -> tuple[Event, ...]:
        """Return what the last step made happen in this case."""
        then = self._then()
        return tuple(self.events[then.events if then else 0 :]) if self._before else ()

    @property
    def changed(self) -> dict[str, Any]:
        """Return the variables that the last step changed."""
        then = self._then()
        before, now = then.marking.variables if then else {}, self.marking.variables
        return {name: value for name, value in now.items() if name not in before or before[name] != value}


__all__ = ["PLAYER", "Case", "Part", "Session"]
