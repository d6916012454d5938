"""Rules as people keep them: an owner those of their processes, the process office and administrators all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting import raising
from shuli.apps.monitoring.alerting.models import Alert, AlertRule
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

LONGEST_NOTE = 500


def may_edit(person: str, process_key: str) -> bool:
    """Say whether somebody may keep the rules of a process; "": of the whole company."""
    return may_keep(person) or (bool(process_key) and process_key in catalogue.owned_keys(person))


def rules_for(person: str) -> QuerySet[AlertRule]:
    """Return the rules that watch what somebody answers for: the company's, and those of their processes."""
    if may_keep(person):
        return AlertRule.objects.all()
    return AlertRule.objects.filter(process_key__in=["", *catalogue.overseen_keys(person)])


def save_rule(by: str, key: int | None, facts: Mapping[str, Any]) -> AlertRule | Refusal:
    """Make a rule, or change one. What a changed rule had raised is cleared: it may watch something else now."""
    row = AlertRule.objects.filter(pk=key).first() if key else AlertRule()
    if row is None:
        return Refusal("no_such_rule", status=404)
    if not may_edit(by, facts["process_key"]) or (key and not may_edit(by, row.process_key)):
        return Denied("rule_of_others")
    with transaction.atomic():
        for name, value in facts.items():
            setattr(row, name, value)
        row.changed_by, row.changed_at = by, clock.now()
        row.save()
        raising.clear_all(row, clock.now())
    return row


def switch_rule(by: str, key: int, *, on: bool) -> bool | Refusal:
    """Switch a rule on or off; what it had raised is cleared when it is off."""
    row = AlertRule.objects.filter(pk=key).first()
    if row is None:
        return Refusal("no_such_rule", status=404)
    if not may_edit(by, row.process_key):
        return Denied("rule_of_others")
    with transaction.atomic():
        row.is_active, row.changed_by, row.changed_at = on, by, clock.now()
        row.save(update_fields=["is_active", "changed_by", "changed_at"])
        if not on:
            raising.clear_all(row, clock.now())
    return on


# Alerts ------------------------------------------------------------------------------------------------


def alerts_for(person: str) -> QuerySet[Alert]:
    """Return the alerts that somebody may see: of what they oversee or lead, and what they were told."""
    if may_keep(person):
        return Alert.objects.select_related("rule")
    mine = Q(process_key__in=catalogue.overseen_keys(person), process_key__gt="")
    led = Q(department__in=directory.departments_led(person), department__gt="")
    told = Q(letters__person=person)
    return Alert.objects.select_related("rule").filter(mine | led | told).distinct()


def acknowledge(by: str, key: int, note: str) -> Alert | Refusal:
    """Say that somebody looks after an alert; the first one counts, and the alert stays until it is over."""
    with transaction.atomic():
        row = Alert.objects.select_for_update().filter(pk=key).first()
        if row is None or not alerts_for(by).filter(pk=key).exists():
            return Refusal("no_such_alert", status=404)
        if row.acknowledged_by and row.acknowledged_by != by:
            return Refusal("alert_taken", who=directory.display_names([row.acknowledged_by]))
        row.acknowledged_by, row.acknowledged_at = by, clock.now()
        row.note = note.strip()[:LONGEST_NOTE]
        row.save(update_fields=["acknowledged_by", "acknowledged_at", "note"])
    return row
