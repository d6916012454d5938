"""A small company for tests, benchmarks and `shuli play`: it answers like the real one, from plain tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from shuli.core.bpmn.graph import PerformerKind, ProcessGraph
from shuli.core.engine.marking import Marking
from shuli.core.engine.performers import names_in, nth_superior, several, superior_asked
from shuli.core.engine.world import Assignment, Service
from shuli.core.feel.dmn.decided import Decided
from shuli.core.worktime import STANDARD, WorkCalendar

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai, a working day
NOBODY = Assignment()


@lru_cache(maxsize=10_000)
def one(person: str | None) -> Assignment:
    return Assignment(holder=person, people=(person,)) if person else NOBODY


@dataclass(kw_only=True)
class FixedWorld:
    """People by pool ("department:service", "post:auditor"), heads, liaisons and executives by department, one calendar.

    Whoever `unknown` does not name is a person. `now` may be set.
    """

    now: datetime = MONDAY
    pools: dict[str, tuple[str, ...]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    liaisons: dict[str, str] = field(default_factory=dict)
    executives: dict[str, str] = field(default_factory=dict)
    superiors: dict[str, tuple[str, ...]] = field(default_factory=dict)  # per person, nearest first
    substitutes: dict[str, str] = field(default_factory=dict)  # who acts for whom now
    loads: dict[str, int] = field(default_factory=dict)  # open tasks per person
    unknown: frozenset[str] = frozenset()
    working_calendar: WorkCalendar = STANDARD
    calendars: dict[str, WorkCalendar] = field(default_factory=dict)  # of people who have their own
    buffer: float = 1
    decisions: Mapping[str, Callable[[dict[str, Any]], Any]] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)

    def assign(self, kind: PerformerKind, value: Any, case: Marking, graph: ProcessGraph) -> Assignment:
        found = self._assign(kind, value, case, graph)
        if not self.substitutes:
            return found
        acting = {person: self.substitutes[person] for person in found.people if person in self.substitutes}
        return replace(found, substitutes=acting)

    def _assign(self, kind: PerformerKind, value: Any, case: Marking, graph: ProcessGraph) -> Assignment:
        if kind == "starter":
            return one(case.starter)
        if kind == "person":
            return one(None if value in self.unknown else value)
        if kind in ("department", "post", "group", "owner", "supervisor"):
            return self._pool({"owner": graph.owner, "supervisor": graph.supervisor}.get(kind, value), kind)
        if kind == "chosen":
            return several([name for name in names_in(value) if name not in self.unknown])
        return one(self._one_of(kind, value, case))

    def _one_of(self, kind: PerformerKind, value: Any, case: Marking) -> str | None:
        if kind == "first_responder":
            return case.custodian or case.starter
        if kind == "same_as":
            return case.performers.get(value)
        if kind == "superior":
            of, levels = superior_asked(value, case)
            return nth_superior(self.superiors.get(of or "", ()), levels)
        if kind == "least_loaded":
            return min(
                self.pools.get(value, ()), key=lambda name: (self.loads.get(name, 0), name), default=None
            )
        table = {"head": self.heads, "liaison": self.liaisons, "executive": self.executives}[kind]
        return table.get(value)

    def _pool(self, value: Any, kind: PerformerKind) -> Assignment:
        pool = f"{kind}:{value}" if kind in ("department", "group") else f"post:{value}"
        people = self.pools.get(pool, ())
        return Assignment(pool=pool, people=people) if people else NOBODY

    def department_name_is_known(self, code: str) -> bool:
        return f"department:{code}" in self.pools

    def department_of(self, person: str) -> str | None:
        pools = (pool for pool, people in self.pools.items() if person in people)
        return next((pool.split(":")[1] for pool in pools if pool.startswith("department:")), None)

    def may_act(self, person: str, pool: str) -> bool:
        return person in self.pools.get(pool, ())

    def calendar(self, department: str | None, person: str | None = None) -> WorkCalendar:  # noqa: ARG002
        return self.calendars.get(person or "", self.working_calendar)

    def decide(self, key: str, variables: dict[str, Any]) -> Decided:
        if key not in self.decisions:
            raise LookupError(f"Expected a decision table named {key} but found {sorted(self.decisions)}.")
        answer = self.decisions[key](variables)
        return answer if isinstance(answer, Decided) else Decided(value=answer, decision=key)
