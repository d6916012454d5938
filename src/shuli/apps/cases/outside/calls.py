"""The rows of work outside: lease one, answer one, give one up. Whoever changes one holds its case's lock first."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from shuli.apps.cases import execution, store
from shuli.apps.cases.models import Case, ServiceCall
from shuli.core.engine import Accepted, Refused
from shuli.core.engine import commands as c
from shuli.kit import limits
from shuli.kit.backoff import pause

BUSY = (ServiceCall.State.OPEN, ServiceCall.State.LEASED)

# A lease that has run out is given out again; a case that stands still has nothing done for it.
TAKE = """
    UPDATE cases_servicecall
       SET state = 'leased', worker = %(worker)s, attempts = attempts + 1,
           lease_until = clock_timestamp() + make_interval(secs => %(seconds)s)
     WHERE id IN (
        SELECT call.id FROM cases_servicecall call JOIN cases_case parent ON parent.id = call.case_id
         WHERE {which} AND parent.status = 'running' AND call.next_at <= (SELECT clock_timestamp()) AND call.attempts <= call.retries
           AND (call.state = 'open' OR (call.state = 'leased' AND call.lease_until < (SELECT clock_timestamp())))
         ORDER BY call.next_at, call.id LIMIT %(most)s
           FOR UPDATE OF call SKIP LOCKED)
    RETURNING id
"""
BY_TOPIC = TAKE.format(which="call.kind = 'worker' AND call.name = ANY(%(names)s)")
BY_NUMBER = TAKE.format(
    which="call.kind <> 'worker' AND call.case_id = %(case)s AND call.number = %(number)s"
)


@dataclass(frozen=True, kw_only=True)
class Lease:
    """Who has a call, and which time it was given out: a later lease ends an earlier one."""

    call: int
    worker: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why an attempt did not succeed."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)
    is_final: bool = False  # another attempt would not help


def take_topic(names: list[str], worker: str, *, most: int, seconds: int) -> list[ServiceCall]:
    """Lease what waits under these topics; of many workers, each gets something else."""
    return _take(BY_TOPIC, {"names": names, "worker": worker, "most": most, "seconds": seconds})


def take_own(case_id: int, number: int, *, seconds: int) -> ServiceCall | None:
    """Lease one call that the program makes itself; None when it is not due or somebody makes it."""
    values = {"case": case_id, "number": number, "worker": "shuli", "most": 1, "seconds": seconds}
    found = _take(BY_NUMBER, values)
    return found[0] if found else None


def _take(statement: str, values: dict[str, Any]) -> list[ServiceCall]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        ids = [row[0] for row in cursor.fetchall()]
        return list(ServiceCall.objects.filter(pk__in=ids).select_related("case").order_by("next_at", "pk"))


def answer(lease: Lease, variables: dict[str, Any]) -> Accepted | Refused:
    """Bring a call's answer to its case."""
    with transaction.atomic():
        call = locked(lease)
        if isinstance(call, Refused):
            return call
        return execution.execute(call.case_id, c.ServiceAnswered(call=call.number, variables=variables))


def give_up(lease: Lease, problem: Problem) -> Accepted | Refused | None:
    """Say that an attempt failed: it is tried again later, or the case hears of it. None: it will be tried again."""
    with transaction.atomic():
        call = locked(lease)
        if isinstance(call, Refused):
            return call
        call.error = str(problem.params.get("message") or problem.code)[:1_000]
        if problem.is_final or call.attempts > call.retries:
            call.save(update_fields=["error"])
            command = c.ServiceFailed(call=call.number, code=problem.code, params=problem.params)
            return execution.execute(call.case_id, command)
        call.state, call.lease_until = ServiceCall.State.OPEN, None
        call.next_at = timezone.now() + pause(call.attempts)
        call.save(update_fields=["error", "state", "lease_until", "next_at"])
        return None


def extend(lease: Lease, seconds: int) -> ServiceCall | Refused:
    """Give whoever has a call more time, counted from now."""
    with transaction.atomic():
        call = locked(lease)
        if isinstance(call, ServiceCall):
            call.lease_until = timezone.now() + timedelta(seconds=min(seconds, limits.LEASE_SECONDS))
            call.save(update_fields=["lease_until"])
        return call


def locked(lease: Lease) -> ServiceCall | Refused:
    """Return the call under its case's lock, or why the lease no longer counts."""
    case_id = ServiceCall.objects.filter(pk=lease.call).values_list("case_id", flat=True).first()
    if case_id is None:
        return Refused(code="no_such_job")
    store.lock_root(case_id)
    Case.objects.select_for_update().only("pk").get(pk=case_id)
    call = ServiceCall.objects.select_for_update().get(pk=lease.call)
    has_it = (call.state, call.worker, call.attempts) == (
        ServiceCall.State.LEASED,
        lease.worker,
        lease.number,
    )
    return call if has_it else Refused(code="lease_lost", params={"state": str(call.get_state_display())})


def overdue_leases() -> list[Lease]:
    """Return the leases that have run out with no attempt left: nobody will come back with an answer."""
    rows = ServiceCall.objects.raw(
        "SELECT * FROM cases_servicecall WHERE state = 'leased' AND lease_until < clock_timestamp() AND attempts > retries"
    )
    return [Lease(call=row.pk, worker=row.worker, number=row.attempts) for row in rows]


def due_own() -> list[tuple[int, int]]:
    """Return the calls that the program makes itself and that are due: those whose job was lost, too."""
    rows = ServiceCall.objects.filter(
        state__in=BUSY, next_at__lte=timezone.now(), case__status=Case.Status.RUNNING
    ).exclude(kind="worker")
    free = rows.exclude(state=ServiceCall.State.LEASED, lease_until__gte=timezone.now())
    return list(free.order_by("next_at").values_list("case_id", "number")[: limits.PAGE_ROWS])
