"""What people, clocks and other cases ask of a case."""

from typing import Any, Literal

from msgspec import Struct

SYSTEM = "system"


class Command(Struct, frozen=True, kw_only=True, tag=True, tag_field="type"):
    actor: str = SYSTEM  # username, or "system"


class Start(Command):
    variables: dict[str, Any] = {}
    start: str | None = None  # which start event; None: the only one without a trigger, or the message's
    message: str | None = None


class Claim(Command):
    seat: int


class Release(Command):
    seat: int


class Complete(Command):
    seat: int
    answers: dict[str, Any] = {}
    decision: Literal["approve", "reject", "abstain"] = "approve"
    opinion: str = ""
    signed: bool = False
    documents: frozenset[str] = frozenset()  # keys of the outputs that are there


class Return(Command):
    """Send a node back (退回) to an earlier one, with a reason."""

    seat: int
    to: str  # node id
    reason: str
    resubmit: Literal["walk", "straight"] = "walk"


class Transfer(Command):
    seat: int
    to: str  # username
    reason: str = ""


class FireTimer(Command):
    timer: int


class Deliver(Command):
    """Bring a message or signal to a waiting token."""

    subscription: int
    data: dict[str, Any] = {}


class ChildEnded(Command):
    child: int
    status: str
    variables: dict[str, Any] = {}


class Withdraw(Command):
    reason: str = ""


class Terminate(Command):
    reason: str


class Suspend(Command):
    reason: str = ""


class Resume(Command):
    pass


class Retry(Command):
    """Try an incident's node again, after correcting variables."""

    incident: int
    variables: dict[str, Any] = {}


AnyCommand = (
    Start | Claim | Release | Complete | Return | Transfer | FireTimer | Deliver | ChildEnded
    | Withdraw | Terminate | Suspend | Resume | Retry
)  # fmt: skip
