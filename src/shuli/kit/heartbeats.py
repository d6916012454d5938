"""Signs of life of the workers, in real time whatever the movable clock says."""

from datetime import UTC, datetime, timedelta

from shuli.kit.models import WorkerHeartbeat

FORGOTTEN_AFTER = timedelta(days=1)


def beat(worker: str) -> None:
    """Say that this worker lives, and forget workers of yesterday."""
    now = datetime.now(UTC)
    WorkerHeartbeat.objects.update_or_create(name=worker, defaults={"at": now})
    WorkerHeartbeat.objects.filter(at__lt=now - FORGOTTEN_AFTER).delete()


def end(worker: str) -> None:
    """Say that this worker has ended as it should."""
    WorkerHeartbeat.objects.filter(name=worker).delete()


def silence() -> timedelta | None:
    """Return for how long no worker has been heard of, or nothing when none ever was."""
    last = WorkerHeartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    return None if last is None else datetime.now(UTC) - last
