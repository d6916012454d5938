"""Signs of life of the workers, by the database's clock: those of several machines differ, and the movable one moves."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from shuli.kit import limits
from shuli.kit.models import WorkerHeartbeat

FORGOTTEN_AFTER = timedelta(days=1)
SINCE = ExpressionWrapper(Now() - F("at"), output_field=DurationField())


def beat(process: str) -> None:
    """Say that this node's worker lives, and forget workers of yesterday."""
    values = {"at": Now(), "node": settings.SHULI_NODE, "key_print": key_print()}
    WorkerHeartbeat.objects.update_or_create(name=f"{settings.SHULI_NODE}:{process}", defaults=values)
    WorkerHeartbeat.objects.filter(at__lt=Now() - FORGOTTEN_AFTER).delete()


def end(process: str) -> None:
    """Say that this node's worker has ended as it should."""
    WorkerHeartbeat.objects.filter(name=f"{settings.SHULI_NODE}:{process}").delete()


def silence() -> timedelta | None:
    """Return for how long this node's workers have not been heard of, or nothing when none ever was.

    Where this node has none, those of the others count: they do its jobs.
    """
    rows = WorkerHeartbeat.objects.annotate(since=SINCE).order_by("-at").values_list("since", flat=True)
    return rows.filter(node=settings.SHULI_NODE).first() or rows.first()


def nodes() -> Mapping[str, timedelta]:
    """Return for how long each node's workers have not been heard of, the nearest first."""
    rows = WorkerHeartbeat.objects.annotate(since=SINCE).order_by("at").values_list("node", "since")
    return dict(rows)


def key_print() -> str:
    """Return what tells this installation's signing key from another and says nothing of it."""
    return salted_hmac("shuli.node", "signing key").hexdigest()[:16]


def strangers() -> list[str]:
    """Return the other nodes that live and sign with another key: who signs in here is a stranger there."""
    living = WorkerHeartbeat.objects.filter(at__gt=Now() - timedelta(seconds=limits.HEARTBEAT_SECONDS))
    others = living.exclude(node=settings.SHULI_NODE).exclude(key_print=key_print())
    return sorted(set(others.values_list("node", flat=True)))
