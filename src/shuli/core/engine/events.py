"""What happened in a case: append-only, enough to build its marking again.

The row that keeps an event adds when, by whom and under which command it happened.
"""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from shuli.core.engine.marking import CaseStatus, Seat, Step, Subscription
from shuli.core.engine.marking import Timer as TimerValue


class Event(Struct, frozen=True, kw_only=True, tag=True, tag_field="type"):
    pass


class CaseStarted(Event):
    starter: str
    at: datetime
    node: str  # the start event


class VariablesSet(Event):
    values: dict[str, Any]
    scope: int = 0


class CustodianSet(Event):
    person: str


class TokenCreated(Event):
    token: int
    node: str
    scope: int = 0
    flow: str | None = None
    trail: tuple[Step, ...] = ()


class TokenMoved(Event):
    """The token left where it was through `flow` and arrived at `node`."""

    token: int
    node: str
    flow: str | None = None  # None: a jump over a link or a return


class TokenJoining(Event):
    token: int


class TrailMerged(Event):
    """A join gave the surviving token the trails of all that arrived."""

    token: int
    trail: tuple[Step, ...]


class TokenConsumed(Event):
    token: int
    reason: Literal["joined", "ended", "cancelled", "terminated", "returned"] = "ended"


class ScopeOpened(Event):
    scope: int
    node: str
    parent: int
    token: int
    variables: dict[str, Any] = {}
    planned: int = 0


class InstanceFinished(Event):
    scope: int


class ScopeClosed(Event):
    scope: int


class VisitOpened(Event):
    visit: int
    node: str
    token: int
    round: int
    at: datetime
    due_at: datetime | None = None
    department: str | None = None
    seats: tuple[Seat, ...] = ()
    returned_from: int | None = None


class SeatOpened(Event):
    """A later seat of a sequence is now to act."""

    visit: int
    seat: int


class TaskClaimed(Event):
    visit: int
    seat: int
    person: str


class TaskReleased(Event):
    visit: int
    seat: int


class TaskTransferred(Event):
    visit: int
    seat: int
    person: str  # new holder
    former: str | None
    reason: str


class SeatDecided(Event):
    visit: int
    seat: int
    person: str
    decision: Literal["approve", "reject", "abstain"]
    opinion: str = ""
    signed: bool = False


class VisitClosed(Event):
    """The visit was decided; `person` is who completed it last."""

    visit: int
    outcome: Literal["completed", "rejected", "returned", "cancelled"]
    person: str | None = None
    reason: str = ""


class CaseReturned(Event):
    """A person sent the work back; what it cancelled follows as events of its own."""

    visit: int
    to: str
    reason: str


class TimerSet(Event):
    timer: TimerValue


class TimerFired(Event):
    timer: int


class TimerCancelled(Event):
    timer: int


class WentOverdue(Event):
    visit: int


class ReminderRaised(Event):
    """Remind who has the visit's open seats, or the people that an escalation step names."""

    visit: int
    kind: Literal["before", "at", "after", "repeat"]
    people: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()


class Escalated(Event):
    visit: int
    step: int
    people: tuple[str, ...] = ()


class Informed(Event):
    """Tell people (获知); it blocks nothing."""

    node: str
    people: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()


class Subscribed(Event):
    subscription: Subscription


class Unsubscribed(Event):
    subscription: int


class MessageThrown(Event):
    name: str
    node: str
    data: dict[str, Any] = {}


class ChildRequested(Event):
    child: int
    token: int
    node: str
    process: str
    variables: dict[str, Any] = {}


class ChildClosed(Event):
    child: int
    status: str


class IncidentRaised(Event):
    incident: int
    code: str
    node: str
    token: int | None = None
    params: dict[str, Any] = {}


class IncidentResolved(Event):
    incident: int


class CaseSuspended(Event):
    reason: str = ""
    at: datetime


class CaseResumed(Event):
    at: datetime


class CaseEnded(Event):
    status: CaseStatus
    reason: str = ""
    at: datetime
