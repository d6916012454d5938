"""REST for cases and tasks: the same operations as the pages, the same rights, the same refusals."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, UploadedFile

from shuli.apps.cases import answers, operations, presentation, queries, refusals
from shuli.apps.cases.models import Case, Task
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.kit.rest import FAILURES, write

router = Router(tags=["cases"])


class TaskOut(Schema):
    id: int
    case: str
    node: str
    name: str
    role: str
    state: str
    department: str
    holder: str
    pool: str
    opened_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    done_by: str
    form: str | None = Field(None, description="Key of the form to fill, in the process's forms.")


class CaseOut(Schema):
    id: int
    number: str
    title: str
    process: str
    version: str
    status: str
    starter: str
    started_at: datetime
    ended_at: datetime | None
    incidents: int


class VisitOut(Schema):
    node: str
    name: str
    round: int
    department: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    outcome: str
    person: str
    waiting_seconds: int | None
    handling_seconds: int | None


class CaseWhole(CaseOut):
    variables: dict[str, Any]
    tasks: list[TaskOut]
    visits: list[VisitOut]


class StartIn(Schema):
    process: str
    answers: dict[str, Any] = {}


class CompleteIn(Schema):
    answers: dict[str, Any] = {}
    decision: Literal["approve", "reject"] = "approve"
    opinion: str = ""
    signed: bool = False


class ReturnIn(Schema):
    to: str = Field(description="The earlier node to go back to.")
    reason: str


class TransferIn(Schema):
    to: str = Field(description="Username of the new holder.")
    reason: str = ""


class CommentIn(Schema):
    text: str
    mentions: list[str] = []


class CaseQuery(Schema):
    q: str = ""
    process: str = ""
    status: str = ""
    overdue: bool = False
    mine: bool = False
    offset: int = Field(0, ge=0)
    limit: int = Field(50, ge=1, le=200)


class Window(Schema):
    offset: int = Field(0, ge=0)
    limit: int = Field(50, ge=1, le=200)


class CasePage(Schema):
    total: int
    items: list[CaseOut]


class TaskPage(Schema):
    total: int
    items: list[TaskOut]


def _case_out(case: Case) -> CaseOut:
    return CaseOut(
        id=case.pk,
        number=case.number,
        title=case.title,
        process=case.process_key,
        version=catalogue.version(case.version_id).number,
        status=case.status,
        starter=case.starter,
        started_at=case.started_at,
        ended_at=case.ended_at,
        incidents=case.incidents,
    )


def _task_out(task: Task, case: Case) -> TaskOut:
    graph = catalogue.graph(case.version_id)
    fields = {name: getattr(task, name) for name in TaskOut.model_fields if hasattr(task, name)}
    name = presentation.node_name(graph, task.node)
    form = answers.form_key(graph.nodes[task.node], task.seat_key)
    return TaskOut(**{**fields, "id": task.pk, "case": case.number, "name": name, "form": form})


def _whole(person: str, case: Case) -> CaseWhole:
    graph = catalogue.graph(case.version_id)
    visits = [
        VisitOut(
            **{name: getattr(visit, name) for name in VisitOut.model_fields if name != "name"},
            name=presentation.node_name(graph, visit.node),
        )
        for visit in queries.visits(case.pk)
    ]
    return CaseWhole(
        **_case_out(case).model_dump(),
        variables=answers.readable(case, person),
        tasks=[_task_out(task, case) for task in queries.tasks(case.pk)],
        visits=visits,
    )


def _person(request: HttpRequest) -> str:
    return request.user.get_username()


def _done(person: str, outcome: operations.Outcome) -> CaseWhole | None:
    """Return the case after the command, or raise why nothing was changed."""
    if isinstance(outcome, Refused):
        raise refusals.refusal_of(outcome)
    if isinstance(outcome, operations.Unfit):
        raise refusals.unfit_of(outcome)
    case = queries.case_by_id(person, outcome.case_id)
    return _whole(person, case) if case is not None else None


def _case(person: str, number: str) -> Case:
    found = queries.case_for(person, number)
    if found is None:
        raise refusals.refusal_of(Refused(code="no_such_case"))
    return found


@router.post("/cases", response={200: CaseWhole, **FAILURES}, summary="Start a process by its form")
@write
def start(request: HttpRequest, body: StartIn) -> CaseWhole | None:
    person = _person(request)
    return _done(person, operations.start_case(body.process, person, body.answers))


@router.get("/cases", response={200: CasePage, **FAILURES}, summary="The cases that you may see")
def cases(request: HttpRequest, query: Query[CaseQuery]) -> CasePage:
    wanted = queries.CaseFilter(
        text=query.q, process=query.process, status=query.status, mine=query.mine, overdue=query.overdue
    )
    rows = queries.cases(_person(request), wanted)
    window = rows[query.offset : query.offset + query.limit]
    return CasePage(total=rows.count(), items=[_case_out(case) for case in window])


@router.get(
    "/cases/{number}", response={200: CaseWhole, **FAILURES}, summary="One case with its tasks and visits"
)
def case(request: HttpRequest, number: str) -> CaseWhole:
    return _whole(_person(request), _case(_person(request), number))


@router.post("/cases/{number}/comments", response={200: CaseWhole, **FAILURES}, summary="Comment on a case")
@write
def comment(request: HttpRequest, number: str, body: CommentIn) -> CaseWhole | None:
    person = _person(request)
    return _done(person, operations.comment(_case(person, number).pk, person, body.text, body.mentions))


@router.post(
    "/cases/{number}/documents", response={200: CaseWhole, **FAILURES}, summary="Attach a file to a case"
)
@write
def attach(
    request: HttpRequest, number: str, file: File[UploadedFile], document: Form[str] = ""
) -> CaseWhole | None:
    person = _person(request)
    return _done(person, operations.attach(_case(person, number).pk, person, document, file))


@router.get("/tasks", response={200: TaskPage, **FAILURES}, summary="Your to-dos, by due time")
def tasks(request: HttpRequest, window: Query[Window]) -> TaskPage:
    rows = queries.inbox(_person(request))
    items = rows[window.offset : window.offset + window.limit]
    return TaskPage(total=rows.count(), items=[_task_out(task, task.case) for task in items])


@router.get("/tasks/{task_id}", response={200: TaskOut, **FAILURES}, summary="One task")
def task(request: HttpRequest, task_id: int) -> TaskOut:
    found = queries.task_for(_person(request), task_id)
    if found is None:
        raise refusals.refusal_of(Refused(code="no_such_task"))
    return _task_out(found, found.case)


@router.post(
    "/tasks/{task_id}/claim", response={200: CaseWhole, **FAILURES}, summary="Claim a task of your pool"
)
@write
def claim(request: HttpRequest, task_id: int) -> CaseWhole | None:
    person = _person(request)
    return _done(person, operations.claim(task_id, person))


@router.post("/tasks/{task_id}/release", response={200: CaseWhole, **FAILURES}, summary="Give a task back")
@write
def release(request: HttpRequest, task_id: int) -> CaseWhole | None:
    person = _person(request)
    return _done(person, operations.release(task_id, person))


@router.post("/tasks/{task_id}/complete", response={200: CaseWhole, **FAILURES}, summary="Complete a task")
@write
def complete(request: HttpRequest, task_id: int, body: CompleteIn) -> CaseWhole | None:
    person = _person(request)
    verdict = operations.Verdict(decision=body.decision, opinion=body.opinion, signed=body.signed)
    return _done(person, operations.complete(task_id, person, body.answers, verdict))


@router.post(
    "/tasks/{task_id}/return", response={200: CaseWhole, **FAILURES}, summary="Return to an earlier node"
)
@write
def return_task(request: HttpRequest, task_id: int, body: ReturnIn) -> CaseWhole | None:
    person = _person(request)
    return _done(person, operations.return_task(task_id, person, body.to, body.reason))


@router.post(
    "/tasks/{task_id}/transfer", response={200: CaseWhole, **FAILURES}, summary="Hand a task to somebody"
)
@write
def transfer(request: HttpRequest, task_id: int, body: TransferIn) -> CaseWhole | None:
    person = _person(request)
    return _done(person, operations.transfer(task_id, person, body.to, body.reason))
