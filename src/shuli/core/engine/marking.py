"""What is live in a case now: never its history, so that a step costs the same at any age of the case.

Tokens, visits, seats and timers are frozen values in plain dictionaries keyed by their number within the case.
Only `apply` writes a marking, and only a copy that it owns.
"""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from shuli.core.engine.commands import FromOutside

CaseStatus = Literal[
    "draft", "running", "suspended", "approved", "rejected", "withdrawn", "terminated", "failed",
    "returned",  # a called case that sent the work back to the case that called it
]  # fmt: skip
OUTCOMES = "outcomes"  # the variable in which gateways read how a node was decided
ROOT = 0  # number of the scope that is the process itself


class Region(Struct, frozen=True, array_like=True, gc=False):
    """One enclosure that a token stands in: a branch of a fork, a running sub-process, a boundary's side path.

    What kind it is follows from the node. `id` is the number of this firing of the fork (or of the scope), so that two
    firings of one fork are told apart.
    """

    node: str
    id: int
    flow: str = ""  # a fork: the branch
    taken: tuple[str, ...] = ()  # a fork: every branch that was taken; its join waits for exactly these


def within(path: tuple[Region, ...], branch: Region) -> tuple[Region, ...]:
    """Return the path of a token that enters a branch.

    A fork stands in a path once: where no join closes it, a loop would otherwise lengthen the path at every round.
    """
    for depth, region in enumerate(path):
        if region.node == branch.node and region.flow:
            return (*path[:depth], branch)
    return (*path, branch)


class Step(Struct, frozen=True, array_like=True, gc=False):
    """One human node that an ancestor of a token completed."""

    node: str
    visit: int
    person: str | None
    path: tuple[Region, ...] = ()  # where it stood then, outermost first
    seats: "tuple[Seat, ...]" = ()  # where several decided: how, for a decision that is taken back


class Detour(Struct, frozen=True, kw_only=True, gc=False):
    """What a token remembers that was put where it stands by a return, until it moves on."""

    visit: int | None = None  # which visit sent it back; None: it came back from there
    holder: str | None = None  # who had the node before, and gets it again
    forced: bool = False  # the holder gets it again whatever the node's rule says now
    # Only to come back "straight": the tokens as they were, and what the gateways in between had read.
    back: "tuple[Token, ...]" = ()
    sender: str = ""  # the node that sent it back
    depth: int = 0  # how many regions of the path were untouched
    reads: dict[str, Any] = {}
    seats: "tuple[Seat, ...]" = ()  # a decision was taken back: the others' votes count again in the new round


class Token(Struct, frozen=True, kw_only=True, gc=False):
    """One token at one node; it waits there until something moves it."""

    id: int
    node: str
    scope: int = ROOT
    flow: str | None = None  # the flow it came through; a join counts by it
    joining: bool = False  # arrived at a join that has not fired
    # What its ancestors completed, oldest first, each node once: bounded by the model, not by the case's age.
    trail: tuple[Step, ...] = ()
    path: tuple[Region, ...] = ()  # what encloses it, outermost first
    detour: Detour | None = None


class Scope(Struct, frozen=True, kw_only=True, gc=False):
    """A running sub-process or multi-instance body; dies with its last token."""

    id: int
    node: str
    parent: int = ROOT
    token: int  # the token that waits at the activity
    variables: dict[str, Any] = {}  # local: the item of a multi-instance, its counter
    planned: int = 0  # multi-instance: instances in all
    finished: int = 0


class Seat(Struct, frozen=True, kw_only=True, gc=False):
    """One place at a visit: the work item of its holder, or of everybody in its pool."""

    id: int
    visit: int
    # before, after: added to the seat `parent`, for its holder; delegate: does its work and gives it back.
    role: Literal["lead", "contribute", "vote", "before", "after", "delegate"] = "lead"
    key: str = ""  # of the seat rule; "" for the lead
    department: str | None = None
    holder: str | None = None
    pool: str | None = None  # "department:service", "post:…": who may claim
    order: int = 0
    weight: int = 1
    open: bool = True  # in a sequence, later seats open one by one
    decision: Literal["approve", "reject", "abstain"] | None = None
    touched: bool = False  # somebody has acted on it, short of deciding
    added_by: str | None = None  # who added it (加签); None: the model did
    parent: int | None = None  # the seat to which it was added
    group: int = 0  # seats that were added together decide together, by `rule`
    rule: Literal["", "all", "any", "sequence"] = ""
    substitute: str | None = None  # who may act for the holder (代理)
    principal: str | None = None  # for whom the holder acts, having taken the seat as a substitute
    offered_by: str | None = None  # handed over and not yet accepted: who did so; "" where it lay in a pool
    urged_at: datetime | None = None
    urges: int = 0


