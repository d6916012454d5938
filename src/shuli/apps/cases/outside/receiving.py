"""What other programs post to a webhook: who may, once, within limits; then it becomes a message."""

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from shuli.apps.cases.models import HookIn, HookReceipt
from shuli.apps.cases.outside import sending
from shuli.core.engine import Refused
from shuli.core.engine.expressions import Problem, evaluate
from shuli.kit import clock, limits, signing

REFUSED_A_MINUTE = 20  # unsigned requests that are written down: whoever floods fills no table


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What came, as it came."""

    timestamp: str
    signature: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is answered: a status, a code of wording.HOOK_ANSWERS, and whom it reached."""

    status: int
    code: str
    params: dict[str, Any]
    message: int | None = None


def refused(status: int, code: str, **params: Any) -> Outcome:
    return Outcome(status=status, code=code, params=params)


def receive(name: str, posted: Posted) -> Outcome:
    """Take what came, or say why not. An address that is not there answers like a wrong signature."""
    hook = HookIn.objects.filter(name=name, is_active=True).first()
    unsigned = _refuse_unsigned(hook, posted)
    if hook is None or unsigned is not None:
        answer = unsigned or refused(401, "signature_wrong")
        _note_unsigned(hook, answer)
        return answer
    if _in_last_minute(hook).filter(digest__isnull=False).count() >= limits.HOOK_RATE:
        return refused(429, "too_many", limit=limits.HOOK_RATE)
    return _take_once(hook, posted)


def _refuse_unsigned(hook: HookIn | None, posted: Posted) -> Outcome | None:
    secret = signing.secret_of(hook.salt if hook else "nobody")
    is_signed = signing.is_signed(secret, posted.timestamp, posted.body, posted.signature)
    if hook is None or not is_signed:
        return refused(401, "signature_wrong")
    is_number = posted.timestamp.isascii() and posted.timestamp.isdigit() and len(posted.timestamp) <= 12
    if not is_number or abs(time.time() - int(posted.timestamp)) > limits.HOOK_WINDOW_SECONDS:
        return refused(401, "time_wrong", seconds=limits.HOOK_WINDOW_SECONDS)
    return None


def _in_last_minute(hook: HookIn) -> Any:
    return HookReceipt.objects.filter(hook=hook, at__gt=timezone.now() - timedelta(minutes=1))


def _note_unsigned(hook: HookIn | None, answer: Outcome) -> None:
    if hook is not None and _in_last_minute(hook).filter(digest=None).count() < REFUSED_A_MINUTE:
        HookReceipt.objects.create(hook=hook, at=timezone.now(), status=answer.status, code=answer.code)


def _take_once(hook: HookIn, posted: Posted) -> Outcome:
    """Write the receipt and send the message in one transaction; the receipt's digest lets it through once."""
    digest = hashlib.sha256(f"{posted.timestamp}.".encode() + posted.body).hexdigest()
    try:
        with transaction.atomic():
            receipt = HookReceipt.objects.create(
                hook=hook, at=timezone.now(), status=200, code="", digest=digest
            )
            answer = _send(hook, posted.body)
            receipt.status, receipt.code, receipt.message_id = answer.status, answer.code, answer.message
            receipt.save(update_fields=["status", "code", "message"])
            return answer
    except IntegrityError as error:
        if "one_receipt_a_digest" not in str(error):
            raise
        return refused(409, "replayed")


def _send(hook: HookIn, body: bytes) -> Outcome:
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return refused(422, "not_json")
    mapped = _mapped(hook, content)
    if isinstance(mapped, Outcome):
        return mapped
    wanted, variables = mapped
    sent = sending.send_message(wanted, variables, hook.person, f"hook:{hook.name}")
    if isinstance(sent, Refused):
        return refused(422, "mapping_failed", problem=sent.code)
    reached = len(sending.reached_by(sent.pk))
    return Outcome(status=200, code="taken", params={"reached": reached}, message=sent.pk)


def _no_constant(name: str) -> None:
    raise ValueError(f"Expected JSON but found {name}.")


def _mapped(hook: HookIn, content: Any) -> tuple[sending.Wanted, dict[str, Any]] | Outcome:
    """Return the message and its variables as the webhook's mapping makes them of the body."""
    context, now = {"body": content}, clock.local_now()
    key = evaluate(hook.correlation, context, now) if hook.correlation else ""
    values = evaluate(hook.variables, context, now) if hook.variables else {}
    for part in (key, values):
        if isinstance(part, Problem):
            return refused(422, "mapping_failed", problem=part.params.get("problem", part.code))
    if key is None:
        return refused(422, "correlation_missing")
    if not isinstance(values, dict):
        return refused(422, "variables_no_context")
    return sending.Wanted(name=hook.message, correlation=str(key)), values
