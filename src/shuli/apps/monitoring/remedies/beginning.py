"""Where an action comes from: an alert, a violation, a goal or a figure fills in what is known already."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from shuli.apps.monitoring.alerting import words as alerting
from shuli.apps.monitoring.alerting.models import Alert
from shuli.apps.monitoring.alerting.raising import facts
from shuli.apps.monitoring.alerting.rules import alerts_for
from shuli.apps.monitoring.auditing.rights import visible_violations
from shuli.apps.monitoring.goals import rights as goals
from shuli.apps.monitoring.goals.following import goal_of
from shuli.apps.monitoring.knowledge.queries import fitting
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.places import chosen_of
from shuli.apps.monitoring.remedies.models import Remedy

VIOLATIONS = "violations"  # the indicator by which a violation shows


def known_of(person: str, source: str, key: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what a new action's form holds already; only of what the person may see."""
    if source in READERS and key.isdigit():
        return {**READERS[source](person, int(key)), "source": source, "source_key": key}
    where = Where(
        process=asked.get("process", ""), node=asked.get("node", ""), department=asked.get("department", "")
    )
    return {**_begun(where, asked.get("indicator", "")), "source": Remedy.Source.FIGURE.value}


def _begun(where: Where, indicator: str, problem: str = "") -> dict[str, Any]:
    entry = next(iter(fitting(indicator)), None)
    return {
        "place": chosen_of(where),
        "department": where.department,
        "indicator": indicator,
        "problem": problem[:200],
        "entry": str(entry.pk) if entry else "",
    }


def indicator_of(alert: Alert) -> str:
    """Return the indicator that an alert is about; that of its goal, where it is about one."""
    goal = goal_of(alert.subject) if alert.subject else None
    return goal.indicator if goal else alert.rule.indicator


def _of_alert(person: str, key: int) -> dict[str, Any]:
    row = alerts_for(person).filter(pk=key).first()
    if row is None:
        return {}
    where = Where(process=row.process_key, node=row.node, department=row.department)
    return _begun(where, indicator_of(row), alerting.sentence(facts(row)))


def _of_violation(person: str, key: int) -> dict[str, Any]:
    row = visible_violations(person).filter(pk=key).first()
    if row is None:
        return {}
    where = Where(process=row.process_key, department=row.department)
    return _begun(where, VIOLATIONS, row.text)


def _of_goal(person: str, key: int) -> dict[str, Any]:
    row = goals.visible(person).filter(pk=key).first()
    if row is None:
        return {}
    where = Where(process=row.process_key, node=row.node, department=row.department)
    return _begun(where, row.indicator, row.title)


READERS: dict[str, Callable[[str, int], dict[str, Any]]] = {
    Remedy.Source.ALERT: _of_alert,
    Remedy.Source.VIOLATION: _of_violation,
    Remedy.Source.GOAL: _of_goal,
}


def address_of(row: Remedy) -> str:
    """Return where the reader sees what an action began with."""
    if row.source == Remedy.Source.ALERT:
        return f"{reverse('monitoring:alerts')}?all=1#alert-{row.source_key}"
    if row.source == Remedy.Source.VIOLATION:
        return reverse("monitoring:violation", args=[row.source_key])
    if row.source == Remedy.Source.GOAL:
        return reverse("monitoring:goal", args=[row.source_key])
    return reverse("monitoring:process", args=[row.process_key]) if row.process_key else ""
