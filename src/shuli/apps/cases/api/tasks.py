"""REST for tasks: the same operations as the pages, the same rights, the same refusals."""

from django.http import HttpRequest
from ninja import Query, Router

from shuli.apps.cases import operations, queries, refusals
from shuli.apps.cases.api.values import (
    CaseWhole,
    CompleteIn,
    ReturnIn,
    TaskOut,
    TaskPage,
    TransferIn,
    Window,
    again,
    done,
    person_of,
    task_out,
)
from shuli.core.engine import Refused
from shuli.kit.rest import FAILURES, write

router = Router(tags=["cases"])


@router.get("/tasks", response={200: TaskPage, **FAILURES}, summary="Your to-dos, by due time")
def tasks(request: HttpRequest, window: Query[Window]) -> TaskPage:
    rows = queries.inbox(person_of(request))
    items = rows[window.offset : window.offset + window.limit]
    return TaskPage(total=rows.count(), items=[task_out(task, task.case) for task in items])


@router.get("/tasks/{task_id}", response={200: TaskOut, **FAILURES}, summary="One task")
def task(request: HttpRequest, task_id: int) -> TaskOut:
    found = queries.task_for(person_of(request), task_id)
    if found is None:
        raise refusals.refusal_of(Refused(code="no_such_task"))
    return task_out(found, found.case)


@router.post(
    "/tasks/{task_id}/claim", response={200: CaseWhole, **FAILURES}, summary="Claim a task of your pool"
)
@write(again=again)
def claim(request: HttpRequest, task_id: int) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.claim(task_id, person))


@router.post("/tasks/{task_id}/release", response={200: CaseWhole, **FAILURES}, summary="Give a task back")
@write(again=again)
def release(request: HttpRequest, task_id: int) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.release(task_id, person))


@router.post("/tasks/{task_id}/complete", response={200: CaseWhole, **FAILURES}, summary="Complete a task")
@write(again=again)
def complete(request: HttpRequest, task_id: int, body: CompleteIn) -> CaseWhole | None:
    person = person_of(request)
    verdict = operations.Verdict(decision=body.decision, opinion=body.opinion, signed=body.signed)
    return done(person, operations.complete(task_id, person, body.answers, verdict))


@router.post(
    "/tasks/{task_id}/return", response={200: CaseWhole, **FAILURES}, summary="Return to an earlier node"
)
@write(again=again)
def return_task(request: HttpRequest, task_id: int, body: ReturnIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.return_task(task_id, person, body.to, body.reason, body.resubmit))


@router.post(
    "/tasks/{task_id}/transfer", response={200: CaseWhole, **FAILURES}, summary="Hand a task to somebody"
)
@write(again=again)
def transfer(request: HttpRequest, task_id: int, body: TransferIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.transfer(task_id, person, body.to, body.reason))
