"""Playing the year: what happens next, one thing after another, until the year is over."""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from shuli.apps.cases.past import filling, starting
from shuli.apps.cases.past.played import PlayedCase
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.directory import queries as directory
from shuli.core.engine import Accepted, Refused, returnable
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.marking import Seat, Visit
from shuli.kit import clock
from shuli.server.year.desks import Office
from shuli.server.year.replies import Replies
from shuli.server.year.story import Arrival, Story

AGAIN = timedelta(hours=3)  # when somebody tries once more what could not be done yet
MOST_TRIES = 40
TOLD_DAYS = 14  # before the end of the year: messages that people may still want to read
LATER_DAYS = (1, 9)  # after its start a case is withdrawn, or stands still for a while


class Turn(Struct, frozen=True, kw_only=True):
    """Something that will happen."""

    kind: str
    case: PlayedCase | None = None
    number: int = 0  # of the seat or timer
    person: str = ""
    process: str = ""
    tries: int = 0
    due: datetime | None = None


class Year:
    """The company at work from one moment to another; `done` gets the cases that are over."""

    def __init__(
        self,
        story: Story,
        first: datetime,
        last: datetime,
        keys: Iterator[int],
        done: Callable[[PlayedCase], None],
    ) -> None:
        self.story, self.first, self.last, self._keys, self._done = story, first, last, keys, done
        self.office = Office(story.chance, first, last)
        self.open: dict[int, PlayedCase] = {}
        self.topics: dict[int, Any] = {}
        self.problems: Counter[str] = Counter()
        self._taken: dict[int, set[int]] = {}
        self._timers: dict[int, dict[int, datetime]] = {}
        self._turns: list[tuple[datetime, int, Turn]] = []
        self._count = itertools.count()

    def play(self, arrivals: Iterator[Arrival]) -> None:
        """Let these cases begin, and everything follow that follows from them."""
        for one in sorted(arrivals):
            self._later(one.at, Turn(kind="arrive", person=one.starter, process=one.process))
        while self._turns and self._turns[0][0] <= self.last:
            at, _, turn = heapq.heappop(self._turns)
            with clock.frozen(at):
                TURNS[turn.kind](self, turn, at)

    def _later(self, at: datetime, turn: Turn) -> None:
        heapq.heappush(self._turns, (at.replace(microsecond=0), next(self._count), turn))

    def arrive(self, turn: Turn, at: datetime) -> None:
        starter, process = turn.person, turn.process
        case = starting.open_case(next(self._keys), process, starter, at)
        topic = self.story.topic(process)
        node, form = filling.start_form(case.version_id)
        reply = Replies(self.story, case, starter, topic)
        values = reply.start(node, form) if form else {}
        if self.obey(case, c.Start(actor=starter, variables=values, start=node.id), at, topic) and form:
            filling.keep(case, node.id, node.duty.form or "", values, starter)
        self._spoil(case, at)

    def _spoil(self, case: PlayedCase, at: datetime) -> None:
        """Let some cases be withdrawn, or stand still for a while."""
        later = at + timedelta(days=self.story.chance.randint(*LATER_DAYS), hours=self.story.chance.random())
        for kind in ("withdraw", "suspend"):
            if self.story.happens(kind):
                self._later(later, Turn(kind=kind, case=case, person=case.starter))

    # Commands ------------------------------------------------------------------------------------

    def obey(self, case: PlayedCase, command: c.Command, at: datetime, topic: Any = None) -> Accepted | None:
        """Carry a command out and put what follows from it into the queue; None: it was refused."""
        if topic is not None:
            self.topics[case.id] = topic
            self.open[case.id] = case
        is_told = at > self.last - timedelta(days=TOLD_DAYS)
        answer = case.obey(command, CompanyWorld(now=clock.local_now()), is_told=is_told)
        if isinstance(answer, Refused):
            self.problems[f"{type(command).__name__}: {answer.code}"] += 1
            return None
        self._follow_family(case, answer, command.actor, at)
        self._watch(case, at)
        for event in answer.events:
            if isinstance(event, e.WentOverdue) and self.story.happens("urge"):
                self._later(at + AGAIN, Turn(kind="urge", case=case, number=event.visit, person=case.starter))
            elif isinstance(event, e.IncidentRaised):
                self.problems[f"incident {case.graph.key} {event.node} {event.code}"] += 1
        if not case.is_open:
            self._close(case)
        return answer

    def _close(self, case: PlayedCase) -> None:
        if self.open.pop(case.id, None) is not None:
            for gone in (self.topics, self._taken, self._timers):
                gone.pop(case.id, None)
            self._done(case)

    def _follow_family(self, case: PlayedCase, answer: Accepted, actor: str, at: datetime) -> None:
        for event in answer.events:
            if isinstance(event, e.ChildRequested):
                starter = case.marking.starter or actor
                child = starting.open_case(
                    next(self._keys), event.process, starter, at, parent=(case, event.child)
                )
                self.obey(child, c.Start(actor=starter, variables=event.variables, called=True), at, {})
        if not case.is_open and case.parent is not None:
            self._tell_parent(case, at)
        if not case.is_open and case.marking.status != "approved":
            for child in [one for one in self.open.values() if one.parent and one.parent[0] is case]:
                self.obey(child, c.Terminate(reason="the calling case ended"), at)

    def _tell_parent(self, case: PlayedCase, at: datetime) -> None:
        parent, number = case.parent or (case, 0)
        if parent.is_open and number in parent.marking.children:
            marking = case.marking
            ended = c.ChildEnded(child=number, status=marking.status, variables=marking.variables)
            self.obey(parent, ended, at)

    # What waits ----------------------------------------------------------------------------------

    def _watch(self, case: PlayedCase, at: datetime) -> None:
        """Put new tasks on desks and new timers into the queue."""
        taken = self._taken.setdefault(case.id, set())
        for visit in case.marking.visits.values():
            for seat in visit.seats.values():
                if seat.open and seat.decision is None and seat.id not in taken:
                    taken.add(seat.id)
                    self._put(case, visit, seat, at)
        known = self._timers.setdefault(case.id, {})
        for timer in case.marking.timers.values():
            if known.get(timer.id) != timer.due_at:
                known[timer.id] = timer.due_at
                turn = Turn(kind="timer", case=case, number=timer.id, due=timer.due_at)
                self._later(max(timer.due_at + timedelta(microseconds=999_999), at), turn)

    def _put(self, case: PlayedCase, visit: Visit, seat: Seat, at: datetime) -> None:
        desk = self.office.whose(seat.holder, seat.pool, at)
        if desk is None:
            self.problems[f"nobody for {case.graph.key} {visit.node}"] += 1
            return
        reading, minutes = self.story.minutes(case.graph.key, visit.node)
        slot = desk.take(at, reading, minutes)
        self._later(slot.start, Turn(kind="take", case=case, number=seat.id, person=desk.person))
        self._later(
            max(slot.finish, slot.start + timedelta(seconds=1)),
            Turn(kind="finish", case=case, number=seat.id, person=desk.person),
        )

    # Turns ---------------------------------------------------------------------------------------

    def timer(self, turn: Turn, at: datetime) -> None:
        case = turn.case
        timer = case.marking.timers.get(turn.number) if case else None
        if case is not None and timer is not None and timer.due_at == turn.due and case.is_open:
            self.obey(case, c.FireTimer(timer=timer.id), at)

    def take(self, turn: Turn, at: datetime) -> None:
        found = _seat(turn)
        if found is None:
            return
        case, visit, seat = found
        if seat.holder is None:
            if not self.obey(case, c.Claim(actor=turn.person, seat=seat.id), at):
                return
        elif seat.holder == turn.person and seat.offered_by is not None:
            self.obey(case, c.Accept(actor=turn.person, seat=seat.id), at)
        elif seat.holder == turn.person:
            case.begin(visit, at)
        if seat.role == "lead" and self.story.happens("transfer"):
            self._transfer(case, visit, seat.id, turn.person, at)

    def _transfer(self, case: PlayedCase, visit: Visit, seat: int, person: str, at: datetime) -> None:
        unit = directory.main_department(person)
        others = [name for name in directory.members(f"department:{unit}") if name != person]
        if not others:
            return
        to, reason = self.story.chance.choice(others), self.story.one_of("transfer_reasons")
        if self.obey(case, c.Transfer(actor=person, seat=seat, to=to, reason=reason), at):
            moved = case.marking.visits.get(visit.id)
            if moved is not None and seat in moved.seats:
                self._put(case, moved, moved.seats[seat], at)

    def finish(self, turn: Turn, at: datetime) -> None:
        found = _seat(turn)
        if found is None or found[2].holder != turn.person:
            return
        case, visit, seat = found
        if case.marking.status == "suspended":
            self._later(at + timedelta(days=1), turn)
            return
        if self.story.happens("comment"):
            filling.say(case, visit.node, turn.person, self.story.one_of("comments"), at)
        if seat.role == "lead" and self.story.happens("return") and self._return(case, seat, turn.person, at):
            return
        if not self._complete(case, visit, seat, turn.person, at) and turn.tries < MOST_TRIES:
            again = Turn(
                kind="finish", case=case, number=turn.number, person=turn.person, tries=turn.tries + 1
            )
            self._later(at + AGAIN, again)

    def _return(self, case: PlayedCase, seat: Seat, person: str, at: datetime) -> bool:
        steps = returnable(case.graph, case.marking, seat.id)
        if not steps:
            return False
        reason = self.story.one_of("return_reasons")
        command = c.Return(actor=person, seat=seat.id, to=steps[-1].node, reason=reason)
        return self.obey(case, command, at) is not None

    def _complete(self, case: PlayedCase, visit: Visit, seat: Seat, person: str, at: datetime) -> bool:
        sheet = filling.sheet_of(case, visit, seat)
        found = Replies(self.story, case, person, self.topics.get(case.id, {})).answer(sheet)
        if found.errors:
            error = found.errors[0]
            self.problems[f"{case.graph.key} {visit.node} {error.path}: {error.code}"] += 1
            return False
        duty = case.graph.nodes[visit.node].duty
        command = c.Complete(
            actor=person,
            seat=seat.id,
            answers=found.values,
            signed=duty.decision or sheet.is_signed(found.values),
            documents=frozenset(one.document for one in duty.outputs),
        )
        if not self.obey(case, command, at):
            return False
        if sheet.form is not None and sheet.form.key:
            filling.keep(case, visit.node, sheet.form.key, found.values, person, sheet)
        return True

    def withdraw(self, turn: Turn, at: datetime) -> None:
        if turn.case is not None and turn.case.marking.status == "running":
            reason = self.story.one_of("withdraw_reasons")
            self.obey(turn.case, c.Withdraw(actor=turn.person, reason=reason), at)

    def suspend(self, turn: Turn, at: datetime) -> None:
        case = turn.case
        owners = directory.members(f"post:{case.graph.owner}") if case is not None else []
        if case is None or case.marking.status != "running" or not owners:
            return
        reason = self.story.one_of("suspend_reasons")
        if self.obey(case, c.Suspend(actor=owners[0], reason=reason), at):
            later = at + timedelta(days=self.story.chance.randint(1, 6), hours=2)
            self._later(later, Turn(kind="resume", case=case, person=owners[0]))

    def resume(self, turn: Turn, at: datetime) -> None:
        if turn.case is not None and turn.case.marking.status == "suspended":
            self.obey(turn.case, c.Resume(actor=turn.person), at)

    def urge(self, turn: Turn, at: datetime) -> None:
        case = turn.case
        visit = case.marking.visits.get(turn.number) if case is not None else None
        if case is None or visit is None or case.marking.status != "running":
            return
        seat = next((one for one in visit.seats.values() if one.open and one.decision is None), None)
        if seat is not None:
            text = self.story.one_of("urge_texts")
            self.obey(case, c.Urge(actor=turn.person, seat=seat.id, text=text), at)


def _seat(turn: Turn) -> tuple[PlayedCase, Visit, Seat] | None:
    """Return the seat that a turn is about, where it is still to be decided."""
    case = turn.case
    for visit in case.marking.visits.values() if case is not None and case.is_open else ():
        seat = visit.seats.get(turn.number)
        if case is not None and seat is not None and seat.open and seat.decision is None:
            return case, visit, seat
    return None


TURNS: dict[str, Callable[[Year, Turn, datetime], None]] = {
    "arrive": Year.arrive,
    "timer": Year.timer,
    "take": Year.take,
    "finish": Year.finish,
    "withdraw": Year.withdraw,
    "suspend": Year.suspend,
    "resume": Year.resume,
    "urge": Year.urge,
}
