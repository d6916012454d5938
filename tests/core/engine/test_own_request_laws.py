"""Nobody approves their own request by any way round: substitution, delegation, hand-over, added signers."""

import os
import random

from core.engine.play import POOLS
from shuli.core.bpmn.graph import Performer, SeatRule, VoteRule
from shuli.core.engine import Accepted, FixedWorld, Marking, decide
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.building import process, task

STEPS = int(os.environ.get("SHULI_STEPS", "4000"))  # the nightly run takes 50,000
PEOPLE = ("ann", "bob", "eve", "sue", "tom")
VOTERS = tuple(
    SeatRule(key=p, performer=Performer(kind="person", value=f'"{p}"')) for p in ("ann", "bob", "eve")
)
# Whoever starts it, three decide: a voter, a member of a pool, a person; a starter's own seat goes to the superior.
GRAPH = process(
    task("vote", seats=VOTERS, vote=VoteRule(kind="all", collect=True), starter_performs="superior"),
    task("pool", lead='"service"', decision=True, starter_performs="superior"),
    task("sign", person="sue", on_reject="end", starter_performs="superior"),
)
ADVICE = frozenset({"before", "delegate"})


class Crew:
    """Five people who try whatever they can, as anybody."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        pairs = {person: self.rng.choice(PEOPLE) for person in PEOPLE}
        self.world = FixedWorld(
            pools=POOLS,
            superiors=dict.fromkeys(PEOPLE, ("max",)),
            substitutes={one: other for one, other in pairs.items() if one != other},
        )
        self.marking = Marking()

    def command(self):
        seats = [seat for visit in self.marking.visits.values() for seat in visit.seats.values()]
        seat, actor, other = self.rng.choice(seats).id, self.rng.choice(PEOPLE), self.rng.choice(PEOPLE)
        position = self.rng.choice(("before", "after", "beside"))
        ways = (
            c.Complete(actor=actor, seat=seat, signed=True, decision=self.rng.choice(("approve", "reject"))),
            c.Complete(actor=actor, seat=seat, signed=True),
            c.Claim(actor=actor, seat=seat),
            c.Release(actor=actor, seat=seat),
            c.Transfer(actor=actor, seat=seat, to=other, reason="away"),
            c.Delegate(actor=actor, seat=seat, to=other),
            c.Substitute(seat=seat, person=self.rng.choice((None, other))),
            c.AddSigner(actor=actor, seat=seat, people=(other,), position=position),
            c.RemoveSigner(actor=actor, seat=seat),
        )
        return self.rng.choice(ways)

    def step(self):
        if self.marking.status != "running":
            self.marking = decide(
                GRAPH, Marking(), c.Start(actor=self.rng.choice(PEOPLE)), self.world
            ).marking
        before = self.marking
        answer = decide(GRAPH, before, self.command(), self.world)
        if isinstance(answer, Accepted):
            self.marking = answer.marking
            return before, [event for event in answer.events if isinstance(event, e.SeatDecided)]
        return before, []


def test_the_starter_decides_nothing_in_any_of_thousands_of_steps():
    crew, decided = Crew(int(os.environ.get("SHULI_SEED", "1"))), 0
    for _ in range(STEPS):
        before, decisions = crew.step()
        for event in decisions:
            role = before.visits[event.visit].seats[event.seat].role
            assert role in ADVICE or event.person != before.starter, f"{before.starter} decided by {event}"
            decided += role not in ADVICE

    assert decided > STEPS / 100
