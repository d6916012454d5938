"""Writing the register: an entry made, edited, deleted, taken out of service. Each is one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.catalogue.register import rights
from shuli.apps.catalogue.register.facts import KEY, OF_THE_MODEL
from shuli.apps.catalogue.register.uses import Use, callers, uses_of
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal


@dataclass(frozen=True, kw_only=True)
class InUse:
    """It stays: these need it."""

    uses: tuple[Use, ...]


@transaction.atomic
def make_entry(person: str, key: str, facts: Mapping[str, Any]) -> Process | Refusal:
    """Register a process that has no model yet: any by whoever keeps the register, their own by process owners."""
    if not rights.may_register(person):
        return Denied("register_not_yours")
    posts = rights.posts_to_give(person)
    if posts is not None and facts.get("owner_post", "") not in posts:
        return Refusal("entry_post_not_yours")
    if not KEY.fullmatch(key):
        return Refusal("entry_key_wrong")
    if Process.objects.filter(key=key).exists():
        return Refusal("entry_key_taken", key=key)
    return _written(Process(key=key), person, facts)


@transaction.atomic
def edit_entry(person: str, key: str, facts: Mapping[str, Any]) -> Process | Refusal:
    """Change what an entry says; who owns a process with a model stands in the model."""
    process = Process.objects.select_for_update().filter(key=key).first()
    if process is None:
        return Refusal("no_such_process", status=404)
    if not rights.may_edit(process, person):
        return Denied("register_not_yours")
    posts = rights.posts_to_give(person)
    given = facts.get("owner_post", process.owner_post)
    if posts is not None and given != process.owner_post and given not in posts:
        return Refusal("entry_post_not_yours")
    refusal = against_model(process, facts)
    return refusal or _written(process, person, facts)


def has_model(process: Process) -> bool:
    return process.versions.exclude(status=ProcessVersion.Status.DRAFT).exists()


def against_model(process: Process, facts: Mapping[str, Any]) -> Refusal | None:
    """Return why facts cannot be written that the model says otherwise."""
    changed = any(name in facts and facts[name] != getattr(process, name) for name in OF_THE_MODEL)
    return Refusal("owner_in_the_model") if changed and has_model(process) else None


def _written(process: Process, person: str, facts: Mapping[str, Any]) -> Process | Refusal:
    for name, value in facts.items():
        setattr(process, name, value)
    if not process.name.strip():
        return Refusal("entry_name_missing")
    process.edited_by, process.edited_at = person, clock.now()
    process.save()
    return process


@transaction.atomic
def delete_entry(person: str, key: str) -> Process | InUse | Refusal:
    """Remove an entry that nothing needs; otherwise say what does, and change nothing."""
    process = Process.objects.select_for_update().filter(key=key).first()
    if process is None:
        return Refusal("no_such_process", status=404)
    if not rights.may_keep(person):
        return Denied("register_not_yours")
    uses = uses_of(process, person)
    if uses:
        return InUse(uses=tuple(uses))
    process.schedules.all().delete()
    process.delete()
    return process


@transaction.atomic
def retire(person: str, key: str) -> Process | InUse | Refusal:
    """Take a process out of service: it starts nothing any more, what runs is finished; refused while another calls it."""
    process = Process.objects.select_for_update().filter(key=key).first()
    if process is None:
        return Refusal("no_such_process", status=404)
    if not rights.may_edit(process, person):
        return Denied("register_not_yours")
    return retire_now(process, person)


def retire_now(process: Process, person: str) -> Process | InUse:
    """Take a process out of service, whoever may ask; nobody is named where the program does."""
    if process.retired_at is not None:
        return process
    calling = callers(process)
    if calling:
        return InUse(uses=tuple(calling))
    now = clock.now()
    in_use = process.versions.filter(status__in=["published", "transition"])
    in_use.update(status=ProcessVersion.Status.RETIRED, replaced_at=now, transition_until=None)
    process.schedules.update(next_at=None)
    process.retired_at = now
    if person:
        process.edited_by, process.edited_at = person, now
    process.save(update_fields=["retired_at", "edited_by", "edited_at"])
    return process
