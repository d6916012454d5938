"""What others read of decisions: which there are, the version in force, what it decides, who may change it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.models import Decision, DecisionVersion
from shuli.apps.directory import operations as directory
from shuli.apps.directory import organisation
from shuli.core.feel.dmn import Model, read_dmn
from shuli.core.feel.dmn.decided import Decided
from shuli.core.feel.dmn.decided import decide as decide_by
from shuli.core.forms import fields_of
from shuli.core.forms.definition import FieldBase
from shuli.kit import clock


@lru_cache(maxsize=256)
def model(version_id: int) -> Model:
    """Return a version's model, read and compiled once: versions never change."""
    return model_of(DecisionVersion.objects.values_list("dmn", flat=True).get(pk=version_id))


def model_of(dmn: str) -> Model:
    """Return the model of text that was checked before it was kept."""
    found = read_dmn(dmn.encode()).model
    if found is None:
        raise ValueError("Expected readable DMN in the register but found something else.")
    return found


def decision(key: str) -> Decision | None:
    return Decision.objects.select_related("process").filter(key=key).first()


def decisions(process_key: str = "", text: str = "") -> list[Decision]:
    """Return the decisions, of one process where it is named, that contain the text."""
    rows = Decision.objects.select_related("process").prefetch_related("versions")
    if process_key:
        rows = rows.filter(process__key=process_key)
    if text.strip():
        wanted = text.strip()
        rows = rows.filter(
            Q(key__icontains=wanted) | Q(name__icontains=wanted) | Q(name_en__icontains=wanted)
        )
    return list(rows.order_by("process__key", "key"))


def versions(decision: Decision) -> list[DecisionVersion]:
    """Return what was published, the newest first."""
    return list(decision.versions.all())


def version(key: str, number: int) -> DecisionVersion | None:
    rows = DecisionVersion.objects.select_related("decision", "decision__process")
    return rows.filter(decision__key=key, number=number).first()


def version_in_force(key: str, at: datetime | None = None) -> DecisionVersion | None:
    """Return the version that decides at the moment: the one that took effect last."""
    rows = DecisionVersion.objects.filter(decision__key=key, effective_at__lte=at or clock.now())
    return rows.defer("dmn").order_by("-effective_at", "-number").first()


def decide(decision: str, variables: Mapping[str, Any], now: datetime | None = None) -> Decided | None:
    """Return what the version in force decides, with its version and rows; None where there is no such decision."""
    found = _in_force(decision)
    if found is None:
        return None
    pk, number = found
    answer = decide_by(model(pk), variables, now or clock.local_now())
    return replace(answer, decision=decision, version=number)


@organisation.asked_once
def _in_force(decision: str) -> tuple[int, int] | None:
    """Return key and number of the version in force now; asked once where a lot of commands is about one moment."""
    found = version_in_force(decision)
    return (found.pk, found.number) if found is not None else None


def has_newer_edition(decision: Decision) -> bool:
    """Say whether the library ships a table that is neither in use here nor answered."""
    digest = decision.shipped_digest
    return (
        bool(digest)
        and digest != decision.answered_digest
        and not decision.versions.filter(digest=digest).exists()
    )


def edition(decision: Decision) -> Model:
    """Return the table as the library ships it now."""
    return model_of(decision.shipped)


def may_edit(decision: Decision, person: str) -> bool:
    """Say whether the person owns the decision's process; those of the whole company are the administrators'."""
    if decision.process is None:
        return directory.may_administer(person)
    return decision.process.key in register.owned_keys(person)


def may_write_somewhere(person: str) -> bool:
    """Say whether the person writes decisions or expressions at all: process owners and administrators."""
    return directory.may_administer(person) or bool(register.owned_keys(person))


def fields(decision: Decision) -> dict[str, FieldBase]:
    """Return the form fields of the decision's process by key: they say what variables are called and may hold."""
    if decision.process is None:
        return {}
    try:
        version_id = register.version_in_force(decision.process.key).pk
    except register.NotInForceError:
        return {}
    found: dict[str, FieldBase] = {}
    for form in register.forms(version_id).values():
        for field in fields_of(form):
            found.setdefault(field.key, field)
    return found


def forget() -> None:
    """Drop what is remembered of versions; for tests, where a version's number is given out again."""
    model.cache_clear()
