"""Who has read what is theirs to do."""

import hashlib

import msgspec

from shuli.apps.catalogue.handbook import duties
from shuli.apps.catalogue.models import DutyReceipt
from shuli.kit import clock


def digest_of(person: str) -> str:
    """Return a fingerprint of somebody's duties; it changes when one comes, goes or is published anew."""
    found = list(duties.shares(duties.of_person(person)))
    return hashlib.sha256(msgspec.json.encode(found)).hexdigest()


def give(person: str, digest: str) -> bool:
    """Keep that somebody has read their duties; refused where they have changed meanwhile."""
    if digest != digest_of(person):
        return False
    DutyReceipt.objects.get_or_create(person=person, digest=digest, defaults={"at": clock.now()})
    return True


def latest(person: str) -> DutyReceipt | None:
    """Return what somebody has read last."""
    return DutyReceipt.objects.filter(person=person).first()
