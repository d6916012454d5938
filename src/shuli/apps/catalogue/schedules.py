"""Processes that start by themselves: when next, what is due now, and pausing that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import ProcessVersion, Schedule
from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import Node, ProcessGraph, TimerRule
from shuli.core.engine.schedule import due_starts, first_start
from shuli.core.worktime import WorkCalendar
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

# Whoever starts a case within an hour of its moment is not late: a worker was busy, or a server was restarted.
LATE_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class DueStart:
    """One case to be started now."""

    process: str
    node: str
    at: datetime  # the moment that the rule named


def timer_starts(graph: ProcessGraph) -> list[Node]:
    """Return the start events of a process that a timer triggers."""
    starts = (graph.nodes[name] for name in graph.starts)
    return [node for node in starts if node.event.trigger == "timer" and node.event.timer is not None]


def renew(version: ProcessVersion) -> None:
    """Take over the timer starts of a version that comes into force; a rule that has not changed goes on as it was."""
    found = {node.id: node for node in timer_starts(queries.graph(version.pk))}
    Schedule.objects.filter(process=version.process).exclude(node__in=found).update(next_at=None)
    for node in found.values():
        rule = msgspec.to_builtins(_rule(node))
        row = Schedule.objects.select_for_update().filter(process=version.process, node=node.id).first()
        if row is not None and row.rule == rule and row.next_at is not None:
            row.version = version
            row.save(update_fields=["version"])
            continue
        now = clock.now()
        values = {
            "version": version,
            "rule": rule,
            "since": now,
            "count": 0,
            "next_at": first_start(_rule(node), now, _calendar(node)),
        }
        Schedule.objects.update_or_create(process=version.process, node=node.id, defaults=values)


def _rule(node: Node) -> TimerRule:
    return node.event.timer or TimerRule(kind="date")


def _calendar(node: Node) -> WorkCalendar:
    return directory.calendar_for(queries.fixed_text(node.duty.lead))


def due_now() -> list[int]:
    """Return the schedules whose moment has come, the earliest first."""
    rows = Schedule.objects.filter(paused_at=None, next_at__lte=clock.now()).order_by("next_at", "pk")
    return list(rows.values_list("pk", flat=True))


def next_due() -> datetime | None:
    rows = Schedule.objects.filter(paused_at=None).exclude(next_at=None).order_by("next_at")
    return rows.values_list("next_at", flat=True).first()


def take(pk: int) -> list[DueStart]:
    """Return what a schedule starts now, and move it on, within the caller's transaction.

    Nothing where another worker has it, or has started it already.
    """
    now = clock.now()
    row = (
        Schedule.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("process")
        .filter(pk=pk, paused_at=None, next_at__lte=now)
        .first()
    )
    if row is None:
        return []
    node = queries.graph(row.version_id).nodes[row.node]
    starts = due_starts(_rule(node), row.since, row.count, now, _calendar(node), LATE_SECONDS)
    row.count, row.next_at = starts.count, starts.next_at
    row.last_at = starts.due[-1] if starts.due else row.last_at
    row.save(update_fields=["count", "next_at", "last_at"])
    return [DueStart(process=row.process.key, node=row.node, at=at) for at in starts.due]


# Pausing ------------------------------------------------------------------------------------------------


@transaction.atomic
def pause(process: str, node: str, person: str) -> Schedule | Refusal:
    """Let a process no longer start by itself, by its process owner."""
    row = _owned(process, node, person)
    if isinstance(row, Refusal):
        return row
    if row.paused_at is None:
        row.paused_at, row.paused_by = clock.now(), person
        row.save(update_fields=["paused_at", "paused_by"])
    return row


@transaction.atomic
def resume(process: str, node: str, person: str) -> Schedule | Refusal:
    """Let it start by itself again, from its next moment on; what the pause left out stays left out."""
    row = _owned(process, node, person)
    if isinstance(row, Refusal):
        return row
    if row.paused_at is None:
        return row
    _move_on(row)
    row.paused_at, row.paused_by = None, ""
    row.save(update_fields=["count", "next_at", "paused_at", "paused_by"])
    return row


def _owned(process: str, node: str, person: str) -> Schedule | Refusal:
    if process not in queries.owned_keys(person):
        return Denied("process_owner_only")
    rows = Schedule.objects.select_for_update().filter(process__key=process, node=node)
    return rows.first() or Refusal("no_such_schedule", status=404)


def let_pass() -> None:
    """Move every schedule on to its next moment from now; what has passed starts nothing."""
    for row in Schedule.objects.exclude(next_at=None).select_related("process"):
        _move_on(row)
        row.save(update_fields=["count", "next_at"])


def _move_on(row: Schedule) -> None:
    found = queries.graph(row.version_id).nodes[row.node]
    starts = due_starts(_rule(found), row.since, row.count, clock.now(), _calendar(found), LATE_SECONDS)
    row.count, row.next_at = starts.count, starts.next_at


def of_process(key: str) -> Iterable[Schedule]:
    """Return the starts of a process that still have a moment to come, or are paused."""
    rows = Schedule.objects.filter(process__key=key).select_related("version")
    return [row for row in rows.order_by("next_at", "pk") if row.next_at is not None]
