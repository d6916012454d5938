"""Changing decisions: keep a draft, publish it with a reason, take what the library ships. Each is one transaction."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.decisions import queries
from shuli.apps.catalogue.models import Decision, DecisionVersion, Process
from shuli.apps.directory import operations as directory
from shuli.core.feel.dmn import Finding, Model, check_table, read_dmn, write_dmn
from shuli.core.feel.dmn.decided import main_decision, main_table
from shuli.core.feel.dmn.one_decision import variables_of_table
from shuli.kit import clock, limits
from shuli.kit.errors import Denied, Refusal

KEY = re.compile(r"[a-z][a-z0-9-]{1,62}")


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """A decision as a package carries it."""

    key: str
    name: str
    name_en: str
    dmn: str
    samples: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """The table has errors; nothing was changed."""

    findings: tuple[Finding, ...]


Outcome = Decision | Unfit | Refusal


def install(process: Process, shipped: Iterable[Shipped]) -> None:
    """Take what the library ships; a table that an owner here has changed stays theirs, and they are told of the newer one."""
    for one in shipped:
        decision, _ = Decision.objects.get_or_create(
            key=one.key,
            defaults={
                "process": process,
                "name": one.name,
                "name_en": one.name_en,
                "samples": one.samples,
            },
        )
        _take_edition_of(decision, one)


def _take_edition_of(decision: Decision, one: Shipped) -> None:
    latest, digest = decision.versions.first(), digest_of(one.dmn)
    # an owner who took an edition over as it was has changed nothing
    is_ours = latest is not None and latest.person and latest.digest != decision.shipped_digest
    if not is_ours and (latest is None or latest.digest != digest):
        _append(decision, one.dmn, person="", reason="", effective_at=clock.now())
        if not decision.draft_number:  # nobody here has written samples yet
            decision.samples = one.samples
    if decision.shipped_digest != digest:
        decision.shipped, decision.shipped_digest, decision.shipped_at = one.dmn, digest, clock.now()
    decision.save()


def take_edition(key: str, person: str, seen: int) -> Decision | Refusal:
    """Make the library's newer edition the draft; it decides nothing before it is published."""
    with transaction.atomic():
        decision = _offered(key, person)
        if isinstance(decision, Refusal):
            return decision
        if seen != decision.draft_number:
            return Refusal("draft_changed", status=409)
        decision.draft = text_of(queries.model_of(decision.shipped))
        decision.draft_by, decision.draft_at = person, clock.now()
        decision.draft_number += 1
        decision.save()
        return decision


def keep_ours(key: str, person: str) -> Decision | Refusal:
    """Keep the company's own table, and ask no more about this edition of the library."""
    with transaction.atomic():
        decision = _offered(key, person)
        if isinstance(decision, Refusal):
            return decision
        decision.answered_digest = decision.shipped_digest
        decision.save()
        return decision


def _offered(key: str, person: str) -> Decision | Refusal:
    decision = Decision.objects.select_for_update().filter(key=key).first()
    refusal = _refusal(decision, person)
    if decision is None or refusal is not None:
        return refusal or Refusal("decision_missing", status=404)
    return decision if queries.has_newer_edition(decision) else Refusal("no_newer_edition", status=409)


def create(process_key: str, facts: Mapping[str, str], person: str, dmn: str) -> Outcome:
    """Register a decision of a process, or of the whole company, with a first draft."""
    process = register.process(process_key) if process_key else None
    may = process.key in register.owned_keys(person) if process else directory.may_administer(person)
    if not may:
        return Denied("decision_not_yours")
    key, name = facts.get("key", "").strip(), facts.get("name", "").strip()
    if not KEY.fullmatch(key) or not name:
        return Refusal("decision_key_wrong" if name else "decision_name_missing")
    if Decision.objects.filter(key=key).exists():
        return Refusal("decision_key_taken", key=key)
    return Decision.objects.create(
        key=key,
        process=process,
        name=name,
        name_en=facts.get("name_en", "").strip(),
        draft=dmn,
        draft_by=person,
        draft_at=clock.now(),
        draft_number=1,
    )


