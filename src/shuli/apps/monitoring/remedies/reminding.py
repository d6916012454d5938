"""Reminders by the clock: the day before an action is due, when it is overdue, and when it is to be verified."""

from datetime import date, timedelta

from django.db import transaction

from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.remedies import recording
from shuli.apps.monitoring.remedies.models import Remedy

AHEAD, AGAIN = timedelta(days=1), timedelta(days=7)  # told so long before, and so often until it is done


def remind_due() -> int:
    """Remind whoever is to do or to verify something; return how many were reminded."""
    today = directory.today()
    keys = list(Remedy.objects.filter(verified_at=None).values_list("pk", flat=True))
    return sum(_remind(key, today) for key in keys)


def _remind(key: int, today: date) -> bool:
    with transaction.atomic():
        row = Remedy.objects.select_for_update().get(pk=key)
        code, people = _what(row, today)
        if not code or (row.reminded_on is not None and row.reminded_on > _former(row, today)):
            return False
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
        recording.tell(code, row, people, "")
    return True


def _what(row: Remedy, today: date) -> tuple[str, list[str]]:
    """Return which reminder is due today, and for whom: who recorded it hears of what is overdue, too."""
    if row.done_at is not None:
        return ("remedy_to_verify", [row.recorded_by]) if row.verify_on <= today else ("", [])
    if row.due < today:
        return "remedy_overdue", [row.person, row.recorded_by]
    return ("remedy_due", [row.person]) if row.due - AHEAD <= today else ("", [])


def _former(row: Remedy, today: date) -> date:
    """Return the day after which nobody needs to be reminded again: what became overdue yesterday is news today."""
    turned = row.due if row.done_at is None and row.due < today else date.min
    return max(turned, today - AGAIN)
