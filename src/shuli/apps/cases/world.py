"""The company as the engine sees it: people and calendars from the directory, decisions from the catalogue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from shuli.apps.cases import standing, workload
from shuli.apps.cases.outside.functions import registered
from shuli.apps.cases.reviewing import complaint_review
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import PerformerKind, ProcessGraph
from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.marking import Marking
from shuli.core.engine.performers import names_in, several, superior_asked
from shuli.core.engine.world import Assignment, Service
from shuli.core.feel.dmn.decided import Decided
from shuli.core.worktime import WorkCalendar
from shuli.kit import clock

Resolver = Callable[[Any, Marking, ProcessGraph], Assignment]


def _one(person: str | None) -> Assignment:
    return Assignment(holder=person, people=(person,)) if person else Assignment()


def _acting(person: str | None) -> Assignment:
    """Return somebody who had to do with the case, or whoever took over from them when they left."""
    return _one(directory.acting(person) if person != SYSTEM else None)


def _pool(pool: str) -> Assignment:
    people = tuple(directory.members(pool))
    # A post that one person holds is that person; a department's work is claimed.
    if len(people) == 1 and pool.startswith("post:"):
        return _one(people[0])
    return Assignment(pool=pool, people=people) if people else Assignment()


def _superior(value: Any, case: Marking) -> Assignment:
    of, levels = superior_asked(value, case)
    return _one(directory.superior(of, levels) if of else None)


def _chosen(value: Any) -> Assignment:
    acting = [directory.active_username(name) for name in names_in(value)]
    return several(list(dict.fromkeys(name for name in acting if name)))


def _least_loaded(pool: str) -> Assignment:
    """Return the member with the least to do, who may still give the task back to the pool."""
    person = workload.least_loaded(directory.members(pool))
    return Assignment(holder=person, pool=pool, people=(person,)) if person else Assignment()


RESOLVERS: dict[PerformerKind, Resolver] = {
    "person": lambda value, _case, _graph: _one(directory.active_username(value)),
    "starter": lambda _value, case, _graph: _acting(case.starter),
    "first_responder": lambda _value, case, _graph: _acting(case.custodian or case.starter),
    "department": lambda value, _case, _graph: _pool(f"department:{value}"),
    "head": lambda value, _case, _graph: _one(directory.head(value)),
    "liaison": lambda value, _case, _graph: _one(directory.liaison(value)),
    "executive": lambda value, _case, _graph: _one(directory.executive(value)),
    "post": lambda value, _case, _graph: _pool(f"post:{value}"),
    "owner": lambda _value, _case, graph: _pool(f"post:{graph.owner}"),
    "supervisor": lambda _value, _case, graph: _pool(f"post:{graph.supervisor}"),
    "same_as": lambda value, case, _graph: _acting(case.performers.get(value)),
    "superior": lambda value, case, _graph: _superior(value, case),
    "group": lambda value, _case, _graph: _pool(f"group:{value}"),
    "chosen": lambda value, _case, _graph: _chosen(value),
    "least_loaded": lambda value, _case, _graph: _least_loaded(str(value or "")),
}


@dataclass(kw_only=True)
class CompanyWorld:
    """Answer the engine's questions from the database, at one moment."""

    now: datetime
    buffer: float = 1  # by which the limits of what opens now are stretched

    @property
    def services(self) -> Mapping[str, Service]:
        """What service tasks run, by name: ours, and what the company has registered."""
        return {"complaint_review": complaint_review, **standing.FUNCTIONS, **registered()}

    def assign(self, kind: PerformerKind, value: Any, case: Marking, graph: ProcessGraph) -> Assignment:
        resolver = RESOLVERS.get(kind)
        if resolver is None:
            return Assignment()
        found = resolver(value, case, graph)
        acting = directory.acting_for(found.people, graph.key, self.now) if found.holder else {}
        return replace(found, substitutes=acting) if acting else found

    def department_name_is_known(self, code: str) -> bool:
        return directory.department_exists(code)

    def department_of(self, person: str) -> str | None:
        return directory.main_department(person)

    def may_act(self, person: str, pool: str) -> bool:
        return pool in directory.pools_of(person)

    def calendar(self, department: str | None, person: str | None = None) -> WorkCalendar:
        return directory.calendar_for(department, person)

    def decide(self, key: str, variables: dict[str, Any]) -> Decided:
        found = decisions.decide(key, variables, self.now)
        if found is None:
            raise LookupError(f"Expected a decision named {key} in force but found none. Publish it first.")
        return found


def world_of(version_id: int, now: datetime | None = None) -> CompanyWorld:
    """Return the company as a case of this version sees it at a moment, by default now."""
    now = now or clock.local_now()
    return CompanyWorld(now=now, buffer=catalogue.buffers(now.date()).get(version_id, 1))
