"""Drawing: register a process, open a draft, save it, give it up. Each is one transaction."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from shuli.apps.catalogue.models import Draft, Process, ProcessVersion
from shuli.apps.catalogue.studio import queries
from shuli.apps.catalogue.studio.beginnings import beginning
from shuli.apps.catalogue.studio.checking import check_draft
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import read_bpmn, sentence
from shuli.kit import clock, limits
from shuli.kit.components.moments import moment_time
from shuli.kit.errors import Denied, Refusal

__all__ = [
    "check_draft",
    "copy_draft",
    "discard",
    "locked",
    "may_touch",
    "newer_version",
    "open_draft",
    "register_process",
    "save_draft",
    "seen_otherwise",
]

KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,62}")
PARTS = ("bpmn", "forms", "documents")


# Beginning ----------------------------------------------------------------------------------------------------


@transaction.atomic
def register_process(person: str, facts: Mapping[str, str], source: str = "") -> Draft | Refusal:
    """Register a process that is not there yet, and open its first draft."""
    if not queries.may_register(person):
        return Denied("process_not_yours")
    refusal = _unfit_facts(person, facts)
    if refusal is not None:
        return refusal
    category = facts.get("category", "")
    process = Process.objects.create(
        key=facts["key"].strip(),
        name=facts["name"].strip(),
        name_en=facts.get("name_en", "").strip(),
        category=category if category in Process.Category.values else Process.Category.CORE,
        owner_post=facts.get("owner_post", ""),
        supervisor_post=facts.get("supervisor_post", ""),
    )
    made = _opened(process, person, source)
    if isinstance(made, Refusal):
        transaction.set_rollback(True)
    return made


def _unfit_facts(person: str, facts: Mapping[str, str]) -> Refusal | None:
    key, post = facts.get("key", "").strip(), facts.get("owner_post", "")
    if not KEY.fullmatch(key) or key == "new":  # an address of its own
        return Refusal("process_key_wrong")
    if not facts.get("name", "").strip():
        return Refusal("process_name_missing")
    if post not in queries.own_posts(person):
        return Refusal("process_post_not_yours")
    if Process.objects.filter(key__iexact=key).exists():
        return Refusal("process_key_taken", key=key, status=409)
    return None


@transaction.atomic
def open_draft(process_key: str, person: str, source: str = "", title: str = "") -> Draft | Refusal:
    """Begin a draft of a process: as its version in force, or as `source` says (see `beginnings.beginning`)."""
    process = Process.objects.filter(key=process_key).first()
    if process is None:
        return Refusal("process_missing", status=404)
    if not queries.may_draw(process, person):
        return Denied("draft_not_yours")
    return _opened(process, person, source, title)


def _opened(process: Process, person: str, source: str, title: str = "") -> Draft | Refusal:
    begun = beginning(process, source)
    if isinstance(begun, Refusal):
        return begun
    parts = {"bpmn": begun.bpmn, "forms": begun.forms, "documents": begun.documents}
    return _created(process, person, parts, based_on=begun.version, title=title)


def _created(
    process: Process, person: str, parts: Mapping[str, Any], *, based_on: ProcessVersion | None, title: str
) -> Draft:
    now = clock.now()
    return Draft.objects.create(
        process=process,
        based_on=based_on,
        title=title.strip()[:100],
        opened_by=person,
        opened_at=now,
        saved_by=person,
        saved_at=now,
        **parts,
    )


@transaction.atomic
def copy_draft(pk: int, person: str, title: str, changed: Mapping[str, Any]) -> Draft | Refusal:
    """Keep what somebody drew beside a draft that somebody else saved meanwhile, as a draft of its own."""
    draft = queries.draft(pk)
    refusal = may_touch(draft, person)
    if draft is None or refusal is not None:
        return refusal or Refusal("draft_missing", status=404)
    unfit = _unfit_parts(changed)
    if unfit is not None:
        return unfit
    parts = {part: changed.get(part, getattr(draft, part)) for part in PARTS}
    return _created(draft.process, person, parts, based_on=draft.based_on, title=title)


# Going on -----------------------------------------------------------------------------------------------------


@transaction.atomic
def save_draft(pk: int, person: str, expected_revision: int, changed: Mapping[str, Any]) -> Draft | Refusal:
    """Keep the parts that were changed ("bpmn", "forms", "documents").

    Somebody who saved one of them since `expected_revision` is never overwritten: the refusal says who and when.
    """
    draft = locked(pk)
    refusal = may_touch(draft, person) or _unfit_parts(changed)
    if draft is None or refusal is not None:
        return refusal or Refusal("draft_missing", status=404)
    if draft.state != Draft.State.OPEN:
        return Refusal("draft_closed", status=409)
    if _is_stale(draft, expected_revision, changed):
        return _saved_meanwhile(draft)
    different = [part for part in PARTS if part in changed and changed[part] != getattr(draft, part)]
    if not different:
        return draft
    draft.revision += 1
    for part in different:
        setattr(draft, part, changed[part])
        draft.parts[part] = draft.revision
    draft.saved_by, draft.saved_at = person, clock.now()
    draft.save(update_fields=["revision", "parts", "saved_by", "saved_at", *different])
    return draft


def locked(pk: int) -> Draft | None:
    """Return a draft that nobody else changes until the transaction ends."""
    return Draft.objects.select_for_update(of=("self",)).select_related("process").filter(pk=pk).first()


def may_touch(draft: Draft | None, person: str) -> Refusal | None:
    """Return why the person may not work on a draft, if so; a draft of others is not there for them."""
    if draft is None:
        return Refusal("draft_missing", status=404)
    return None if queries.may_draw(draft.process, person) else Denied("draft_not_yours")


def _is_stale(draft: Draft, expected: int, changed: Mapping[str, Any]) -> bool:
    return expected > draft.revision or any(draft.parts.get(part, 1) > expected for part in changed)


def _saved_meanwhile(draft: Draft) -> Refusal:
    return Refusal(
        "draft_saved_meanwhile",
        status=409,
        name=directory.display_names([draft.saved_by]),
        person=draft.saved_by,
        at=moment_time(draft.saved_at),
        revision=draft.revision,
    )


def _unfit_parts(changed: Mapping[str, Any]) -> Refusal | None:
    named = (changed.get(part, {}) for part in ("forms", "documents"))
    if not all(isinstance(one, dict) and all(isinstance(v, dict) for v in one.values()) for one in named):
        return Refusal("draft_forms_unusable")
    return _unfit_model(changed["bpmn"]) if "bpmn" in changed else None


def _unfit_model(bpmn: str) -> Refusal | None:
    if len(bpmn.encode()) > limits.MODEL_BYTES:
        return Refusal("model_too_large", status=413, most=limits.MODEL_BYTES // limits.MB)
    reading = read_bpmn(bpmn.encode())
    if reading.document is None:
        return Refusal("model_unreadable", why=sentence(reading.findings[0], get_language() or "zh"))
    return None


@transaction.atomic
def discard(pk: int, person: str) -> Draft | Refusal:
    """Give a draft up; it stays in the record."""
    draft = locked(pk)
    refusal = may_touch(draft, person)
    if draft is None or refusal is not None:
        return refusal or Refusal("draft_missing", status=404)
    if draft.state not in queries.LIVE:
        return Refusal("draft_closed", status=409)
    draft.state = Draft.State.DISCARDED
    draft.save(update_fields=["state"])
    return draft


# Towards a version --------------------------------------------------------------------------------------------


def newer_version(draft: Draft) -> ProcessVersion | None:
    """Return the version that was published after a draft was begun: what it brought the draft may not have."""
    return draft.process.versions.filter(published_at__gt=draft.opened_at).order_by("-pk").first()


def seen_otherwise(draft: Draft, expected: int) -> Refusal | None:
    """Return who saved the draft since the person looked at it, so that nothing unseen is published."""
    return None if draft.revision == expected else _saved_meanwhile(draft)
