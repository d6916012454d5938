"""What the engine asks of the outside, and the answers it may get."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from shuli.core.bpmn.graph import PerformerKind, ProcessGraph
from shuli.core.engine.events import Event
from shuli.core.engine.marking import Marking
from shuli.core.feel.dmn.decided import Decided
from shuli.core.worktime import WorkCalendar


class Assignment(Struct, frozen=True, kw_only=True, gc=False):
    """Whom a performer rule means now: one holder, or a pool of people who may claim."""

    holder: str | None = None
    pool: str | None = None
    people: tuple[str, ...] = ()  # everybody meant; empty: nobody was found
    # Who acts for whom at the moment (代理), for the people above, by the directory's rules: one hop.
    substitutes: Mapping[str, str] = {}


class ServiceFailure(Struct, frozen=True, kw_only=True):
    """What a registered function gives back instead of variables when it could not do its work."""

    code: str
    params: dict[str, Any] = {}


Service = Callable[[dict[str, Any]], Mapping[str, Any] | ServiceFailure | None]


class World(Protocol):
    """The company as the engine sees it; the cases app and the test double implement it.

    A world may also have `buffer: float`, by which the limits of visits that open now are multiplied (the transition
    after a change).

    A world may also have `services: Mapping[str, Service]`, the functions that service tasks run, by name; one without
    has none.
    """

    now: datetime

    def assign(self, kind: PerformerKind, value: Any, case: Marking, graph: ProcessGraph) -> Assignment:
        """Resolve a performer rule whose FEEL value is already evaluated."""
        ...

    def department_name_is_known(self, code: str) -> bool:
        """Say whether a department with this code exists."""
        ...

    def department_of(self, person: str) -> str | None:
        """Return the code of the department that a person mainly belongs to."""
        ...

    def may_act(self, person: str, pool: str) -> bool:
        """Say whether the person belongs to the pool."""
        ...

    def calendar(self, department: str | None, person: str | None = None) -> WorkCalendar:
        """Return the working calendar of a person's work for a department; without either the company's."""
        ...

    def decide(self, key: str, variables: dict[str, Any]) -> Decided:
        """Ask the version of the decision `key` that is in force now. LookupError: there is no such decision."""
        ...


class Accepted(Struct, frozen=True, kw_only=True, gc=False):
    events: tuple[Event, ...]
    marking: Marking  # after the events; the marking that was given in is untouched


class Refused(Struct, frozen=True, kw_only=True, gc=False):
    """The command changed nothing; the code and its parameters become a sentence in the person's language."""

    code: str
    params: dict[str, Any] = {}


Answer = Accepted | Refused
