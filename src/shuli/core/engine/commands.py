"""What people, clocks and other cases ask of a case."""

from typing import Any, Literal

from msgspec import Struct

SYSTEM = "system"


class Command(Struct, frozen=True, kw_only=True, tag=True, tag_field="type", gc=False):
    actor: str = SYSTEM  # username, or "system"


class Start(Command, frozen=True, kw_only=True):
    variables: dict[str, Any] = {}
    # Which start event; None: the message's or signal's, the one without a trigger, or the one whose condition holds.
    start: str | None = None
    message: str | None = None
    signal: str | None = None
    called: bool = False  # by another case


class Claim(Command, frozen=True, kw_only=True):
    seat: int


class Release(Command, frozen=True, kw_only=True):
    seat: int


class Complete(Command, frozen=True, kw_only=True):
    seat: int
    answers: dict[str, Any] = {}
    decision: Literal["approve", "reject", "abstain"] = "approve"
    opinion: str = ""
    signed: bool = False
    documents: frozenset[str] = frozenset()  # keys of the outputs that are there


class Return(Command, frozen=True, kw_only=True):
    """Send a node back (退回) to an earlier one, with a reason."""

    seat: int
    to: str  # node id
    reason: str
    resubmit: Literal["walk", "straight"] = "walk"
    out: bool = False  # out of a called case: `to` is a node of the case that called it, or "" by its policy


class Transfer(Command, frozen=True, kw_only=True):
    seat: int
    to: str  # username
    reason: str = ""


class FireTimer(Command, frozen=True, kw_only=True):
    timer: int


class Deliver(Command, frozen=True, kw_only=True):
    """Bring a message or signal to a waiting token."""

    subscription: int
    data: dict[str, Any] = {}


class ServiceAnswered(Command, frozen=True, kw_only=True):
    """What came back from outside for a service task."""

    call: int
    variables: dict[str, Any] = {}


class ServiceFailed(Command, frozen=True, kw_only=True):
    """A service task could not be done, after every attempt; the code may be caught by an error event."""

    call: int
    code: str
    params: dict[str, Any] = {}


class ChildEnded(Command, frozen=True, kw_only=True):
    child: int
    status: str
    variables: dict[str, Any] = {}
    to: str = ""  # status "returned": where the work goes in this case; "": by the node's policy
    reason: str = ""
    person: str = ""  # status "returned": who sent it back


class Withdraw(Command, frozen=True, kw_only=True):
    reason: str = ""


class Terminate(Command, frozen=True, kw_only=True):
    reason: str


class Suspend(Command, frozen=True, kw_only=True):
    reason: str = ""


class Resume(Command, frozen=True, kw_only=True):
    pass


class Retry(Command, frozen=True, kw_only=True):
    """Try an incident's node again, after correcting variables."""

    incident: int
    variables: dict[str, Any] = {}


class TakeBack(Command, frozen=True, kw_only=True):
    """Void one's own decision (拿回) while nobody has acted on what followed; `visit` is the one that it closed."""

    visit: int
    reason: str = ""


class AddSigner(Command, frozen=True, kw_only=True):
    """Ask others at one's own task (加签): before it, after it, or as voters beside it."""

    seat: int
    people: tuple[str, ...]
    position: Literal["before", "after", "beside"] = "beside"
    rule: Literal["all", "any", "sequence"] = (
        "all"  # how the added ones decide among themselves (before, after)
    )
    reason: str = ""


class RemoveSigner(Command, frozen=True, kw_only=True):
    """Take an added seat away that has not decided (减签). Who may do so, the caller has asked."""

    seat: int
    reason: str = ""
    documents: frozenset[str] = (
        frozenset()
    )  # keys of the outputs that are there, where it completes the visit


class Delegate(Command, frozen=True, kw_only=True):
    """Ask somebody to do the work (委派): it comes back with an opinion, and the holder decides."""

    seat: int
    to: str
    reason: str = ""


class Accept(Command, frozen=True, kw_only=True):
    """Accept a task that was handed over, where the node asks for acceptance."""

    seat: int


class Decline(Command, frozen=True, kw_only=True):
    """Give a handed-over task back to who handed it over, with a reason."""

    seat: int
    reason: str


class Substitute(Command, frozen=True, kw_only=True):
    """Let somebody act at a seat on behalf of its holder (代理), or end that with None."""

    seat: int
    person: str | None = None


class Copy(Command, frozen=True, kw_only=True):
    """Send people a read item (抄送): once a person and case, and it blocks nothing."""

    people: tuple[str, ...]
    node: str = ""
    text: str = ""


class Urge(Command, frozen=True, kw_only=True):
    """Press whoever has a task (催办): at most once a task within four working hours."""

    seat: int
    text: str = ""


class Jump(Command, frozen=True, kw_only=True):
    """Move the token of an open visit, or of an incident, to another node (跳转). An administrator's verb."""

    token: int
    to: str
    reason: str


class Reopen(Command, frozen=True, kw_only=True):
    """Bring a closed case back to a node as a new round (唤醒)."""

    to: str
    reason: str


class Correct(Command, frozen=True, kw_only=True):
    """Set variables of a case that were wrong, with a reason."""

    variables: dict[str, Any]
    reason: str


class StartActivity(Command, frozen=True, kw_only=True):
    """Start an activity inside an ad-hoc sub-process; `token` is the one that stands at the sub-process."""

    token: int
    node: str


class FinishActivities(Command, frozen=True, kw_only=True):
    """Say that an ad-hoc sub-process is complete, where no condition says it."""

    token: int


FromOutside = Deliver | ServiceAnswered | ServiceFailed | ChildEnded


class Entrust(Command, frozen=True, kw_only=True):
    """Make somebody else the first responder of a case (首问责任人), such as when that one leaves."""

    person: str
    reason: str = ""


AnyCommand = (
    Start | Claim | Release | Complete | Return | Transfer | FireTimer | FromOutside
    | Withdraw | Terminate | Suspend | Resume | Retry
    | TakeBack | AddSigner | RemoveSigner | Delegate | Accept | Decline | Substitute | Copy | Urge
    | Jump | Reopen | Correct | StartActivity | FinishActivities | Entrust
)  # fmt: skip