def save_draft(
    key: str, person: str, dmn: str, seen: int, samples: list[dict[str, Any]] | None = None
) -> Decision | Refusal:
    """Keep what an owner is at; it decides nothing. `seen` is the draft that they started from."""
    with transaction.atomic():
        decision = Decision.objects.select_for_update().filter(key=key).first()
        refusal = _refusal(decision, person)
        if decision is None or refusal is not None:
            return refusal or Refusal("decision_missing", status=404)
        if seen != decision.draft_number:
            return Refusal("draft_changed", status=409)
        if len(dmn.encode()) > limits.DECISION_BYTES or read_dmn(dmn.encode()).model is None:
            return Refusal("not_a_decision")
        decision.draft, decision.draft_by, decision.draft_at = dmn, person, clock.now()
        decision.draft_number += 1
        if samples is not None:
            decision.samples = samples
        decision.save()
        return decision


def discard_draft(key: str, person: str) -> Decision | Refusal:
    """Go back to what is published; the decision that never was stays a draft."""
    with transaction.atomic():
        decision = Decision.objects.select_for_update().filter(key=key).first()
        refusal = _refusal(decision, person)
        if decision is None or refusal is not None:
            return refusal or Refusal("decision_missing", status=404)
        if decision.versions.exists():
            decision.draft, decision.draft_by, decision.draft_at = "", "", None
            decision.draft_number += 1
            decision.save()
        return decision


def publish(
    key: str, person: str, reason: str, seen: int, effective_at: datetime | None = None
) -> DecisionVersion | Unfit | Refusal:
    """Put the draft in force from a moment on, with the reason for the change; cases ask it from then on."""
    with transaction.atomic():
        decision = Decision.objects.select_for_update().filter(key=key).first()
        refusal = _refusal(decision, person)
        if decision is None or refusal is not None:
            return refusal or Refusal("decision_missing", status=404)
        if seen != decision.draft_number:
            return Refusal("draft_changed", status=409)
        unfit = _unfit(decision, reason)
        if unfit is not None:
            return unfit
        now = clock.now()
        moment = max(effective_at or now, now)
        version = _append(decision, decision.draft, person=person, reason=reason.strip(), effective_at=moment)
        decision.draft, decision.draft_by, decision.draft_at = "", "", None
        decision.draft_number += 1
        decision.save()
        return version


def _refusal(decision: Decision | None, person: str) -> Refusal | None:
    if decision is None:
        return Refusal("decision_missing", status=404)
    return None if queries.may_edit(decision, person) else Denied("decision_not_yours")


def _unfit(decision: Decision, reason: str) -> Unfit | Refusal | None:
    if not decision.draft:
        return Refusal("nothing_to_publish")
    if not reason.strip():
        return Refusal("reason_missing")
    latest = decision.versions.first()
    if latest is not None and latest.digest == digest_of(decision.draft):
        return Refusal("nothing_changed")
    errors = tuple(one for one in findings(queries.model_of(decision.draft)) if one.severity == "error")
    return Unfit(findings=errors) if errors else None


def findings(model: Model) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful about a decision: of its table, or of its expressions."""
    table = main_table(model)
    if table is None:
        return model.findings() if main_decision(model) else (Finding(code="no_decision"),)
    others = [one for one in model.findings() if one.element != getattr(main_decision(model), "name", "")]
    return (*check_table(table, variables_of_table(table)), *others)


def _append(
    decision: Decision, dmn: str, *, person: str, reason: str, effective_at: datetime
) -> DecisionVersion:
    latest = decision.versions.first()
    return decision.versions.create(
        number=latest.number + 1 if latest else 1,
        dmn=dmn,
        digest=digest_of(dmn),
        person=person,
        reason=reason,
        published_at=clock.now(),
        effective_at=effective_at,
    )


def digest_of(dmn: str) -> str:
    """Return the digest of what the model says, however its file was written."""
    return hashlib.sha256(write_dmn(queries.model_of(dmn))).hexdigest()


def text_of(model: Model) -> str:
    """Return a model as the register keeps it."""
    return write_dmn(model).decode()
