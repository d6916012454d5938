"""Once, however often it is sent: the second sending of a key answers with the first one's result."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction
from django.http import HttpRequest

from shuli.kit.models import IdempotencyKey

HEADER = "HTTP_IDEMPOTENCY_KEY"
FIELD = "idempotency_key"
LONGEST_KEY = 200

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """The key was used before for another command."""

    key: str


def key_of(request: HttpRequest) -> str:
    """Return the key that a request carries in its header or its form, or ""."""
    return str(request.META.get(HEADER) or request.POST.get(FIELD) or "")[:LONGEST_KEY]


def fingerprint(command: object) -> str:
    """Return a short text that differs where the command differs."""
    text = json.dumps(command, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# Two sendings of one key wait for one another here, in any process; the lock ends with the transaction.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def once(actor: str, key: str, command: object, run: Callable[[], Any]) -> Any | Conflict:
    """Run and keep the JSON result under the key, or return what is kept; without a key just run.

    A run that returns None changed nothing worth keeping (a refusal): the key stays free.
    """
    if not key:
        return run()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [f"{actor}\n{key}"])
        kept = IdempotencyKey.objects.filter(actor=actor, key=key).first()
        if kept is not None:
            same = kept.fingerprint == fingerprint(command)
            return kept.result if same else Conflict(key=key)
        result = run()
        if result is not None:
            IdempotencyKey.objects.create(
                actor=actor, key=key, fingerprint=fingerprint(command), result=result
            )
        return result
