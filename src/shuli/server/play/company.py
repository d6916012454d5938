"""A company in which everybody is there: whoever a rule means is found, every program answers, every table decides."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuli.core.bpmn.graph import PerformerKind, ProcessGraph
from shuli.core.engine import Assignment, Marking
from shuli.core.engine.world import Service
from shuli.core.engine.world_double import MONDAY
from shuli.core.feel.dmn.decided import Decided
from shuli.core.worktime import STANDARD, WorkCalendar

PLAYER = "you"
POOLS: tuple[PerformerKind, ...] = ("department", "post", "owner", "supervisor", "group")
Decide = Callable[[str], Any]


class EveryService(Mapping[str, Service]):
    """Every program there is: it does nothing and says that it was called."""

    def __init__(self, told: Callable[[str], Mapping[str, Any]]) -> None:
        self._told = told

    def __getitem__(self, name: str) -> Service:
        return lambda _variables: self._told(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(kw_only=True)
class PlayCompany:
    """Answer the engine's questions so that the case goes on; the clock is moved by whoever plays."""

    now: datetime = MONDAY
    decision: Decide = lambda _key: None
    service: Callable[[str], Mapping[str, Any]] = lambda _name: {}
    called: list[str] = field(default_factory=list)  # programs and tables that were asked, in their order

    @property
    def services(self) -> Mapping[str, Service]:
        return EveryService(self._serve)

    def _serve(self, name: str) -> Mapping[str, Any]:
        self.called.append(name)
        return self.service(name)

    def assign(self, kind: PerformerKind, value: Any, case: Marking, graph: ProcessGraph) -> Assignment:
        if kind in POOLS:
            named = {"owner": graph.owner, "supervisor": graph.supervisor}.get(kind, value) or kind
            pool = f"{kind if kind in ('department', 'group') else 'post'}:{_one_name(named)}"
            return Assignment(pool=pool, people=(PLAYER,))
        holder = _holder(kind, value, case)
        return Assignment(holder=holder, people=(holder,))

    def department_name_is_known(self, code: str) -> bool:  # noqa: ARG002 — every department is
        return True

    def department_of(self, person: str) -> str | None:  # noqa: ARG002 — you belong nowhere in particular
        return None

    def may_act(self, person: str, pool: str) -> bool:  # noqa: ARG002 — you may be anybody
        return True

    def calendar(self, department: str | None, person: str | None = None) -> WorkCalendar:  # noqa: ARG002 — one for all
        return STANDARD

    def decide(self, key: str, variables: dict[str, Any]) -> Decided:  # noqa: ARG002 — the protocol's signature
        self.called.append(key)
        return Decided(value=self.decision(key), decision=key)


def _holder(kind: PerformerKind, value: Any, case: Marking) -> str:
    if kind == "starter":
        return case.starter or PLAYER
    if kind == "first_responder":
        return case.custodian or case.starter or PLAYER
    if kind == "same_as":
        return case.performers.get(value, PLAYER)
    if kind in ("person", "chosen"):
        return _one_name(value)
    return f"{kind}:{_one_name(value)}" if isinstance(value, str) and value else kind


def _one_name(value: Any) -> str:
    if isinstance(value, list | tuple):
        value = next(iter(value), None)
    return str(value) if value not in (None, "") else PLAYER
