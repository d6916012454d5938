"""What happens to tokens, to the scopes they run in, and to what can be undone."""

from typing import Any, Literal

from msgspec import Struct

from shuli.core.engine.event import Event
from shuli.core.engine.marking import Detour, Region, Step


class TokenCreated(Event, frozen=True, kw_only=True):
    token: int
    node: str
    scope: int = 0
    flow: str | None = None
    trail: tuple[Step, ...] = ()
    path: tuple[Region, ...] = ()
    detour: Detour | None = None


class TokenMoved(Event, frozen=True, kw_only=True):
    """The token left where it was through `flow` and arrived at `node`."""

    token: int
    node: str
    flow: str | None = None  # None: over a link, or to the boundary event that interrupted the node
    region: Region | None = None  # the branch that it entered, when a fork sent it
    joining: bool = False  # the node is a join, at which it now waits for others


class Branch(Struct, frozen=True, array_like=True, gc=False):
    """One way out of a fork: the token on it, its flow and where that leads."""

    token: int
    flow: str
    node: str


class TokensForked(Event, frozen=True, kw_only=True):
    """A fork sent a token over each of several flows; the first is the one that arrived."""

    token: int
    fork: str
    firing: int
    branches: tuple[Branch, ...]


class TokenJoining(Event, frozen=True, kw_only=True):
    token: int


class TrailMerged(Event, frozen=True, kw_only=True):
    """A join, or the end of a sub-process, gave the surviving token the trails of all that arrived."""

    token: int
    trail: tuple[Step, ...]
    path: tuple[Region, ...] = ()  # where the survivor stands now


class TokensJoined(Event, frozen=True, kw_only=True):
    """A join has fired: one token goes on for all that arrived, and knows what they had behind them."""

    token: int
    others: tuple[int, ...]
    trail: tuple[Step, ...]
    path: tuple[Region, ...] = ()  # where the survivor stands now


class BranchesLeftBehind(Event, frozen=True, kw_only=True):
    """A complex join has gone on without some branches of a fork: each goes on by itself, up to the join."""

    firing: int
    join: str
    regions: tuple[tuple[str, int], ...]  # branch and the number of the path of its own that it is on now


class TokenConsumed(Event, frozen=True, kw_only=True):
    token: int
    reason: Literal["joined", "ended", "cancelled", "terminated", "returned"] = "ended"


class ScopeOpened(Event, frozen=True, kw_only=True):
    scope: int
    node: str
    parent: int
    token: int
    variables: dict[str, Any] = {}
    planned: int = 0


class InstanceFinished(Event, frozen=True, kw_only=True):
    scope: int


class ScopeClosed(Event, frozen=True, kw_only=True):
    scope: int


class UndoableKept(Event, frozen=True, kw_only=True):
    """An activity that compensation can undo was completed, perhaps once more."""

    node: str
    scope: int
    order: int


class UndoableHandedUp(Event, frozen=True, kw_only=True):
    """A sub-process was completed: what can be undone in it is now undone with the scope around it."""

    scope: int
    to: int


class UndoStarted(Event, frozen=True, kw_only=True):
    """An activity is being undone; it is not undone again."""

    node: str
    scope: int
