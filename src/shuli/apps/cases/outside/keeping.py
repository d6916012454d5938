"""Writing messages down as they are sent, in the transaction of whoever sends them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shuli.apps.cases.models import Message
from shuli.kit import limits

PASSING = "shuli.apps.cases.outside.jobs.pass_on_message"


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A message or signal as somebody sends it."""

    kind: str  # message, signal
    name: str
    correlation: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    thrower: int | None = None  # the case that throws it
    only_case: int | None = None  # the one case that it is for, whatever the correlation
    node: str = ""
    person: str = ""  # who starts what it starts
    source: str
    hours: int | None = None  # how long it is kept; None: as long as usual, 0: not at all


def keep(sending: Sending, now: datetime) -> Message:
    """Write the message down; whoever calls asks for its passing on."""
    hours = limits.MESSAGE_HOURS if sending.hours is None else sending.hours
    return Message.objects.create(
        kind=sending.kind,
        name=sending.name,
        correlation=sending.correlation,
        data=sending.data,
        thrower_id=sending.thrower,
        only_case_id=sending.only_case,
        node=sending.node,
        person=sending.person,
        source=sending.source,
        at=now,
        expires_at=now + timedelta(hours=min(max(hours, 0), limits.MESSAGE_MOST_HOURS)),
    )
