"""Goals by the clock: held against the figures every half hour; a status that got worse becomes an alert (H1-63)."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.alerting.watching import Place, Reading
from shuli.apps.monitoring.goals import rights, setting
from shuli.apps.monitoring.goals.models import Goal

log = logging.getLogger(__name__)
BAD = (Goal.State.AT_RISK, Goal.State.MISSED)
FIELDS = ["state", "state_since", "value", "expected", "progress", "reckoned_at"]


def follow() -> int:
    """Hold every running goal against the figures, and tell who came to a post; return how many goals there are."""
    today = directory.today()
    keys = list(rights.running(today).values_list("pk", flat=True))
    for key in keys:
        _follow(key)
    return len(keys)


def _follow(key: int) -> None:
    try:
        with transaction.atomic():
            row = Goal.objects.select_for_update().get(pk=key)
            setting.reckon(row, directory.today())
            row.save(update_fields=FIELDS)
            setting.tell_new(row)
    except Exception:
        # One goal's failure must not keep the others from being followed; it is tried again with the next round.
        log.exception("goal failed", extra={"goal": key})


def readings(rule: AlertRule, _now: datetime) -> Iterator[Reading]:
    """Find the goals that are at risk or missed, as they were reckoned last; each of the two is an alert of its own."""
    wanted = {"process_key": rule.process_key, "department": rule.department}
    named = {name: value for name, value in wanted.items() if value}
    for goal in rights.running(directory.today()).filter(state__in=BAD, **named):
        place = Place(
            process_key=goal.process_key,
            node=goal.node,
            department=goal.department,
            subject=f"{goal.pk}:{goal.state}",
        )
        yield Reading(place=place, value=goal.value or 0.0, is_breached=True)


def goal_of(subject: str) -> Goal | None:
    """Return the goal that an alert is about."""
    number = subject.partition(":")[0]
    return Goal.objects.filter(pk=int(number)).first() if number.isdigit() else None


def setter_of(place: Place) -> list[str]:
    """Return who set the goal of an alert: told whatever the rule says."""
    goal = goal_of(place.subject)
    return [goal.set_by] if goal else []
