"""Writing entries: by the process office, administrators and owners of processes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from shuli.apps.documents.operations import lock
from shuli.apps.monitoring.knowledge.models import Entry
from shuli.apps.monitoring.knowledge.queries import may_edit
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal


def save(by: str, key: int | None, facts: Mapping[str, Any]) -> Entry | Refusal:
    """Write a new entry, which takes the next number, or change one."""
    if not may_edit(by):
        return Denied("entry_of_others")
    with transaction.atomic():
        row = Entry.objects.select_for_update().filter(pk=key).first() if key else Entry(number=_next())
        if row is None:
            return Refusal("no_such_entry", status=404)
        for name, value in facts.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.changed_by, row.changed_at = by, clock.now()
        row.save()
    return row


def _next() -> int:
    lock("knowledge entry")  # so that two who write at once take two numbers
    return int(Entry.objects.aggregate(last=Max("number", default=0))["last"]) + 1
