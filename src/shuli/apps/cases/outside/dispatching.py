"""Sending what webhooks are to be told: signed, tried again with growing pauses, given up in the end, never forgotten."""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from shuli.apps.cases.models import Dispatch
from shuli.kit import limits, signing
from shuli.kit.backoff import pause
from shuli.kit.failpoints import failpoint
from shuli.kit.outgoing import Answer, Call, Failure, call

LEASE = timedelta(
    seconds=2 * limits.OUTGOING_SECONDS + 10
)  # a sender that died has its dispatch sent by another


def send(dispatch_id: int) -> None:
    """Make one attempt, unless another sender is at it or its time has not come."""
    row = _take(dispatch_id)
    if row is None:
        return
    failpoint("dispatch.begun")
    found = call(_call(row))
    failpoint("dispatch.sent")
    _note(row, found)


def send_due() -> None:
    """Send what is due: the next attempts, and what a sender that died has left."""
    now = timezone.now()
    due = Dispatch.objects.filter(state=Dispatch.State.PENDING, next_at__lte=now).order_by("next_at")
    for dispatch_id in list(due.values_list("pk", flat=True)[: limits.PAGE_ROWS]):
        send(dispatch_id)


def _take(dispatch_id: int) -> Dispatch | None:
    """Count the attempt and keep others away while it lasts; nothing is locked while we wait for the other side."""
    now = timezone.now()
    with transaction.atomic():
        rows = Dispatch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("hook")
        row = rows.filter(pk=dispatch_id, state=Dispatch.State.PENDING, next_at__lte=now).first()
        if row is None or not row.hook.is_active:
            return None
        row.attempts, row.next_at = row.attempts + 1, now + LEASE
        row.save(update_fields=["attempts", "next_at"])
        return row


def _call(row: Dispatch) -> Call:
    body, moment = row.body.encode(), str(int(time.time()))
    signed = signing.signature(signing.secret_of(row.hook.salt), moment, body)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Shuli-Event": row.event,
        "Shuli-Delivery": str(row.pk),
        "Shuli-Timestamp": moment,
        "Shuli-Signature": f"sha256={signed}",
    }
    return Call(url=row.hook.url, headers=headers, body=body)


def _note(row: Dispatch, found: Answer | Failure) -> None:
    """Write down what came of the attempt; a late one does not undo what a later one has written."""
    status = found.status if isinstance(found, Answer) else None
    error = found.code if isinstance(found, Failure) else ""
    values: dict[str, object] = {"status": status, "error": error}
    if status is not None and status in range(200, 300):
        values |= {"state": Dispatch.State.SENT, "sent_at": timezone.now()}
    elif row.attempts >= limits.DISPATCH_ATTEMPTS:
        values |= {"state": Dispatch.State.DEAD}
    else:
        values |= {"next_at": _next(row)}
    Dispatch.objects.filter(pk=row.pk, attempts=row.attempts, state=Dispatch.State.PENDING).update(**values)


def _next(row: Dispatch) -> datetime:
    return timezone.now() + pause(row.attempts)
