"""Random block-structured models, and people who do random things with them.

A model is a tree of `Shape`s: plain data that an oracle can walk without knowing the engine. `graph_of_shape` builds its
graph; `play_at_random` plays it to its end and gives every answer to the caller.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from shuli.core.bpmn.graph import (
    Call,
    EventRule,
    Multiple,
    Performer,
    ProcessGraph,
    SeatRule,
    StandardLoop,
    VoteRule,
)
from shuli.core.engine import Accepted, FixedWorld, Marking, Refused, decide, returnable
from shuli.core.engine import building as b
from shuli.core.engine import building_events as be
from shuli.core.engine import commands as c
from shuli.core.worktime import Offset, Repeat, WorkingHours

PEOPLE = ("ann", "bob", "eve", "sue", "tom")
VARIABLES = ("v1", "v2", "v3")
SIMPLE = (
    "task",
    "task",
    "task",
    "vote",
    "pool",
    "script",
    "timer",
    "message",
    "call",
    "race",
    "many",
    "rounds",
)
NESTING = (
    "and", "or", "xor", "loop", "sub", "many_subs", "interrupted", "accompanied",
    "reported", "failing", "beside", "some", "deal",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One block: its kind, the id of its first node, its branches (each a sequence of shapes), and its details."""

    kind: str
    id: str
    branches: tuple[tuple["Shape", ...], ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def walk(self) -> Iterator["Shape"]:
        yield self
        for branch in self.branches:
            for shape in branch:
                yield from shape.walk()


# Making models ------------------------------------------------------------------------------------------


class Maker:
    """Makes shapes with ids of their own."""

    def __init__(self, rng: random.Random, most: int = 40) -> None:
        self.rng = rng
        self.left = most
        self.count = 0

    def sequence(self, depth: int, longest: int = 3) -> tuple[Shape, ...]:
        return tuple(self.shape(depth) for _ in range(self.rng.randint(1, longest)))

    def shape(self, depth: int) -> Shape:
        self.count += 1
        self.left -= 1
        nests = depth > 0 and self.left > 0 and self.rng.random() < 0.6
        kind = self.rng.choice(NESTING if nests else SIMPLE)
        return self.nested(kind, depth - 1) if nests else self.simple(kind)

    def simple(self, kind: str) -> Shape:
        rng = self.rng
        details: dict[str, Any] = {"person": rng.choice(PEOPLE)}
        if kind == "vote":
            details["rule"] = rng.choice(("all", "any", "ratio", "count", "sequence", "contribute"))
            details["voters"] = tuple(rng.sample(PEOPLE, rng.randint(1, 3)))
            details["on_reject"] = rng.choice(("continue", "continue", "previous", "starter"))
        elif kind == "many":
            details |= {
                "sequential": rng.random() < 0.5,
                "instances": rng.randint(0, 3),
                "enough": rng.randint(1, 3),
            }
        elif kind == "rounds":
            details["maximum"] = rng.randint(1, 3)
        elif kind in ("task", "pool"):
            details["limited"] = rng.random() < 0.3
        return Shape(kind=kind, id=f"{kind}_{self.count}", details=details)

    def nested(self, kind: str, depth: int) -> Shape:
        number, rng = self.count, self.rng
        details: dict[str, Any] = {}
        if kind in ("and", "or", "xor"):
            branches = tuple(self.sequence(depth, 2) for _ in range(rng.randint(2, 3)))
            details["conditions"] = tuple(self.condition() for _ in branches[1:])
        elif kind == "loop":
            branches = (self.sequence(depth, 2),)
            details["times"] = rng.randint(1, 3)
        elif kind == "many_subs":
            branches = (self.sequence(depth, 2),)
            details |= {
                "sequential": rng.random() < 0.5,
                "instances": rng.randint(1, 3),
                "enough": rng.randint(1, 3),
            }
        elif kind == "some":
            branches = tuple(self.sequence(depth, 1) for _ in range(3))
            details["enough"] = rng.randint(1, 3)
        elif kind in ("reported", "failing", "beside", "deal"):
            branches = (self.sequence(depth, 2), self.sequence(0, 1))
            details |= {
                "condition": self.condition(),
                "interrupts": rng.random() < 0.5,
                "person": rng.choice(PEOPLE),
            }
        elif kind in ("interrupted", "accompanied"):
            inside = () if rng.random() < 0.5 else self.sequence(depth, 2)
            branches = (inside, self.sequence(depth, 1))
            details |= {
                "hours": rng.randint(1, 50),
                "person": rng.choice(PEOPLE),
                "repeats": rng.random() < 0.5,
            }
        else:
            branches = (self.sequence(depth, 2),)
        return Shape(kind=kind, id=f"{kind}_{number}", branches=branches, details=details)

    def condition(self) -> str:
        return f"{self.rng.choice(VARIABLES)} > {self.rng.randint(0, 9)}"


def random_shapes(seed: int, depth: int = 4) -> tuple[Shape, ...]:
    """Return the blocks of one random process: about twenty of them, four deep at most."""
    maker = Maker(random.Random(seed))
    shapes: tuple[Shape, ...] = ()
    while maker.count < 12:
        shapes += maker.sequence(depth)
    return shapes


def random_model(seed: int, depth: int = 4) -> ProcessGraph:
    return graph_of_shapes(random_shapes(seed, depth))


def graph_of_shapes(shapes: tuple[Shape, ...]) -> ProcessGraph:
    return b.process(*blocks(shapes), start=None)


def blocks(shapes: tuple[Shape, ...]) -> list[b.Block]:
    return [block for shape in shapes for block in BUILDERS[shape.kind](shape)]


def _task(shape: Shape) -> list[b.Block]:
    more: dict[str, Any] = {}
    if shape.details["limited"]:
        every = Repeat(every=2, unit="working_hours")
        more["limits"] = (WorkingHours(amount=4),)
        more["reminders"] = (Offset(amount=1, when="before"), Offset(amount=1, when="after", repeat=every))
    if shape.kind == "pool":
        return [b.task(shape.id, lead='"service"', **more)]
    return [b.task(shape.id, person=shape.details["person"], **more)]


def _vote(shape: Shape) -> list[b.Block]:
    rule = VoteRule(kind=shape.details["rule"], percent=60, count=2)
    people = shape.details["voters"]
    seats = tuple(SeatRule(key=p, performer=Performer(kind="person", value=f'"{p}"')) for p in people)
    lead = shape.details["person"] if rule.kind == "contribute" else None
    return [b.task(shape.id, person=lead, seats=seats, vote=rule, on_reject=shape.details["on_reject"])]


def _script(shape: Shape) -> list[b.Block]:
    return [b.script(shape.id, "modulo(v1 + 3, 10)", result="v1")]


def _timer(shape: Shape) -> list[b.Block]:
    return [b.timer(shape.id, "PT3H")]


def _message(shape: Shape) -> list[b.Block]:
    return [b.message(shape.id, shape.id)]


def _call(shape: Shape) -> list[b.Block]:
    return [b.node("call_activity", shape.id, call=Call(process="P-OTHER", all_out=False))]


def _race(shape: Shape) -> list[b.Block]:
    late = b.task(f"{shape.id}_late", person=shape.details["person"])
    ways = (
        (b.message(f"{shape.id}_answer", f"{shape.id}_answer"), []),
        (b.timer(f"{shape.id}_wait", "PT5H"), [late]),
    )
    return [b.race(*ways, name=shape.id)]


def _multiple(shape: Shape) -> Multiple:
    return Multiple(
        sequential=shape.details["sequential"],
        cardinality=str(shape.details["instances"]),
        completion=f"numberOfCompletedInstances >= {shape.details['enough']}",
    )


def _many(shape: Shape) -> list[b.Block]:
    return [b.task(shape.id, person=shape.details["person"], multiple=_multiple(shape))]


def _rounds(shape: Shape) -> list[b.Block]:
    loop = StandardLoop(condition="v2 > 3", maximum=shape.details["maximum"])
    return [b.task(shape.id, person=shape.details["person"], loop=loop)]


def _and(shape: Shape) -> list[b.Block]:
    return [b.parallel(*[blocks(branch) for branch in shape.branches], name=shape.id)]


def _conditional(shape: Shape) -> list[b.Block]:
    build = b.inclusive if shape.kind == "or" else b.choice
    conditions = (*shape.details["conditions"], None)
    return [
        build(
            *[(one, blocks(branch)) for one, branch in zip(conditions, shape.branches, strict=True)],
            name=shape.id,
        )
    ]


def _loop(shape: Shape) -> list[b.Block]:
    counter = f"count_{shape.id}"
    inside = [*blocks(shape.branches[0]), b.script(f"{shape.id}_more", f"{counter} + 1", result=counter)]
    begin = b.script(f"{shape.id}_none", "0", result=counter)
    return [begin, b.repeat(f"{counter} < {shape.details['times']}", *inside)]


def _sub(shape: Shape) -> list[b.Block]:
    multiple = _multiple(shape) if shape.kind == "many_subs" else None
    return [b.sub_process(shape.id, *blocks(shape.branches[0]), multiple=multiple)]


def _bounded(shape: Shape) -> list[b.Block]:
    inside, path = shape.branches
    person = shape.details["person"]
    activity = b.sub_process(shape.id, *blocks(inside)) if inside else b.task(shape.id, person=person)
    interrupts = shape.kind == "interrupted"
    repeats = shape.details["repeats"] and not interrupts
    hours = f"PT{shape.details['hours']}H"
    event = b.timer_event(f"R2/{hours}", kind="cycle") if repeats else b.timer_event(hours)
    boundary = b.Boundary(
        id=f"{shape.id}_late", event=event, blocks=tuple(blocks(path)), interrupting=interrupts
    )
    return [b.bounded(activity, boundary)]


def _work(shape: Shape, name: str) -> b.Block:
    return b.task(f"{shape.id}_{name}", person=shape.details["person"])


def _maybe(shape: Shape, block: b.Block) -> b.Block:
    return b.choice((shape.details["condition"], [block]), (None, []), name=f"{shape.id}_if")


def _reported(shape: Shape) -> list[b.Block]:
    inside, path = (blocks(branch) for branch in shape.branches)
    event = EventRule(trigger="escalation")
    throw = b.node("intermediate_throw_event", f"{shape.id}_throw", event=event)
    part = b.sub_process(shape.id, *inside, _work(shape, "work"), throw, _work(shape, "rest"))
    interrupting = shape.details["interrupts"]
    edge = b.Boundary(id=f"{shape.id}_edge", event=event, blocks=tuple(path), interrupting=interrupting)
    return [b.bounded(part, edge)]


def _failing(shape: Shape) -> list[b.Block]:
    inside, path = (blocks(branch) for branch in shape.branches)
    event = EventRule(trigger="error")
    part = b.sub_process(shape.id, *inside, _maybe(shape, b.end(f"{shape.id}_error", "error")))
    if shape.details["interrupts"]:
        return [
            be.with_events(
                part, be.Beside(id=f"{shape.id}_aside", event=event, blocks=tuple(path), interrupting=True)
            )
        ]
    return [b.bounded(part, b.Boundary(id=f"{shape.id}_edge", event=event, blocks=tuple(path)))]


def _beside(shape: Shape) -> list[b.Block]:
    inside, path = (blocks(branch) for branch in shape.branches)
    part = b.sub_process(shape.id, *inside, _work(shape, "work"))
    timer = be.Beside(id=f"{shape.id}_late", event=b.timer_event("PT2H"), blocks=tuple(path))
    stop = be.Beside(
        id=f"{shape.id}_stop",
        event=EventRule(trigger="message", name=shape.id),
        blocks=(_work(shape, "stopped"),),
        interrupting=True,
    )
    return [be.with_events(part, timer, stop)]


def _some(shape: Shape) -> list[b.Block]:
    branches = [blocks(branch) for branch in shape.branches]
    return [be.enough(f"activationCount >= {shape.details['enough']}", *branches, name=shape.id)]


def _deal(shape: Shape) -> list[b.Block]:
    inside, path = (blocks(branch) for branch in shape.branches)
    first = be.undone(_work(shape, "first"), _work(shape, "undo_first"))
    last = be.undone(_work(shape, "last"), _work(shape, "undo_last"))
    cancel = _maybe(shape, b.end(f"{shape.id}_cancel", "cancel"))
    return [be.transaction(shape.id, first, *inside, last, cancel, cancelled=tuple(path))]


BUILDERS: dict[str, Callable[[Shape], list[b.Block]]] = {
    "task": _task, "pool": _task, "vote": _vote, "script": _script, "timer": _timer, "message": _message,
    "call": _call, "race": _race, "many": _many, "rounds": _rounds, "and": _and, "or": _conditional,
    "xor": _conditional, "loop": _loop, "sub": _sub, "many_subs": _sub, "interrupted": _bounded,
    "accompanied": _bounded, "reported": _reported, "failing": _failing, "beside": _beside, "some": _some, "deal": _deal,
}  # fmt: skip


# Playing them -------------------------------------------------------------------------------------------

Watch = Callable[[c.Command, Accepted | Refused, Marking], Marking]


def company() -> FixedWorld:
    return FixedWorld(pools={"department:service": ("ann", "bob")})


class Players:
    """People, a clock and other systems that do what the case lets them do, in random order."""

    def __init__(self, graph: ProcessGraph, seed: int, watch: Watch) -> None:
        self.graph = graph
        self.rng = random.Random(seed)
        self.world = company()
        self.marking = Marking()
        self.watch = watch
        self.mischief = 25  # so many commands that lead away from the end

    def play(self, most: int = 3000, *, must_end: bool = True) -> Marking:
        """Play until the case has ended; fail where it does not within so many commands."""
        values = {name: self.rng.randint(0, 9) for name in VARIABLES}
        self.send(c.Start(actor="ann", variables=values))
        for _ in range(most):
            if self.marking.status not in ("running", "suspended"):
                return self.marking
            self.send(self.next_command())
        if not must_end:
            return self.marking
        raise AssertionError(
            f"Expected the case to end within {most} commands but it stands at {self.marking}"
        )

    def send(self, command: c.Command) -> Accepted | Refused:
        answer = decide(self.graph, self.marking, command, self.world)
        self.marking = self.watch(command, answer, self.marking)
        return answer

    def next_command(self) -> c.Command:
        if self.marking.status == "suspended":
            self.world.now += timedelta(hours=self.rng.randint(1, 30))
            return c.Resume(actor="tom")
        if self.mischief and self.rng.random() < 0.4:
            self.mischief -= 1
            return self.rng.choice(self.mischiefs())(self) or self.progress()
        return self.progress()

    def mischiefs(self) -> "tuple[Callable[[Any], c.Command | None], ...]":
        return MISCHIEF

    def progress(self) -> c.Command:
        """Return a command that leads towards the end."""
        ways = [one for one in (self.completion(), self.outside(), self.incident()) if one is not None]
        return self.rng.choice(ways) if ways else self.tick()

    def open_seats(self) -> list[Any]:
        visits = self.marking.visits.values()
        return [seat for v in visits for seat in v.seats.values() if seat.open and seat.decision is None]

    def completion(self, decision: Any = "approve") -> c.Command | None:
        seats = self.open_seats()
        if not seats:
            return None
        contributions = [seat for seat in seats if seat.role == "contribute"]
        seat = self.rng.choice(contributions or seats)
        answers = {name: self.rng.randint(0, 9) for name in VARIABLES if self.rng.random() < 0.3}
        return c.Complete(actor=seat.holder or "ann", seat=seat.id, answers=answers, decision=decision)

    def outside(self) -> c.Command | None:
        m = self.marking
        if m.children and self.rng.random() < 0.7:
            return c.ChildEnded(
                child=self.rng.choice(list(m.children)), status="approved", variables={"x": 1}
            )
        if m.subscriptions and self.rng.random() < 0.7:
            return c.Deliver(
                subscription=self.rng.choice(list(m.subscriptions)), data={"v3": self.rng.randint(0, 9)}
            )
        return None

    def incident(self) -> c.Command | None:
        incidents = list(self.marking.incidents)
        return c.Retry(actor="tom", incident=self.rng.choice(incidents)) if incidents else None

    def tick(self) -> c.Command:
        """Let the clock go to the next timer; without one, only what waits outside can happen."""
        timers = self.marking.timers.values()
        if not timers:
            return self.outside() or self.tick_nothing()
        timer = min(timers, key=lambda timer: (timer.due_at, timer.id))
        self.world.now = max(self.world.now, timer.due_at)
        return c.FireTimer(timer=timer.id)

    def tick_nothing(self) -> c.Command:
        self.world.now += timedelta(minutes=1)
        return c.Claim(actor="nobody", seat=0)

    def way_back(self) -> c.Command | None:
        seats = [seat for seat in self.open_seats() if seat.role != "contribute"]
        if not seats:
            return None
        seat = self.rng.choice(seats)
        targets = returnable(self.graph, self.marking, seat.id)
        if not targets:
            return None
        resubmit = self.rng.choice(("walk", "straight"))
        to = self.rng.choice(targets).node
        return c.Return(actor=seat.holder or "ann", seat=seat.id, to=to, reason="again", resubmit=resubmit)

    def transfer(self) -> c.Command | None:
        seats = self.open_seats()
        if not seats:
            return None
        return c.Transfer(seat=self.rng.choice(seats).id, to=self.rng.choice(PEOPLE), reason="away")

    def claim(self) -> c.Command | None:
        seats = self.open_seats()
        kind = self.rng.choice((c.Claim, c.Release))
        return kind(actor=self.rng.choice(PEOPLE), seat=self.rng.choice(seats).id) if seats else None

    def stray(self) -> c.Command:
        """Return a command that makes no sense now."""
        number = self.rng.randint(0, self.marking.last_id + 3)
        return self.rng.choice(
            (
                c.Complete(actor="eve", seat=number),
                c.FireTimer(timer=number),
                c.Deliver(subscription=number),
                c.ChildEnded(child=number, status="approved"),
                c.Retry(incident=number),
                c.Resume(),
                c.Start(actor="ann"),
            )
        )


MISCHIEF: tuple[Callable[[Players], c.Command | None], ...] = (
    Players.way_back,
    Players.way_back,
    Players.way_back,
    Players.transfer,
    Players.claim,
    Players.tick,
    Players.tick,
    lambda players: players.completion("reject"),
    lambda _players: c.Suspend(actor="tom", reason="pause"),
    Players.stray,
)
