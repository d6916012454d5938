"""One case in memory: the engine decides as ever, and what its commands change is kept until the case is written."""

from dataclasses import dataclass, field
from datetime import datetime

from shuli.apps.cases import execution, notices, store
from shuli.apps.cases.changes import Change
from shuli.apps.cases.lots import PLACE
from shuli.apps.cases.models import Comment, DecisionRecord, FormRecord, Notification
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue import queries as catalogue
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted, Refused
from shuli.core.engine import commands as c
from shuli.core.engine.marking import Marking, Visit
from shuli.kit.chain import link


@dataclass(kw_only=True, eq=False)
class PlayedCase:
    """A case with all its rows; nothing of it is in the database yet."""

    id: int
    number: str
    version_id: int
    starter: str
    department: str
    started_at: datetime
    parent: "tuple[PlayedCase, int] | None" = None  # and the number of the call within it
    marking: Marking = field(default_factory=Marking)
    seq: int = 0
    last_hash: bytes = b""
    ended_at: datetime | None = None
    touched: dict[int, datetime] = field(default_factory=dict)  # open visits that somebody has begun
    changes: list[Change] = field(default_factory=list)  # with PLACE where the case's key stands
    events: list[Change] = field(default_factory=list)
    access: dict[str, None] = field(default_factory=dict)
    records: list[FormRecord] = field(default_factory=list)
    decisions: list[DecisionRecord] = field(default_factory=list)
    search: dict[str, str] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    letters: list[Notification] = field(default_factory=list)

    @property
    def graph(self) -> ProcessGraph:
        return catalogue.graph(self.version_id)

    @property
    def is_open(self) -> bool:
        return self.marking.status not in execution.ENDED

    def obey(self, command: c.Command, world: CompanyWorld, *, is_told: bool = False) -> Accepted | Refused:
        """Carry a command out at the world's moment, or change nothing; `is_told`: people find it among their messages."""
        case = self._locked()
        answer = execution.decision(case, self.graph, command, world)
        if isinstance(answer, Refused):
            return answer
        if is_told:
            letters = notices.letters(self.id, self.graph, answer, world, self.marking, command.actor)
            self.letters += letters
        self._keep(execution.projected(case, self.graph, command, answer, world))
        self._chain(answer, command.actor, world.now)
        self.marking = answer.marking
        # As `save_case` does: the first end counts until the case is open again.
        self.ended_at = None if self.is_open else self.ended_at or world.now
        return answer

    def begin(self, visit: Visit, at: datetime) -> None:
        """Let somebody open a task that is theirs: from here on the time is handling, not waiting."""
        if visit.id not in self.touched:
            self.touched[visit.id] = at
            self.changes.append(("touch_visit", (at, PLACE, visit.id)))

    def _locked(self) -> store.LockedCase:
        return store.LockedCase(
            id=PLACE,
            version_id=self.version_id,
            marking=self.marking,
            seq=self.seq,
            last_hash=self.last_hash,
            parent_id=self.parent[0].id if self.parent else None,
            parent_child=self.parent[1] if self.parent else None,
            number=self.number,
            touched=self.touched,
            edition=None,
        )

    def _keep(self, changes: list[Change]) -> None:
        for name, values in changes:
            if name == "give_access":
                self.access[values[1]] = None
                continue
            if name == "touch_visit":
                self.touched[values[2]] = values[0]
            elif name == "close_visit":
                self.touched.pop(values[-1], None)
            self.changes.append((name, values))

    def _chain(self, answer: Accepted, actor: str, at: datetime) -> None:
        case = self._locked()
        for n, (kind, payload) in enumerate(store.event_payloads(answer.events), start=self.seq + 1):
            covered = store.event_bytes(self.id, n, at, actor, payload)
            self.last_hash = link(self.last_hash, covered)
            self.events.append(
                ("append_event", (self.id, n, at, kind, actor, payload.decode(), self.last_hash))
            )
        self.seq = case.seq + len(answer.events)
