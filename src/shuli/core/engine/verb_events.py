"""What people did to tasks, votes and the way of a case, beyond deciding."""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from shuli.core.engine.event import Event
from shuli.core.engine.marking import CaseStatus, Kept, Seat


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


class Informed(Event, frozen=True, kw_only=True):
    """Tell people (获知); it blocks nothing."""

    node: str
    people: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()
    by: str | None = None  # a person sent copies (抄送); None: the node tells
    text: str = ""
