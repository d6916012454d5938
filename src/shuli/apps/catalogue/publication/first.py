"""The first version of a process: its owner publishes it without a review, because nobody works by it yet."""

from dataclasses import dataclass

from django.db import transaction

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Change, Draft, Process, ProcessVersion
from shuli.apps.catalogue.publication import operations
from shuli.apps.catalogue.studio import operations as studio
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal


@dataclass(frozen=True, kw_only=True)
class First:
    """What is said of a first version: what P-DOC would ask, without the people who would comment and countersign."""

    summary: str
    complies: bool = False
    compliance_note: str = ""
    trial: str = ""
    told: tuple[str, ...] = ()


def is_first(process: Process) -> bool:
    """Say whether the process has never had a version; every later one is reviewed."""
    return not process.versions.exists()


def may_publish(process: Process, person: str) -> bool:
    """Say whether the person publishes the first version: the owner does, an administrator who drew it does not."""
    return is_first(process) and process.key in queries.owned_keys(person)


@transaction.atomic
def publish_first(
    person: str, draft_id: int, expected_revision: int, said: First
) -> ProcessVersion | Refusal:
    """Put a draft in force as the first version, now, and ask those who are told to read it."""
    draft = studio.locked(draft_id)
    refusal = studio.may_touch(draft, person)
    if draft is None or refusal is not None:
        return refusal or Refusal("draft_missing", status=404)
    refusal = (
        _not_first(draft.process, person)
        or studio.seen_otherwise(draft, expected_revision)
        or operations.unfit_draft(draft)
        or _unsaid(said)
    )
    return refusal or operations.publish(_kept(draft, person, said).pk, {}, person)


def _not_first(process: Process, person: str) -> Refusal | None:
    latest = process.versions.order_by("-pk").first()
    if latest is not None:
        return Refusal("review_needed", status=409, number=latest.number)
    if operations.change_of(process.key) is not None:
        return Refusal("change_on_its_way", status=409)
    return None if may_publish(process, person) else Denied("first_version_not_yours")


def _unsaid(said: First) -> Refusal | None:
    if not said.summary.strip():
        return Refusal("first_version_not_explained")
    return None if said.complies else Refusal("compliance_missing")


def _kept(draft: Draft, person: str, said: First) -> Change:
    """Keep what is published, and what was said of it, as every change is kept."""
    return Change.objects.create(
        process=draft.process,
        draft=draft,
        person=person,
        at=clock.now(),
        summary=said.summary.strip(),
        transition_days=0,
        trial=said.trial,
        complies=said.complies,
        compliance_note=said.compliance_note,
        compliance_by=person,
        compliance_at=clock.now(),
        told=list(said.told),
        **operations.content(draft),
    )
