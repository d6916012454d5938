"""REST for one verb on many cases: begin it, see how far it is and what became of each case."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from shuli.apps.cases import bulk_queries, operations, queries, refusals
from shuli.apps.cases.api.values import Window, person_of
from shuli.apps.cases.models import BulkItem, BulkRun
from shuli.apps.cases.pages.bulk import why
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.kit.rest import FAILURES, write

router = Router(tags=["bulk"])


class CaseWish(Schema):
    """A filter as of the list of cases."""

    q: str = ""
    process: str = ""
    status: str = ""
    overdue: bool = False
    mine: bool = False
    holder: str = ""


class BulkIn(Schema):
    verb: str = Field(description="suspend, resume, terminate, transfer, urge, retry, migrate")
    cases: list[str] = Field([], description="Numbers of cases; or give `filter`.")
    filter: CaseWish | None = Field(None, description="All cases that you see and that fit.")
    reason: str = ""
    to: str = Field("", description="transfer: username of the new holder")
    from_: str = Field("", alias="from", description="transfer: only the tasks of this holder")
    text: str = Field("", description="urge: what to say")
    process: str = Field("", description="migrate: the process's key")
    version: str = Field("", description="migrate: the number of the version to which the cases move")
    mapping: dict[str, str] = Field({}, description="migrate: for nodes where cases wait, their new nodes")


class BulkOut(Schema):
    id: int
    verb: str
    state: str
    total: int
    done: int
    refused: int
    failed: int
    waiting: int
    at: datetime
    ended_at: datetime | None


class BulkCase(Schema):
    case: str
    state: str
    code: str
    message: str
    at: datetime | None


class BulkCases(Schema):
    total: int
    items: list[BulkCase]


def _out(run: BulkRun) -> BulkOut:
    found = bulk_queries.progress(run)
    return BulkOut(
        id=run.pk, verb=run.verb, state=run.state, total=found.total, done=found.done, refused=found.refused,
        failed=found.failed, waiting=found.waiting, at=run.at, ended_at=run.ended_at,
    )  # fmt: skip


def _run(request: HttpRequest, run_id: int) -> BulkRun:
    found = bulk_queries.run_for(person_of(request), run_id)
    if found is None:
        raise refusals.refusal_of(Refused(code="no_such_run"))
    return found


@router.post("/cases/bulk", response={202: BulkOut, **FAILURES}, summary="One verb on many cases, as a job")
@write
def begin(request: HttpRequest, body: BulkIn) -> Status[BulkOut]:
    person = person_of(request)
    given: dict[str, Any] = {"reason": body.reason, "to": body.to, "from": body.from_, "text": body.text}
    wanted = _wanted(person, body)
    if body.verb == "migrate":
        given |= _versions(wanted, body)
    answer = operations.bulk.begin(person, body.verb, wanted, given)
    if isinstance(answer, Refused):
        raise refusals.refusal_of(answer)
    return Status(202, _out(_run(request, answer.run_id)))


def _versions(wanted: list[int], body: BulkIn) -> dict[str, Any]:
    """Return the versions of a migration by their ids: where to, and where the first of the cases is now."""
    numbers = {number: pk for pk, number in catalogue.version_numbers(body.process)}
    version = numbers.get(body.version)
    former = queries.version_of(wanted[0]) if wanted else None
    return {"version": str(version or ""), "from_version": str(former or ""), "mapping": body.mapping}


def _wanted(person: str, body: BulkIn) -> list[int]:
    if body.filter is None:
        return operations.bulk.chosen(person, body.cases)
    wish = body.filter
    wanted = queries.CaseFilter(
        text=wish.q, process=wish.process, status=wish.status, overdue=wish.overdue, mine=wish.mine,
        holder=wish.holder,
    )  # fmt: skip
    return operations.bulk.fitting(queries.cases(person, wanted))


@router.get("/bulk/{run_id}", response={200: BulkOut, **FAILURES}, summary="How far a bulk run is")
def run(request: HttpRequest, run_id: int) -> BulkOut:
    return _out(_run(request, run_id))


@router.get(
    "/bulk/{run_id}/cases", response={200: BulkCases, **FAILURES}, summary="What became of each case of it"
)
def cases(request: HttpRequest, run_id: int, window: Query[Window]) -> BulkCases:
    rows = bulk_queries.items(_run(request, run_id))
    found = rows[window.offset : window.offset + window.limit]
    return BulkCases(total=rows.count(), items=[_case(item) for item in found])


def _case(item: BulkItem) -> BulkCase:
    return BulkCase(case=item.case.number, state=item.state, code=item.code, message=why(item), at=item.at)


@router.post("/bulk/{run_id}/stop", response={200: BulkOut, **FAILURES}, summary="Stop a bulk run of yours")
@write
def stop(request: HttpRequest, run_id: int) -> BulkOut:
    found = _run(request, run_id)
    answer = operations.bulk.stop(found.pk, person_of(request))
    if isinstance(answer, Refused):
        raise refusals.refusal_of(answer)
    return _out(_run(request, run_id))