class Visit(Struct, frozen=True, kw_only=True, gc=False):
    """One round of one human node; votes, timers, due date and outcome hang on it."""

    id: int
    node: str
    token: int
    round: int
    opened_at: datetime
    due_at: datetime | None = None
    department: str | None = None  # lead department, resolved
    seats: dict[int, Seat] = {}
    returned_from: int | None = None  # the visit that sent it back


class Timer(Struct, frozen=True, kw_only=True, gc=False):
    """Something to happen at a moment; it dies with its owner."""

    id: int
    kind: Literal["event", "boundary", "due", "reminder", "escalation"]
    due_at: datetime
    node: str
    token: int | None = None  # owner of event and boundary timers
    visit: int | None = None  # owner of due, reminder and escalation timers
    step: int = 0  # which reminder or escalation step of the duty
    count: int = 0  # how often a repeating one has fired


class Subscription(Struct, frozen=True, kw_only=True, gc=False):
    """A token that waits for a message, for a signal or for a condition (its FEEL text is the name)."""

    id: int
    kind: Literal["message", "signal", "conditional"]
    name: str
    node: str
    token: int
    correlation: str | None = None


class Incident(Struct, frozen=True, kw_only=True, gc=False):
    """Something that a person must mend: what was expected, what was found."""

    id: int
    code: str
    node: str
    token: int | None = None
    params: dict[str, Any] = {}
    # What a retry does again: enter the node, leave it, choose its way out, or go on with its instances.
    phase: Literal["enter", "leave", "depart", "proceed"] = "enter"


class Child(Struct, frozen=True, kw_only=True, gc=False):
    """A called process that a token waits for."""

    id: int
    token: int
    process: str


class Undoable(Struct, frozen=True, array_like=True, gc=False):
    """A completed activity that compensation can undo: one record for each scope, however often it was done."""

    node: str
    scope: int
    order: int  # grows with each completion: the latest is undone first
    rounds: int = 1


class ServiceCall(Struct, frozen=True, kw_only=True, gc=False):
    """Work of a service task that is being done outside of the case; its token waits for the answer."""

    id: int
    token: int
    node: str
    kind: Literal["function", "http", "worker"]
    name: str


class Kept(Struct, frozen=True, kw_only=True, gc=False):
    """A branch that was done when the work was sent back to before its fork; it may stay done."""

    path: tuple[Region, ...]  # the branch as it was
    steps: tuple[Step, ...]
    digest: str  # of what its people and conditions read


class Marking(Struct, kw_only=True, gc=False, omit_defaults=True):
    """The live state of one case; replaying its events gives it again."""

    status: CaseStatus = "draft"
    starter: str | None = None
    custodian: str | None = None  # 首问责任人
    started_at: datetime | None = None
    last_id: int = 0  # numbers of tokens, visits, seats, timers: one series for each case
    tokens: dict[int, Token] = {}
    scopes: dict[int, Scope] = {}
    visits: dict[int, Visit] = {}
    timers: dict[int, Timer] = {}
    subscriptions: dict[int, Subscription] = {}
    incidents: dict[int, Incident] = {}
    children: dict[int, Child] = {}
    service_calls: dict[int, ServiceCall] = {}
    # Nodes whose work cannot be undone and has begun, with the last number that was given before: bounded by the model.
    irreversible: dict[str, int] = {}
    rounds: dict[str, int] = {}  # rounds begun per human node: bounded by the model
    performers: dict[str, str] = {}  # who completed a node last: bounded by the model
    undoable: tuple[Undoable, ...] = ()  # bounded by the model and the scopes that run
    variables: dict[str, Any] = {}
    # While suspended: the timers that stand still, since when, and what arrived and waits for the resumption.
    paused: dict[int, Timer] = {}
    paused_at: datetime | None = None
    held: "tuple[FromOutside, ...]" = ()
    called: bool = False  # by another case, to which the work can be sent back
    copied: tuple[str, ...] = ()  # who has been sent a copy
    opinions: dict[int, Seat] = {}  # seats of decided visits whose holders may still say what they think
    kept: dict[str, Kept] = {}  # by the flow of the branch: bounded by the model
    ended: tuple[
        Step, ...
    ] = ()  # what the tokens that have ended had behind them, for a case that is reopened
