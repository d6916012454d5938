"""What external workers ask for over REST: fetch jobs, complete them, fail them, throw an error, keep them longer."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from shuli.apps.cases.models import ServiceCall
from shuli.apps.cases.outside import calls
from shuli.apps.cases.outside.calls import Lease, Problem
from shuli.core.engine import Accepted, Refused
from shuli.kit import limits

LOOK_SECONDS = 0.5  # between two looks of a worker that waits

# How many requests of this process may wait at once: a waiting one keeps a thread from people.
_waiting = threading.BoundedSemaphore(limits.FETCHES_AT_ONCE)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a worker asks for."""

    topics: tuple[str, ...]
    worker: str
    most: int
    seconds: int  # of the lease
    wait: float = 0


def fetch(wish: Wish, allowed: frozenset[str] | None) -> list[ServiceCall] | Refused:
    """Lease what is there; wait a little for it where the worker asks for that and there is room to wait."""
    if allowed is not None and not allowed.issuperset(wish.topics):
        return Refused(code="topic_not_yours", params={"topics": sorted(allowed)})
    found = _look(wish)
    if found or wish.wait <= 0 or not _waiting.acquire(blocking=False):
        return found
    try:
        return _wait(wish)
    finally:
        _waiting.release()


def _look(wish: Wish) -> list[ServiceCall]:
    return calls.take_topic(list(wish.topics), wish.worker, most=wish.most, seconds=wish.seconds)


def _wait(wish: Wish) -> list[ServiceCall]:
    until = time.monotonic() + min(wish.wait, limits.FETCH_SECONDS)
    while time.monotonic() < until:
        if not connection.in_atomic_block:
            connection.close()  # a connection is for whoever has something to do
        time.sleep(LOOK_SECONDS)
        if found := _look(wish):
            return found
    return []


def lease_of(job: int, worker: str, number: int, allowed: frozenset[str] | None) -> Lease | Refused:
    """Return the lease that a worker names, or that there is no such job for it."""
    rows = ServiceCall.objects.filter(pk=job, kind="worker")
    if allowed is not None:
        rows = rows.filter(name__in=allowed)
    return Lease(call=job, worker=worker, number=number) if rows.exists() else Refused(code="no_such_job")


def complete(lease: Lease, variables: Mapping[str, Any]) -> Accepted | Refused:
    """Hand in what a job came to."""
    return calls.answer(lease, dict(variables))


def fail(lease: Lease, message: str, *, is_final: bool) -> Accepted | Refused | None:
    """Say that it did not work this time; None: it will be given out again."""
    problem = Problem(code="worker_failed", params={"message": message}, is_final=is_final)
    return calls.give_up(lease, problem)


def throw_error(lease: Lease, code: str, message: str) -> Accepted | Refused | None:
    """Say that the work came to an error that the model may catch; it is not tried again."""
    params = {"message": message} if message else {}
    return calls.give_up(lease, Problem(code=code, params=params, is_final=True))
