"""Keys with which programs use REST for a person: shown once, kept as a hash, revocable, with an end."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from shuli.kit.models import ApiToken

PREFIX = "shuli_"  # lets scanners for leaked secrets know one
USE_IS_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """Whom a token speaks for, and how far."""

    person: str
    read_only: bool
    scopes: frozenset[str] = frozenset()  # empty: whatever the person may


def issue(
    person: str, name: str, *, days: int = 90, read_only: bool = False, scopes: Iterable[str] = ()
) -> str:
    """Make a token and return it; it cannot be shown again.

    One with scopes does only what they say, and nothing in the name of the person's own rights.
    """
    token = PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        person=person,
        name=name,
        digest=_digest(token),
        read_only=read_only,
        scopes=sorted(scopes),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token


def tokens_of(person: str) -> list[ApiToken]:
    """Return the person's tokens that still work, newest first."""
    return list(_working().filter(person=person).order_by("-created_at"))


def with_scopes() -> list[ApiToken]:
    """Return all programs' tokens with scopes that still work, newest first."""
    return list(_working().exclude(scopes=[]).order_by("-created_at"))


def revoke_scoped(pk: int) -> bool:
    """End a program's token with scopes, whoever's name it bears; for administrators."""
    return bool(_working().exclude(scopes=[]).filter(pk=pk).update(revoked_at=timezone.now()))


def revoke(person: str, pk: int) -> bool:
    """End one of the person's tokens, from the next request on."""
    return bool(_working().filter(person=person, pk=pk).update(revoked_at=timezone.now()))


def revoke_all(person: str) -> int:
    """End all tokens of a person: who leaves, leaves with all keys."""
    return _working().filter(person=person).update(revoked_at=timezone.now())


def bearer(token: str) -> Bearer | None:
    """Return whom a token speaks for, or nothing when it does not work."""
    found = _working().filter(digest=_digest(token)).first()
    if found is None:
        return None
    stale = timezone.now() - USE_IS_NOTED_EVERY
    unnoted = ApiToken.objects.filter(pk=found.pk).filter(Q(last_used_at=None) | Q(last_used_at__lt=stale))
    unnoted.update(last_used_at=timezone.now())
    return Bearer(person=found.person, read_only=found.read_only, scopes=frozenset(found.scopes))


def _working() -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(revoked_at=None, expires_at__gt=timezone.now())


def _digest(token: str) -> str:
    # A token is 256 random bits: a plain hash cannot be guessed, and looks up by index.
    return hashlib.sha256(token.encode()).hexdigest()
