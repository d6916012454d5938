"""A lot of commands decided in memory: once for all cases that stand alike and are asked alike.

The engine decides from a marking, a command and the company at one moment; it never knows which case it is about. So what it
decides for one case holds for every other of the lot with the same marking and command: only the key, the number, the
title and the hash chain are each case's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import msgspec

from shuli.apps.cases import execution, store
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue import queries as catalogue
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted, Refused, migrate
from shuli.core.engine import commands as c
from shuli.core.engine.world import Service
from shuli.kit.chain import link

PLACE = -(2**62)  # stands for the key of a case that may be any of many

_encode = msgspec.json.Encoder(enc_hook=str).encode


@dataclass(frozen=True, kw_only=True)
class Move:
    """Let a case go on under another version of its process."""

    actor: str
    version: int
    mapping: dict[str, str]
    reason: str


Wish = c.Command | Move
Asked = tuple[int, Wish]
Answer = Accepted | Refused
Alike = tuple[object, ...]  # what cases have in common for which one decision holds


@dataclass(kw_only=True)
class LotWorld(CompanyWorld):
    """The company at one moment; it notes whether functions were asked for, which run for each case anew."""

    has_run_functions: bool = False

    @property
    def services(self) -> Mapping[str, Service]:
        self.has_run_functions = True
        return super().services


class Worlds(dict[int, LotWorld]):
    """The company at one moment, for the cases of each version."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now

    def __missing__(self, version_id: int) -> LotWorld:
        buffer = catalogue.buffers(self.now.date()).get(version_id, 1)
        self[version_id] = LotWorld(now=self.now, buffer=buffer)
        return self[version_id]


@dataclass(kw_only=True, slots=True)
class Step:
    """One case that goes on: what is its own."""

    case: store.LockedCase
    decided: "Decided"
    number: str
    hashes: list[bytes] = field(default_factory=list)  # of its new events

    def chain(self) -> None:
        """Chain the new events to the case's last one."""
        said, digest, seq = self.decided.said, self.case.last_hash, self.case.seq
        for _, payload in self.decided.payloads:
            seq += 1
            digest = link(digest, b"%d/%d" % (self.case.id, seq) + said + payload)
            self.hashes.append(digest)


@dataclass(kw_only=True, eq=False)
class Decided:
    """What a command comes to on every case that stands as this one does."""

    case: store.LockedCase
    graph: ProcessGraph
    world: LotWorld
    wish: Wish
    answer: Answer
    steps: list[Step] = field(default_factory=list)

    @property
    def accepted(self) -> Accepted:
        if isinstance(self.answer, Refused):
            raise TypeError("Expected a command that was accepted but found a refusal.")
        return self.answer

    @property
    def command(self) -> c.Command:
        return c.Command(actor=self.wish.actor) if isinstance(self.wish, Move) else self.wish

    @property
    def any_case(self) -> store.LockedCase:
        one = self.case
        return store.LockedCase(
            id=PLACE,
            version_id=one.version_id,
            marking=one.marking,
            seq=one.seq,
            last_hash=one.last_hash,
            parent_id=one.parent_id,
            parent_child=one.parent_child,
            number=one.number,
            touched=one.touched,
            edition=one.edition,
        )

    @cached_property
    def said(self) -> bytes:
        return store.said(self.world.now, self.wish.actor)

    @cached_property
    def payloads(self) -> list[tuple[str, bytes]]:
        return store.event_payloads(self.accepted.events)


class Lot:
    """What is decided of a lot: the answers are the caller's, the steps are to be written."""

    def __init__(self, now: datetime) -> None:
        self.worlds = Worlds(now)
        self.steps: list[Step] = []
        self.decided: list[Decided] = []  # what is to be written, each for all its steps
        self._known: dict[Alike, Decided] = {}

    def decide(self, case: store.LockedCase, wish: Wish) -> Answer:
        """Return what is asked comes to; where the case goes on, its step is one more to be written."""
        decided = self._alike(case, wish)
        if isinstance(decided.answer, Accepted):
            step = Step(case=case, decided=decided, number=case.number)
            if not decided.steps:
                self.decided.append(decided)
            decided.steps.append(step)
            self.steps.append(step)
        return decided.answer

    def _alike(self, case: store.LockedCase, wish: Wish) -> Decided:
        # Cases whose rows say the same share one marking while the lot lasts.
        alike = (case.version_id, id(case.marking), *case.touched.items(), type(wish), _encode(wish))
        known = self._known.get(alike)
        # JSON calls a date and its text the same.
        if known is not None and (known.wish is wish or known.wish == wish):
            return known
        decided = self._decide(case, wish)
        if not decided.world.has_run_functions:
            self._known[alike] = decided
        decided.world.has_run_functions = False
        return decided

    def _decide(self, case: store.LockedCase, wish: Wish) -> Decided:
        graph = catalogue.graph(case.version_id)
        if isinstance(wish, Move):
            before, graph, world = graph, catalogue.graph(wish.version), self.worlds[wish.version]
            answer = migrate(before, graph, case.marking, wish.mapping, world, wish.actor, wish.reason)
        else:
            world = self.worlds[case.version_id]
            answer = execution.decision(case, graph, wish, world)
        return Decided(case=case, graph=graph, world=world, wish=wish, answer=answer)
