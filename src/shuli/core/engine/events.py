"""What happened in a case: append-only, enough to build its marking again.

The row that keeps an event adds when, by whom and under which command it happened.
"""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from shuli.core.engine.commands import FromOutside
from shuli.core.engine.event import Event
from shuli.core.engine.marking import CaseStatus, Kept, Region, Seat, Step, Subscription
from shuli.core.engine.marking import Timer as TimerValue
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

# Told here too, so that all events have one place.
__all__ = [
    "Branch",
    "BranchesLeftBehind",
    "Event",
    "InstanceFinished",
    "ScopeClosed",
    "ScopeOpened",
    "TokenConsumed",
    "TokenCreated",
    "TokenJoining",
    "TokenMoved",
    "TokensForked",
    "TokensJoined",
    "TrailMerged",
    "UndoStarted",
    "UndoableHandedUp",
    "UndoableKept",
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


class TaskClaimed(Event, frozen=True, kw_only=True):
    visit: int
    seat: int
    person: str
    on_behalf_of: str | None = None  # a substitute took it from its holder


class TaskReleased(Event, frozen=True, kw_only=True):
    visit: int
    seat: int


class TaskTransferred(Event, frozen=True, kw_only=True):
    visit: int
    seat: int
    person: str  # new holder
    former: str | None
    reason: str
    pending: bool = False  # it waits for the new holder's acceptance
    substitute: str | None = None  # of the new holder


class TaskAccepted(Event, frozen=True, kw_only=True):
    """The new holder accepted what was handed over."""

    visit: int
    seat: int
    person: str


class TaskDeclined(Event, frozen=True, kw_only=True):
    """What was handed over goes back to who had it; None: to its pool."""

    visit: int
    seat: int
    person: str
    back_to: str | None
    reason: str


class SubstituteSet(Event, frozen=True, kw_only=True):
    """`person` may act at the seat for its holder from now on; None: no longer."""

    visit: int
    seat: int
    person: str | None


class SignersAdded(Event, frozen=True, kw_only=True):
    """Others were asked at a seat (加签). `seats` are new; seats behind them in a sequence moved to `orders`."""

    visit: int
    seat: int
    position: Literal["before", "after", "beside"]
    seats: tuple[Seat, ...]
    person: str
    reason: str = ""
    orders: dict[int, int] = {}


class TaskDelegated(Event, frozen=True, kw_only=True):
    """Somebody does the holder's work (委派) and gives it back with an opinion: at a seat of their own, `child`."""

    visit: int
    seat: int
    child: Seat
    person: str
    reason: str = ""


class SeatRemoved(Event, frozen=True, kw_only=True):
    """An added seat that had not decided is gone (减签, or the others of its group were enough)."""

    visit: int
    seat: int
    person: str
    reason: str = ""


class TaskUrged(Event, frozen=True, kw_only=True):
    """Somebody pressed whoever has the task (催办)."""

    visit: int
    seat: int
    person: str
    at: datetime
    text: str = ""


class SeatDecided(Event, frozen=True, kw_only=True):
    visit: int
    seat: int
    person: str
    decision: Literal["approve", "reject", "abstain"]
    opinion: str = ""
    signed: bool = False
    on_behalf_of: str | None = None  # whom the person acted for, as a substitute


class VotesCarried(Event, frozen=True, kw_only=True):
    """A decision was taken back: what the others had decided counts in the new round too, by its seats."""

    visit: int
    former: int
    decisions: dict[int, Literal["approve", "reject", "abstain"]]


class OpinionsLeft(Event, frozen=True, kw_only=True):
    """The visit is decided, and these seats may still say what they think, uncounted."""

    visit: int
    seats: tuple[Seat, ...]


class DecidedAutomatically(Event, frozen=True, kw_only=True):
    """A policy of the node acted in the place of a person; what it did follows as events of its own."""

    node: str
    rule: Literal["same_person", "starter_performs", "nobody", "overdue"]
    outcome: Literal["skip", "pass", "reject", "transfer", "jump", "superior", "head", "person"]
    visit: int | None = None
    person: str | None = None  # about whom the rule was, or who does it instead


class VisitClosed(Event, frozen=True, kw_only=True):
    """The visit was decided; `person` is who completed it last."""

    visit: int
    outcome: Literal["completed", "rejected", "returned", "cancelled"]
    person: str | None = None
    reason: str = ""


class CaseReturned(Event, frozen=True, kw_only=True):
    """A person sent the work back; what it cancelled follows as events of its own."""

    visit: int
    to: str
    reason: str


class ReturnedOut(Event, frozen=True, kw_only=True):
    """A called case sent the work back to the case that called it: to its node `to`; "" where its policy says."""

    visit: int
    to: str
    reason: str


class TookBack(Event, frozen=True, kw_only=True):
    """Who decided a visit voided that (拿回); what it cancelled follows as events of its own."""

    visit: int
    node: str
    person: str
    reason: str = ""


class ActivityStarted(Event, frozen=True, kw_only=True):
    """Somebody began an activity of an ad-hoc sub-process; its token follows."""

    part: str
    node: str
    person: str


class PartFinished(Event, frozen=True, kw_only=True):
    """Somebody said that an ad-hoc sub-process is complete."""

    part: str
    person: str


class Skipped(Struct, frozen=True, kw_only=True, gc=False):
    """A mandatory output that a jump left out: a violation."""

    node: str
    document: str


class Jumped(Event, frozen=True, kw_only=True):
    """An administrator moved a token (跳转); what that cancelled follows as events of its own."""

    token: int
    node: str  # where it stood
    to: str
    reason: str
    visit: int | None = None
    skipped: tuple[Skipped, ...] = ()
    closes_branch: bool = False  # it went into a sibling branch: its own was closed as skipped


class BranchKept(Event, frozen=True, kw_only=True):
    """A branch was done when the work was sent back to before its fork, and may stay done."""

    flow: str
    kept: Kept


class BranchCarried(Event, frozen=True, kw_only=True):
    """The fork ran again and this branch stayed done, for what it reads has not changed."""

    fork: str
    flow: str
    nodes: tuple[str, ...]


class BranchesForgotten(Event, frozen=True, kw_only=True):
    """The fork has run again: what was kept of its branches is used or stale."""

    flows: tuple[str, ...]


class VariablesCorrected(Event, frozen=True, kw_only=True):
    values: dict[str, Any]
    former: dict[str, Any]
    reason: str


class CaseReopened(Event, frozen=True, kw_only=True):
    """A closed case goes on (唤醒) at a node; where its token stands follows as an event of its own."""

    to: str
    reason: str
    former: CaseStatus
    at: datetime


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


class TimerSet(Event, frozen=True, kw_only=True):
    timer: TimerValue


class TimerFired(Event, frozen=True, kw_only=True):
    timer: int
    again_at: datetime | None = None  # a repeating timer keeps its number and waits until then


class TimerCancelled(Event, frozen=True, kw_only=True):
    timer: int


class WentOverdue(Event, frozen=True, kw_only=True):
    visit: int


class ReminderRaised(Event, frozen=True, kw_only=True):
    """Remind who has the visit's open seats, or the people that an escalation step names."""

    visit: int
    kind: Literal["before", "at", "after", "repeat"]
    people: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()


class Escalated(Event, frozen=True, kw_only=True):
    visit: int
    step: int
    people: tuple[str, ...] = ()


class Informed(Event, frozen=True, kw_only=True):
    """Tell people (获知); it blocks nothing."""

    node: str
    people: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()
    by: str | None = None  # a person sent copies (抄送); None: the node tells
    text: str = ""


class Subscribed(Event, frozen=True, kw_only=True):
    subscription: Subscription


class Unsubscribed(Event, frozen=True, kw_only=True):
    subscription: int


class MessageThrown(Event, frozen=True, kw_only=True):
    """A message goes out, to whoever waits for its name and correlation value or comes to wait while it is kept."""

    name: str
    node: str
    correlation: str | None = None
    keep_hours: int | None = None  # None: as long as the installation keeps messages
    data: dict[str, Any] = {}


class SignalThrown(Event, frozen=True, kw_only=True):
    """A signal went out to everybody; within the case it has been heard already."""

    name: str
    node: str
    data: dict[str, Any] = {}


class EscalationThrown(Event, frozen=True, kw_only=True):
    """Something was reported outward (升级事件); `caught` is the event that took it up, "" where none did."""

    name: str
    node: str
    caught: str = ""


class ServiceRequested(Event, frozen=True, kw_only=True):
    """A service task asks for work outside of the case; `request` is all that whoever does it gets."""

    call: int
    token: int
    node: str
    kind: Literal["function", "http", "worker"]
    name: str  # of the function, or the worker's topic
    request: dict[str, Any] = {}  # http: method, url, headers, body, credential; else the variables
    timeout: int = 10
    retries: int = 3


class ServiceClosed(Event, frozen=True, kw_only=True):
    call: int
    status: Literal["answered", "failed", "cancelled"]
    code: str = ""  # why it failed


class MadeIrreversible(Event, frozen=True, kw_only=True):
    """Work has begun that cannot be undone, so the case can no longer be withdrawn."""

    node: str


class DecisionMade(Event, frozen=True, kw_only=True):
    """A decision answered: by which version and which rows of its table, from which values."""

    node: str
    decision: str
    version: int
    rows: tuple[int, ...] = ()
    value: Any = None
    by: dict[str, Any] = {}  # the whole record: annotations of the rows, values of the input columns


class ChildRequested(Event, frozen=True, kw_only=True):
    child: int
    token: int
    node: str
    process: str
    variables: dict[str, Any] = {}


class ChildClosed(Event, frozen=True, kw_only=True):
    child: int
    status: str


class IncidentRaised(Event, frozen=True, kw_only=True):
    incident: int
    code: str
    node: str
    token: int | None = None
    params: dict[str, Any] = {}
    phase: Literal["enter", "leave", "depart", "proceed"] = "enter"


class IncidentResolved(Event, frozen=True, kw_only=True):
    incident: int


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
