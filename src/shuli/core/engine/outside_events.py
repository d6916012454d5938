"""What happened between a case and the world: clocks, messages, services, other cases, and what went wrong."""

from datetime import datetime
from typing import Any, Literal

from shuli.core.engine.event import Event
from shuli.core.engine.marking import Subscription
from shuli.core.engine.marking import Timer as TimerValue


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
