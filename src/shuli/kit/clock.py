"""The injected clock: real time plus the movable offset of the example company, or a moment that a test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from shuli.kit.models import ClockOffset


class ClockIsFixedError(RuntimeError):
    """The clock of a real installation was asked to move."""


_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return the present moment, in UTC, as this installation's clock shows it."""
    fixed = _frozen.get()
    if fixed is not None:
        return fixed
    real = timezone.now()
    return real + offset() if settings.SHULI_DEMO else real


def offset() -> timedelta:
    """Return how far the movable clock is ahead of the real one."""
    seconds = ClockOffset.objects.filter(pk=1).values_list("seconds", flat=True).first()
    return timedelta(seconds=seconds or 0)


def move_to(moment: datetime) -> None:
    """Move the example company's clock to a moment; a real installation's clock does not move."""
    if _frozen.get() is not None:
        _frozen.set(moment.astimezone(UTC))
        return
    if not settings.SHULI_DEMO:
        raise ClockIsFixedError(
            "Expected demo mode, where the clock may be moved, but this is a real installation."
        )
    seconds = round((moment - timezone.now()).total_seconds())
    ClockOffset.objects.update_or_create(pk=1, defaults={"seconds": seconds})


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stop the clock at a moment, for tests; `move_to` and `advance` move it inside."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def advance(**duration: float) -> datetime:
    """Move the stopped clock on, by timedelta's arguments; return the new moment."""
    move_to(now() + timedelta(**duration))
    return now()
