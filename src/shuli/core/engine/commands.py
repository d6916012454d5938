"""What people, clocks and other cases ask of a case."""

from typing import Any, Literal

from msgspec import Struct

SYSTEM = "system"


class Command(Struct, frozen=True, kw_only=True, tag=True, tag_field="type", gc=False):
    actor: str = SYSTEM  # username, or "system"


class Start(Command, frozen=True, kw_only=True):
    variables: dict[str, Any] = {}
    start: str | None = None  # which start event; None: the only one without a trigger, or the message's
    message: str | None = None


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


class ChildEnded(Command, frozen=True, kw_only=True):
    child: int
    status: str
    variables: dict[str, Any] = {}


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


AnyCommand = (
    Start | Claim | Release | Complete | Return | Transfer | FireTimer | Deliver | ChildEnded
    | Withdraw | Terminate | Suspend | Resume | Retry
)  # fmt: skip
