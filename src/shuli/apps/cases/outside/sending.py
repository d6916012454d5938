"""Messages and signals that programs send: over REST and by webhooks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.db import transaction

from shuli.apps.cases.models import Case, Delivery, Message
from shuli.apps.cases.outside import messages
from shuli.apps.cases.outside.keeping import Sending
from shuli.core.engine import Refused
from shuli.core.engine.marking import OUTCOMES


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom a message is for."""

    name: str
    correlation: str = ""
    case: str = ""  # number of the one case
    hours: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """One case that a message reached, or process that it starts."""

    case: str | None
    process: str
    started: bool
    state: Literal["pending", "done", "missed"]


def send_message(
    wanted: Wanted, variables: Mapping[str, Any], person: str, source: str = "rest"
) -> Message | Refused:
    """Send a message to whoever waits for it, or to one case."""
    only = Case.objects.filter(number=wanted.case).values_list("pk", flat=True).first()
    if wanted.case and only is None:
        return Refused(code="no_such_case")
    sent = Sending(
        kind="message",
        name=wanted.name,
        correlation=wanted.correlation,
        data=_without_outcomes(variables),
        only_case=only,
        person=person,
        source=source,
        hours=wanted.hours,
    )
    with transaction.atomic():
        return messages.send(sent)


def send_signal(name: str, variables: Mapping[str, Any], person: str) -> Message:
    """Send a signal to everybody who waits for it now."""
    sent = Sending(
        kind="signal", name=name, data=_without_outcomes(variables), person=person, source="rest", hours=0
    )
    with transaction.atomic():
        return messages.send(sent)


def _without_outcomes(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables without the one that says how nodes were decided: that is not for others to say."""
    return {name: value for name, value in variables.items() if name != OUTCOMES}


def reached_by(message_id: int) -> list[Reach]:
    """Return whom a message reached, as far as it has got."""
    rows = list(Delivery.objects.filter(message_id=message_id).order_by("pk"))
    cases = {
        case.pk: case for case in Case.objects.filter(pk__in=[row.case_id for row in rows if row.case_id])
    }
    found = []
    for row in rows:
        case = cases.get(row.case_id or 0)
        found.append(
            Reach(
                case=case.number if case else None,
                process=case.process_key if case else row.process_key,
                started=bool(row.process_key),
                state=cast("Literal['pending', 'done', 'missed']", row.state),
            )
        )
    return found
