"""When the company wants to be told: quiet hours and the time of the digest."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from shuli.apps.directory import queries as directory
from shuli.apps.directory.administration import administrators_only, note
from shuli.apps.monitoring.alerting import timing
from shuli.apps.monitoring.alerting.models import Habits
from shuli.core.worktime import spans_on
from shuli.kit.errors import Refusal

ONLY = 1  # the key of the one row


def habits() -> Habits:
    return Habits.objects.filter(pk=ONLY).first() or Habits(pk=ONLY)


def is_working_day(day: date) -> bool:
    """Say whether the company works on a day, by its calendar."""
    return bool(spans_on(directory.calendar_for(None), day))


def tell_at(now: datetime, *, in_digest: bool) -> datetime:
    """Return from when on somebody may be told of what happened now."""
    return timing.tell_at(timezone.localtime(now), hours(), in_digest=in_digest)


def hours() -> timing.Hours:
    kept = habits()
    return timing.Hours(
        quiet_from=kept.quiet_from,
        quiet_until=kept.quiet_until,
        digest_at=kept.digest_at,
        is_working_day=is_working_day if kept.quiet_days_off else _any_day,
    )


def _any_day(_day: date) -> bool:
    return True


def is_time(now: datetime, at: time) -> bool:
    """Say whether a time of day has come, on a day on which the company works."""
    local = timezone.localtime(now)
    return is_working_day(local.date()) and local.time() >= at


@administrators_only
def save(by: str, facts: Mapping[str, Any]) -> Habits | Refusal:
    """Keep other times."""
    row, _made = Habits.objects.update_or_create(pk=ONLY, defaults=dict(facts))
    note(by, "alert_times", "alerts")
    return row
