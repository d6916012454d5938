"""REST for tasks: the same operations as the pages, the same rights, the same refusals."""

from django.http import HttpRequest
from ninja import Query, Router

from shuli.apps.cases import answers, operations, queries, refusals, todo
from shuli.apps.cases.api.values import (
    CaseWhole,
    CompleteIn,
    DelegateIn,
    FormOut,
    ReasonIn,
    RemovalIn,
    ReturnIn,
    SignersIn,
    TaskOut,
    TaskPage,
    TransferIn,
    UrgeIn,
    Window,
    again,
    done,
    form_out,
    person_of,
    task_out,
)
from shuli.core.engine import Refused
from shuli.kit.rest import FAILURES, write

router = Router(tags=["cases"])


@router.get("/tasks", response={200: TaskPage, **FAILURES}, summary="Your to-dos, by due time")
def tasks(request: HttpRequest, window: Query[Window]) -> TaskPage:
    person = person_of(request)
    items = todo.Todos(person=person)[window.offset : window.offset + window.limit]
    total = queries.inbox(person).count()
    return TaskPage(total=total, items=[task_out(task, task.case) for task in items])


@router.get("/tasks/{task_id}", response={200: TaskOut, **FAILURES}, summary="One task")
def task(request: HttpRequest, task_id: int) -> TaskOut:
    found = queries.task_for(person_of(request), task_id)
    if found is None:
        raise refusals.refusal_of(Refused(code="no_such_task"))
    return task_out(found, found.case)


@router.get(
    "/tasks/{task_id}/form",
    response={200: FormOut, **FAILURES},
    summary="The form that a task asks for, with whom can be chosen for what comes next",
)
def form(request: HttpRequest, task_id: int) -> FormOut:
    found = queries.task_for(person_of(request), task_id)
    if found is None:
        raise refusals.refusal_of(Refused(code="no_such_task"))
    return form_out(answers.form_of(found.case, found))


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
    if body.out:
        return done(person, operations.return_out(task_id, person, body.to, body.reason))
    return done(person, operations.return_task(task_id, person, body.to, body.reason, body.resubmit))


@router.post(
    "/tasks/{task_id}/transfer", response={200: CaseWhole, **FAILURES}, summary="Hand a task to somebody"
)
@write(again=again)
def transfer(request: HttpRequest, task_id: int, body: TransferIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.transfer(task_id, person, body.to, body.reason))


@router.post("/tasks/{task_id}/signers", response={200: CaseWhole, **FAILURES}, summary="Ask others to sign")
@write(again=again)
def add_signers(request: HttpRequest, task_id: int, body: SignersIn) -> CaseWhole | None:
    person = person_of(request)
    answer = operations.add_signers(task_id, person, body.people, body.position, body.rule, body.reason)
    return done(person, answer)


@router.post(
    "/tasks/{task_id}/remove", response={200: CaseWhole, **FAILURES}, summary="Take an added signer off"
)
@write(again=again)
def remove_signer(request: HttpRequest, task_id: int, body: RemovalIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.remove_signer(task_id, person, body.reason))


@router.post(
    "/tasks/{task_id}/delegate",
    response={200: CaseWhole, **FAILURES},
    summary="Let somebody do the work; you decide",
)
@write(again=again)
def delegate(request: HttpRequest, task_id: int, body: DelegateIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.delegate(task_id, person, body.to, body.reason))


@router.post(
    "/tasks/{task_id}/accept", response={200: CaseWhole, **FAILURES}, summary="Accept what was handed to you"
)
@write(again=again)
def accept(request: HttpRequest, task_id: int) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.accept(task_id, person))


@router.post(
    "/tasks/{task_id}/decline",
    response={200: CaseWhole, **FAILURES},
    summary="Decline what was handed to you",
)
@write(again=again)
def decline(request: HttpRequest, task_id: int, body: ReasonIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.decline(task_id, person, body.reason))


@router.post(
    "/tasks/{task_id}/urge", response={200: CaseWhole, **FAILURES}, summary="Press whoever has the task"
)
@write(again=again)
def urge(request: HttpRequest, task_id: int, body: UrgeIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.urge(task_id, person, body.text))


@router.post(
    "/tasks/{task_id}/take-back", response={200: CaseWhole, **FAILURES}, summary="Take your decision back"
)
@write(again=again)
def take_back(request: HttpRequest, task_id: int, body: RemovalIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.take_back(task_id, person, body.reason))
