"""Raising and clearing: an alert is raised once, told once, and stays open until its rule finds it no more."""

import logging
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from shuli.apps.cases import notices
from shuli.apps.monitoring.alerting import habits, recipients
from shuli.apps.monitoring.alerting.models import Alert, AlertRule, Channel, Letter
from shuli.apps.monitoring.alerting.watching import Place, Reading, forgets, readings
from shuli.kit import clock

log = logging.getLogger(__name__)


def watch() -> int:
    """Hold every rule against what is; return how many alerts were raised."""
    return sum(_watch(rule) for rule in AlertRule.objects.filter(is_active=True))


def _watch(rule: AlertRule) -> int:
    now = clock.now()
    try:
        with transaction.atomic():
            return follow(rule, readings(rule, now), now)
    except Exception:
        # One rule's failure must not silence the others; it is tried again with the next watch.
        log.exception("alert rule failed", extra={"rule": rule.pk})
        return 0


def follow(rule: AlertRule, found: list[Reading], now: datetime) -> int:
    """Raise what is new, clear what is over, and note the latest value of what goes on."""
    open_alerts = {_place(alert): alert for alert in rule.alerts.filter(cleared_at=None)}
    seen = {one.place: one for one in found}
    for place, alert in open_alerts.items():
        reading = seen.get(place)
        if reading is None and not forgets(rule):
            continue  # nothing is known of it just now
        if reading is None or not reading.is_breached:
            alert.cleared_at = now
        alert.last_value = reading.value if reading else alert.last_value
        alert.save(update_fields=["cleared_at", "last_value"])
    new = [one for one in found if one.is_breached and one.place not in open_alerts]
    for reading in new:
        _raise(rule, reading, now)
    return len(new)


def _place(alert: Alert) -> Place:
    return Place(**{name: getattr(alert, name) for name in Place.__struct_fields__})


def _raise(rule: AlertRule, reading: Reading, now: datetime) -> None:
    alert = Alert.objects.create(
        rule=rule,
        **msgspec.structs.asdict(reading.place),
        value=reading.value,
        last_value=reading.value,
        limit=rule.limit,
        like=reading.like,
        raised_at=now,
    )
    people = recipients.people_of(rule, reading.place)
    notices.tell_here(people, "alert", facts(alert), now)
    at = habits.tell_at(now, in_digest=rule.in_digest)
    letters = [Letter(alert=alert, person=person, not_before=at) for person in people if rule.by_mail]
    channels = Channel.objects.filter(name__in=rule.channels, is_active=True)
    Letter.objects.bulk_create(
        [*letters, *(Letter(alert=alert, channel=channel, not_before=at) for channel in channels)]
    )


def facts(alert: Alert) -> dict[str, Any]:
    """Return what a notification keeps of an alert, to say it in its reader's language."""
    rule = alert.rule
    place = {name: getattr(alert, name) for name in Place.__struct_fields__}
    return {
        "alert": alert.pk,
        "kind": rule.kind,
        "indicator": rule.indicator,
        "period": rule.period,
        "side": rule.side,
        "value": alert.value,
        "limit": alert.limit,
        "like": alert.like,
        **place,
    }


def clear_all(rule: AlertRule, now: datetime) -> None:
    """Clear what a rule has raised: it is watched no more, or watches something else."""
    rule.alerts.filter(cleared_at=None).update(cleared_at=now)
