"""Once, however often it is sent: the second sending of a key answers with the first one's result."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from shuli.kit import limits
from shuli.kit.failpoints import failpoint
from shuli.kit.models import IdempotencyKey

HEADER = "HTTP_IDEMPOTENCY_KEY"
FIELD = "idempotency_key"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """The key was used before for another command."""

    key: str


def key_of(request: HttpRequest) -> str:
    """Return the key that a request carries in its header or its form, or ""; a longer one stands for itself."""
    key = str(request.META.get(HEADER) or request.POST.get(FIELD) or "")
    return key if len(key) <= limits.IDEMPOTENCY_KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()


def fingerprint(command: object) -> str:
    """Return a short text that differs where the command differs."""
    text = json.dumps(command, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# Two sendings of one key wait for one another here, in any process; the lock ends with the transaction.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def once(actor: str, key: str, command: object, run: Callable[[], Any]) -> Any | Conflict:
    """Run and keep the JSON result under the key, or return what is kept; without a key just run.

    All of it is one transaction: the answer is kept exactly when what it tells of was done. A run that returns
    None changed nothing worth keeping (a refusal): the key stays free.
    """
    if not key:
        return run()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [f"{actor}\n{key}"])
        failpoint("idempotency.claimed")
        kept = IdempotencyKey.objects.filter(actor=actor, key=key).first()
        if kept is not None:
            return kept.result if kept.fingerprint == fingerprint(command) else Conflict(key=key)
        result = run()
        if result is not None:
            IdempotencyKey.objects.create(
                actor=actor, key=key, fingerprint=fingerprint(command), result=result
            )
        failpoint("idempotency.stored")
        return result


def forget_old_answers() -> int:
    """Remove the answers that nobody will ask for again, and return how many."""
    age = timezone.now() - timedelta(days=limits.IDEMPOTENCY_DAYS)
    return IdempotencyKey.objects.filter(at__lt=age).delete()[0]
