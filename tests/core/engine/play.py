"""Play a case in tests: every command is followed by the checks that must hold after any command."""

from datetime import timedelta

import msgspec

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import (
    Accepted,
    FixedWorld,
    Marking,
    Refused,
    check_invariants,
    decide,
    replay,
    returnable,
)
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.events import Event

POOLS = {
    "department:service": ("ann", "bob"),
    "department:product": ("pia", "pet"),
    "department:tech": ("tom",),
    "post:auditor": ("eve",),
}


def company(**more):
    """Return the fixed cast: three departments, their heads, an executive."""
    return FixedWorld(
        pools=POOLS, heads={"service": "sue", "product": "per"}, executives={"service": "max"}, **more
    )


class Play:
    """One case of one graph, in one world."""

    def __init__(
        self, graph: ProcessGraph, world: FixedWorld | None = None, model_breaks: tuple[str, ...] = ()
    ) -> None:
        self.graph = graph
        self.model_breaks = (
            model_breaks  # invariants that this model breaks, so that a linter would refuse it
        )
        self.world = world or company()
        self.marking = Marking()
        self.events: list[Event] = []
        self.last: tuple[Event, ...] = ()

    def ask(self, command: c.Command) -> Accepted | Refused:
        """Send a command; whatever the answer, check what must always hold."""
        before = msgspec.json.encode(self.marking)
        answer = decide(self.graph, self.marking, command, self.world)
        assert msgspec.json.encode(self.marking) == before, "decide changed the marking that it was given"
        if isinstance(answer, Accepted):
            self.events += answer.events
            self.last = answer.events
            self.marking = restarted(answer.marking)
            broken = check_invariants(self.graph, self.marking)
            assert [sentence for sentence in broken if not sentence.startswith(self.model_breaks)] == []
            assert restarted(replay(self.events)) == self.marking, "the events do not lead to the marking"
        return answer

    def do(self, command: c.Command) -> "Play":
        answer = self.ask(command)
        assert isinstance(answer, Accepted), answer
        return self

    def refused(self, command: c.Command) -> Refused:
        answer = self.ask(command)
        assert isinstance(answer, Refused), answer
        return answer

    # What a test says -----------------------------------------------------------------------------------

    def start(self, actor: str = "ann", **variables) -> "Play":
        return self.do(c.Start(actor=actor, variables=variables))

    def complete(self, node: str, actor: str | None = None, **fields) -> "Play":
        return self.do(self.completion(node, actor, **fields))

    def completion(self, node: str, actor: str | None = None, **fields) -> c.Complete:
        seat = self.seat(node, actor)
        return c.Complete(actor=actor or seat.holder or "ann", seat=seat.id, **fields)

    def send_back(self, node: str, to: str, actor: str | None = None, **fields) -> "Play":
        seat = self.seat(node, actor)
        return self.do(
            c.Return(actor=actor or seat.holder or "ann", seat=seat.id, to=to, reason="incomplete", **fields)
        )

    def wait(self, **length) -> "Play":
        """Let time pass and fire what is due, in order."""
        until = self.world.now + timedelta(**length)
        while due := [timer for timer in self.marking.timers.values() if timer.due_at <= until]:
            timer = min(due, key=lambda timer: (timer.due_at, timer.id))
            self.world.now = max(timer.due_at, self.world.now)
            self.do(c.FireTimer(timer=timer.id))
        self.world.now = until
        return self

    def deliver(self, name: str, **data) -> "Play":
        subscription = next(one for one in self.marking.subscriptions.values() if one.name == name)
        return self.do(c.Deliver(subscription=subscription.id, data=data))

    def retry(self, **variables) -> "Play":
        return self.do(c.Retry(incident=next(iter(self.marking.incidents)), variables=variables))

    # What a test sees -----------------------------------------------------------------------------------

    def seat(self, node: str, actor: str | None = None):
        """Return the open seat at a node: the actor's, or the first."""
        seats = [seat for visit in self.visits(node) for seat in visit.seats.values() if seat.open]
        undecided = [seat for seat in seats if seat.decision is None]
        mine = [seat for seat in undecided if actor in (None, seat.holder)]
        claimable = [seat for seat in undecided if seat.pool and actor in self.world.pools[seat.pool]]
        return (mine or claimable or undecided)[0]

    def visits(self, node: str):
        return [visit for visit in self.marking.visits.values() if visit.node == node]

    @property
    def open(self) -> list[str]:
        """Return the nodes with an open visit, one name a visit."""
        return sorted(visit.node for visit in self.marking.visits.values())

    @property
    def at(self) -> list[str]:
        """Return where the tokens stand."""
        return sorted(token.node for token in self.marking.tokens.values())

    @property
    def status(self) -> str:
        return self.marking.status

    @property
    def incidents(self) -> list[str]:
        return [incident.code for incident in self.marking.incidents.values()]

    def happened(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def targets(self, node: str, actor: str | None = None) -> list[str]:
        return [step.node for step in returnable(self.graph, self.marking, self.seat(node, actor).id)]


def restarted(marking: Marking) -> Marking:
    """Return the marking as it is after it was written to the database and read back."""
    return msgspec.json.decode(msgspec.json.encode(marking), type=Marking)


__all__ = ["POOLS", "Play", "c", "company", "e", "restarted"]
