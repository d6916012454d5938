"""What happened in a case: append-only, enough to build its marking again.

The row that keeps an event adds when, by whom and under which command it happened.
"""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from shuli.core.engine.commands import FromOutside
from shuli.core.engine.event import Event
from shuli.core.engine.marking import CaseStatus, Region, Seat, Step
from shuli.core.engine.marking import Timer as TimerValue
from shuli.core.engine.outside_events import (
    ChildClosed,
    ChildRequested,
    DecisionMade,
    Escalated,
    EscalationThrown,
    IncidentRaised,
    IncidentResolved,
    MadeIrreversible,
    MessageThrown,
    ReminderRaised,
    ServiceClosed,
    ServiceRequested,
    SignalThrown,
    Subscribed,
    TimerCancelled,
    TimerFired,
    TimerSet,
    Unsubscribed,
    WentOverdue,
)
from shuli.core.engine.token_events import (
    Branch,
    BranchesLeftBehind,
    InstanceFinished,
    ScopeClosed,
    ScopeOpened,
    TokenConsumed,
    TokenCreated,
    TokenJoining,
    TokenMoved,
    TokensForked,
    TokensJoined,
    TrailMerged,
    UndoableHandedUp,
    UndoableKept,
    UndoStarted,
)
from shuli.core.engine.verb_events import (
    ActivityStarted,
    BranchCarried,
    BranchesForgotten,
    BranchKept,
    CaseReopened,
    CaseReturned,
    DecidedAutomatically,
    Informed,
    Jumped,
    OpinionsLeft,
    PartFinished,
    ReturnedOut,
    SeatRemoved,
    SignersAdded,
    Skipped,
    SubstituteSet,
    TaskAccepted,
    TaskClaimed,
    TaskDeclined,
    TaskDelegated,
    TaskReleased,
    TaskTransferred,
    TaskUrged,
    TookBack,
    VariablesCorrected,
    VotesCarried,
)

# Told here too, so that all events have one place.
__all__ = [
    "ActivityStarted",
    "Branch",
    "BranchCarried",
    "BranchKept",
    "BranchesForgotten",
    "BranchesLeftBehind",
    "CaseReopened",
    "CaseReturned",
    "ChildClosed",
    "ChildRequested",
    "DecidedAutomatically",
    "DecisionMade",
    "Escalated",
    "EscalationThrown",
    "Event",
    "IncidentRaised",
    "IncidentResolved",
    "Informed",
    "InstanceFinished",
    "Jumped",
    "MadeIrreversible",
    "MessageThrown",
    "OpinionsLeft",
    "PartFinished",
    "ReminderRaised",
    "ReturnedOut",
    "ScopeClosed",
    "ScopeOpened",
    "SeatRemoved",
    "ServiceClosed",
    "ServiceRequested",
    "SignalThrown",
    "SignersAdded",
    "Skipped",
    "Subscribed",
    "SubstituteSet",
    "TaskAccepted",
    "TaskClaimed",
    "TaskDeclined",
    "TaskDelegated",
    "TaskReleased",
    "TaskTransferred",
    "TaskUrged",
    "TimerCancelled",
    "TimerFired",
    "TimerSet",
    "TokenConsumed",
    "TokenCreated",
    "TokenJoining",
    "TokenMoved",
    "TokensForked",
    "TokensJoined",
    "TookBack",
    "TrailMerged",
    "UndoStarted",
    "UndoableHandedUp",
    "UndoableKept",
    "Unsubscribed",
    "VariablesCorrected",
    "VotesCarried",
    "WentOverdue",
]


class CaseStarted(Event, frozen=True, kw_only=True):
    starter: str
    at: datetime
    node: str  # the start event
    called: bool = False  # by another case


class VariablesSet(Event, frozen=True, kw_only=True):
    values: dict[str, Any]
    scope: int = 0


class CustodianSet(Event, frozen=True, kw_only=True):
    person: str


class VisitOpened(Event, frozen=True, kw_only=True):
    visit: int
    node: str
    token: int
    round: int
    at: datetime
    due_at: datetime | None = None
    department: str | None = None
    seats: tuple[Seat, ...] = ()
    returned_from: int | None = None


class SeatOpened(Event, frozen=True, kw_only=True):
    """A later seat of a sequence is now to act."""

    visit: int
    seat: int


class SeatDecided(Event, frozen=True, kw_only=True):
    visit: int
    seat: int
    person: str
    decision: Literal["approve", "reject", "abstain"]
    opinion: str = ""
    signed: bool = False
    on_behalf_of: str | None = None  # whom the person acted for, as a substitute


class VisitClosed(Event, frozen=True, kw_only=True):
    """The visit was decided; `person` is who completed it last."""

    visit: int
    outcome: Literal["completed", "rejected", "returned", "cancelled"]
    person: str | None = None
    reason: str = ""


class TokenPlace(Struct, frozen=True, kw_only=True, gc=False):
    """Where a token stands in another version."""

    flow: str | None = None
    path: tuple[Region, ...] = ()
    trail: tuple[Step, ...] = ()


class Migrated(Event, frozen=True, kw_only=True):
    """The case goes on under another version: every node that it names by its name there."""

    mapping: dict[str, str]
    places: dict[int, TokenPlace]  # by token
    reason: str


class CaseSuspended(Event, frozen=True, kw_only=True):
    """The clocks stop: each pending timer was cancelled just before; `timers` keeps them for the resumption."""

    reason: str = ""
    at: datetime
    timers: tuple[TimerValue, ...] = ()


class CommandHeld(Event, frozen=True, kw_only=True):
    """A message, an answer or the end of a called case reached a suspended case; it counts when the case is resumed."""

    command: FromOutside


class DueMoved(Event, frozen=True, kw_only=True):
    """After a pause the visit has the working time left that it had before, so its date is another."""

    visit: int
    due_at: datetime


class CaseResumed(Event, frozen=True, kw_only=True):
    at: datetime


class CaseEnded(Event, frozen=True, kw_only=True):
    status: CaseStatus
    reason: str = ""
    at: datetime
    trail: tuple[Step, ...] = ()  # what the tokens that it cut off had behind them
