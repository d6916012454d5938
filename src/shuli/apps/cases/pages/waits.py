"""What a case has to do with the outside, on its page: what it waits for, and what came and went in its timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.cases import presentation, wording
from shuli.apps.cases.models import Case, Delivery, Message, ServiceCall, Subscription
from shuli.core.bpmn.graph import ProcessGraph
from shuli.kit import limits
from shuli.kit.components.moments import moment_within
from shuli.kit.components.values import Step

STATES = {"answered": "done", "held": "done", "failed": "returned", "cancelled": "cancelled"}


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One thing outside for which the case waits."""

    name: str  # of the node
    words: str
    note: str


def waits(case: Case, graph: ProcessGraph) -> list[Wait]:
    """Return what the case waits for now: messages, signals, work that others do."""
    awaited = Subscription.objects.filter(case=case, closed_at=None).order_by("opened_at", "number")
    calls = ServiceCall.objects.filter(case=case, closed_at=None).order_by("created_at", "number")
    return [
        *(_awaited(row, graph) for row in awaited[: limits.PAGE_ROWS]),
        *(_called(row, graph) for row in calls[: limits.PAGE_ROWS]),
    ]


def _awaited(row: Subscription, graph: ProcessGraph) -> Wait:
    kinds = {"signal": _("waits for the signal “%(name)s”"), "message": _("waits for the message “%(name)s”")}
    note = _("for %(value)s") % {"value": row.correlation} if row.correlation else ""
    return Wait(
        name=presentation.node_name(graph, row.node), words=kinds[row.kind] % {"name": row.name}, note=note
    )


def _called(row: ServiceCall, graph: ProcessGraph) -> Wait:
    parts = [str(row.get_state_display())]
    if row.attempts:
        parts.append(ngettext("%(n)s attempt", "%(n)s attempts", row.attempts) % {"n": row.attempts})
    if row.error:
        parts.append(wording.failure_words({"error": row.error}))
    if row.state == ServiceCall.State.OPEN and row.attempts:
        parts.append(_("next attempt %(at)s") % {"at": moment_within(row.next_at)})
    return Wait(name=presentation.node_name(graph, row.node), words=_work(row), note=" · ".join(parts))


def _work(row: ServiceCall) -> str:
    if row.kind == "http":
        return _("calls %(address)s") % {"address": str(row.request.get("url", "")).partition("?")[0]}
    if row.kind == "worker":
        return _("a worker does “%(topic)s”") % {"topic": row.name}
    return _("the function “%(name)s” runs") % {"name": row.name}


# The timeline -------------------------------------------------------------------------------------------


def lines_of(case: Case, graph: ProcessGraph) -> list[tuple[datetime, int, Step]]:
    """Return what came from outside and went there, with its moment and its place among what is of the same moment."""
    # What arrived comes before what it set going.
    return [
        *((at, -1, step) for at, step in _arrived(case)),
        *((at, 0, step) for at, step in _services(case, graph)),
        *((at, 0, step) for at, step in _sent(case, graph)),
    ]


def _services(case: Case, graph: ProcessGraph) -> Iterable[tuple[datetime, Step]]:
    for row in ServiceCall.objects.filter(case=case).order_by("created_at")[: limits.PAGE_ROWS]:
        failed = wording.failure_words({"error": row.error}) if row.state == "failed" else ""
        yield (
            row.created_at,
            Step(
                name=presentation.node_name(graph, row.node),
                state=STATES.get(row.state, "now"),
                at=row.closed_at,
                when="" if row.closed_at else _("in progress"),
                text=" · ".join(filter(None, [_work(row), str(row.get_state_display()), failed])),
            ),
        )


def _sent(case: Case, graph: ProcessGraph) -> Iterable[tuple[datetime, Step]]:
    for row in Message.objects.filter(thrower=case).order_by("at")[: limits.PAGE_ROWS]:
        sentence = (
            _("The signal “%(name)s” went out")
            if row.kind == "signal"
            else _("The message “%(name)s” went out")
        )
        name = presentation.node_name(graph, row.node)
        text = " · ".join(filter(None, [name, str(row.get_state_display()) if row.kind == "message" else ""]))
        yield row.at, Step(name=sentence % {"name": row.name}, state="note", at=row.at, text=text)


def _arrived(case: Case) -> Iterable[tuple[datetime, Step]]:
    rows = Delivery.objects.filter(case_id=case.pk, state=Delivery.State.DONE).select_related(
        "message__thrower"
    )
    for row in rows.order_by("done_at")[: limits.PAGE_ROWS]:
        message, at = row.message, row.done_at or row.message.at
        sentence = (
            _("The signal “%(name)s” arrived")
            if message.kind == "signal"
            else _("The message “%(name)s” arrived")
        )
        origin = _("from case %(number)s") % {"number": message.thrower.number} if message.thrower else ""
        yield at, Step(name=sentence % {"name": message.name}, state="note", at=at, text=origin)
