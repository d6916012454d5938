"""A version's way through time: approved, in force, in transition, retired. Each step may be asked for twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min

from shuli.apps.catalogue import queries, schedules
from shuli.apps.catalogue.models import Draft, Process, ProcessVersion
from shuli.kit import clock
from shuli.kit.failpoints import failpoint

Status = ProcessVersion.Status


def take_effect(version: ProcessVersion) -> None:
    """Put a version in force within the caller's transaction; the one before stays startable for its transition."""
    now = clock.now()
    process = Process.objects.select_for_update().get(pk=version.process_id)
    old = process.versions.filter(status=Status.PUBLISHED).exclude(pk=version.pk).first()
    if old is not None:
        until = now + timedelta(days=version.transition_days) if version.transition_days else None
        old.status = Status.TRANSITION if until else Status.RETIRED
        old.replaced_at, old.transition_until = now, until
        old.save(update_fields=["status", "replaced_at", "transition_until"])
    failpoint("version.retired")
    version.status = Status.PUBLISHED
    version.save(update_fields=["status"])
    _follow_model(process, version)
    schedules.renew(version)
    failpoint("version.published")


def _follow_model(process: Process, version: ProcessVersion) -> None:
    """Let the register say what the model in force says; an entry that somebody has edited keeps what they wrote."""
    graph = queries.graph(version.pk)
    process.owner_post = graph.owner or process.owner_post
    process.supervisor_post = graph.supervisor or process.supervisor_post
    process.retired_at = None
    if not process.edited_at:
        process.name, process.name_en = graph.name.zh or process.name, graph.name.en or process.name_en
        process.goal, process.goal_en = graph.goal.zh or process.goal, graph.goal.en or process.goal_en
        process.category = graph.category or process.category
    process.save()


def add_version(process: Process, parts: Mapping[str, Any], facts: Mapping[str, Any]) -> ProcessVersion:
    """Add an approved version that takes effect at its `effective_at`; at once where that has come."""
    latest = process.versions.order_by("-pk").first()
    version = process.versions.create(
        number=next_number(latest),
        status=Status.COMING,
        published_at=clock.now(),
        **parts,
        **facts,
    )
    if facts["effective_at"] <= clock.now():
        take_effect(version)
    return version


def next_number(latest: ProcessVersion | None) -> str:
    if latest is None:
        return "1.0"
    major, _dot, minor = latest.number.partition(".")
    return f"{major}.{int(minor or 0) + 1}"


# By the clock -------------------------------------------------------------------------------------------


def follow_clock() -> int:
    """Put in force what is due, and end transitions that are over; return how many versions changed their state."""
    now = clock.now()
    due = ProcessVersion.objects.filter(status=Status.COMING, effective_at__lte=now).order_by("effective_at")
    done = sum(_take_effect_once(pk) for pk in list(due.values_list("pk", flat=True)))
    over = ProcessVersion.objects.filter(status=Status.TRANSITION, transition_until__lte=now)
    return done + over.update(status=Status.RETIRED)


@transaction.atomic
def _take_effect_once(pk: int) -> int:
    rows = ProcessVersion.objects.select_for_update(skip_locked=True).filter(pk=pk, status=Status.COMING)
    version = rows.first()
    if version is None:
        return 0
    take_effect(version)
    return 1


def next_due() -> datetime | None:
    """Return when the next version takes effect or the next transition ends."""
    coming = ProcessVersion.objects.filter(status=Status.COMING).aggregate(at=Min("effective_at"))["at"]
    ending = ProcessVersion.objects.filter(status=Status.TRANSITION).aggregate(at=Min("transition_until"))[
        "at"
    ]
    return min((at for at in (coming, ending) if at is not None), default=None)


def end_transition(process: Process) -> None:
    """Let every version before the one in force start nothing any more, from now on."""
    rows = process.versions.filter(status=Status.TRANSITION)
    rows.update(status=Status.RETIRED, transition_until=clock.now())


def close_draft(draft: Draft | None, version: ProcessVersion) -> None:
    """Note which version a draft has become."""
    if draft is not None:
        draft.state, draft.version = Draft.State.PUBLISHED, version
        draft.save(update_fields=["state", "version"])
