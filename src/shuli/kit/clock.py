"""The one clock: real time, plus an offset that a demo may move forward.

Everything that asks for the time asks `now()`. In a real installation the offset does not exist and costs nothing.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shuli.kit.models import ClockOffset


class ClockIsFixedError(RuntimeError):
    """The clock of a real installation was asked to move."""


class ClockRunsForwardError(ValueError):
    """The clock was asked to go back."""


ONLY = 1  # the key of the one row


@dataclass(slots=True)
class _Frozen:
    at: datetime


@dataclass(slots=True)
class _Reading:
    """What a request or job has read, once it asked."""

    offset: timedelta | None = None


_frozen: ContextVar[_Frozen | None] = ContextVar("frozen", default=None)
_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)


def now() -> datetime:
    """Return the present moment, aware and in UTC."""
    frozen = _frozen.get()
    return frozen.at if frozen else datetime.now(UTC) + offset()


def local_now() -> datetime:
    """Return the present moment with the company's offset from UTC, so that "today" is the local date.

    The zone is an offset, not a name: expressions store moments as ISO text, which has no names.
    """
    return datetime.fromisoformat(timezone.localtime(now()).isoformat())


def offset() -> timedelta:
    """Return how far the clock is ahead of real time: read once a request or job."""
    if not settings.SHULI_MOVABLE_CLOCK:
        return timedelta(0)
    reading = _reading.get()
    if reading is None:
        return _stored()
    if reading.offset is None:
        reading.offset = _stored()
    return reading.offset


def _stored() -> timedelta:
    seconds = ClockOffset.objects.filter(pk=ONLY).values_list("seconds", flat=True).first()
    return timedelta(seconds=seconds or 0)


def move_to(moment: datetime) -> None:
    """Move the clock forward to this moment, for everybody; it goes on from there.

    Raises ClockIsFixedError in a real installation, ClockRunsForwardError when the moment has passed.
    """
    frozen = _frozen.get()
    if frozen is None and not settings.SHULI_MOVABLE_CLOCK:
        raise ClockIsFixedError("Expected a demo but found a real installation: its clock does not move.")
    if moment < now():
        raise ClockRunsForwardError(
            f"Expected a moment after {now().isoformat()} but found {moment.isoformat()}."
        )
    if frozen:
        frozen.at = moment.astimezone(UTC)
    else:
        _store(moment)


def _store(moment: datetime) -> None:
    with transaction.atomic():
        ClockOffset.objects.get_or_create(pk=ONLY)
        row = ClockOffset.objects.select_for_update().get(pk=ONLY)
        # Two people move the clock at once: the farther one counts, and nobody goes back. Rounded up to whole
        # seconds, so that what was due at that moment is due.
        row.seconds = max(row.seconds, math.ceil((moment - datetime.now(UTC)).total_seconds()))
        row.save()
    if reading := _reading.get():
        reading.offset = timedelta(seconds=row.seconds)


def advance(**span: float) -> datetime:
    """Move the clock forward by timedelta's arguments and return the new moment."""
    move_to(now() + timedelta(**span))
    return now()


@contextmanager
def one_reading() -> Iterator[None]:
    """Read the offset at most once for all that happens in the block: a request, a job."""
    token = _reading.set(_Reading())
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at a moment for the block, for tests and for trying a draft out; `advance` and `move_to` move it."""
    token = _frozen.set(_Frozen(at.astimezone(UTC)))
    try:
        yield
    finally:
        _frozen.reset(token)
