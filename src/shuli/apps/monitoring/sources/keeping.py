"""Keeping the register: sources with their contacts, plans of extraction, and reminders when one is due (H1-09 to H1-11)."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from shuli.apps.cases import governing
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.sources import rights
from shuli.apps.monitoring.sources.models import DataSource, ExtractionPlan
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

MONTHS = {"month": 1, "quarter": 3}


def save_source(by: str, key: int | None, facts: Mapping[str, Any]) -> DataSource | Refusal:
    """Enter a source, or change one."""
    with transaction.atomic():
        row = DataSource.objects.select_for_update().filter(pk=key).first() if key else DataSource()
        if row is None:
            return Refusal("no_such_source", status=404)
        departments = {facts["department"], row.department} - {""}
        if not all(rights.may_edit(by, one) for one in departments):
            return Denied("source_of_others")
        if DataSource.objects.filter(name=facts["name"]).exclude(pk=row.pk).exists():
            return Refusal("source_name_taken")
        if directory.active_username(facts["contact"]) is None:
            return Refusal("source_without_contact")
        for name, value in facts.items():
            setattr(row, name, value)
        row.changed_by, row.changed_at = by, clock.now()
        row.save()
    return row


def save_plan(by: str, source: int, key: int | None, facts: Mapping[str, Any]) -> ExtractionPlan | Refusal:
    """Enter a plan of extraction for a source, or change one."""
    with transaction.atomic():
        owner = DataSource.objects.filter(pk=source).first()
        row = (
            ExtractionPlan.objects.select_for_update().filter(pk=key, source=source).first()
            if key
            else ExtractionPlan(source=owner)
        )
        if owner is None or row is None:
            return Refusal("no_such_source", status=404)
        if not rights.may_edit(by, owner.department):
            return Denied("source_of_others")
        if directory.active_username(facts["person"]) is None:
            return Refusal("source_without_contact")
        for name, value in facts.items():
            setattr(row, name, value)
        row.reminded_for = None
        row.save()
    return row


def next_after(due: date, every: str) -> date:
    """Return when a plan is due again: a week later, or on the same day of a later month, at its end where it is shorter."""
    if every == ExtractionPlan.Every.WEEK:
        return due + timedelta(days=7)
    year, month = divmod(due.year * 12 + due.month - 1 + MONTHS[every], 12)
    return date(year, month + 1, min(due.day, monthrange(year, month + 1)[1]))


def fulfil(plan: ExtractionPlan, today: date) -> None:
    """Move a plan on whose figures have come: to its next day that is still to come."""
    due = plan.next_due
    while due <= today:
        due = next_after(due, plan.every)
    plan.next_due, plan.reminded_for = due, None
    plan.save(update_fields=["next_due", "reminded_for"])


def remind_due() -> int:
    """Tell whoever gives the data that an extraction is due, once for each due day; return how many were told."""
    today = directory.today()
    rows = ExtractionPlan.objects.filter(is_active=True, source__is_active=True, next_due__lte=today)
    return sum(_remind(key) for key in list(rows.values_list("pk", flat=True)))


def _remind(key: int) -> bool:
    with transaction.atomic():
        # Of the plan alone: its source is only read.
        row = ExtractionPlan.objects.select_for_update(of=("self",)).select_related("source").get(pk=key)
        if row.reminded_for == row.next_due:
            return False
        row.reminded_for = row.next_due
        row.save(update_fields=["reminded_for"])
        link = reverse("monitoring:source", args=[row.source_id])
        params = {"source": row.source_id, "name": row.source.name, "text": row.what, "link": link}
        governing.tell("extraction_due", list(dict.fromkeys([row.person, row.source.contact])), params)
    return True
