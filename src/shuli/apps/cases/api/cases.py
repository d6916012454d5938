"""REST for cases: the same operations as the pages, the same rights, the same refusals."""

from django.http import HttpRequest
from ninja import File, Form, Query, Router, UploadedFile

from shuli.apps.cases import answers, operations, queries, refusals
from shuli.apps.cases.api.values import (
    CasePage,
    CaseQuery,
    CaseWhole,
    CommentIn,
    CopyIn,
    CorrectIn,
    FormOut,
    ReasonIn,
    ReopenIn,
    RetryIn,
    StartIn,
    again,
    case_of,
    case_out,
    done,
    form_out,
    person_of,
    whole,
)
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.kit.rest import FAILURES, write

router = Router(tags=["cases"])


@router.post("/cases", response={200: CaseWhole, **FAILURES}, summary="Start a process by its form")
@write(again=again)
def start(request: HttpRequest, body: StartIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.start_case(body.process, person, body.answers))


@router.get(
    "/processes/{key}/start-form",
    response={200: FormOut, **FAILURES},
    summary="The form that starts a process, with whom can be chosen for what comes next",
)
def start_form(request: HttpRequest, key: str) -> FormOut:
    if not catalogue.may_start(key, person_of(request)):
        raise refusals.refusal_of(Refused(code="may_not_start"))
    return form_out(answers.start_form(catalogue.version_to_start(key).pk))


@router.get("/cases", response={200: CasePage, **FAILURES}, summary="The cases that you may see")
def cases(request: HttpRequest, query: Query[CaseQuery]) -> CasePage:
    wanted = queries.CaseFilter(
        text=query.q, process=query.process, status=query.status, mine=query.mine, overdue=query.overdue
    )
    rows = queries.cases(person_of(request), wanted)
    window = rows[query.offset : query.offset + query.limit]
    return CasePage(total=rows.count(), items=[case_out(case) for case in window])


@router.get(
    "/cases/{number}", response={200: CaseWhole, **FAILURES}, summary="One case with its tasks and visits"
)
def case(request: HttpRequest, number: str) -> CaseWhole:
    return whole(person_of(request), case_of(person_of(request), number))


@router.post("/cases/{number}/comments", response={200: CaseWhole, **FAILURES}, summary="Comment on a case")
@write(again=again)
def comment(request: HttpRequest, number: str, body: CommentIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.comment(case_of(person, number).pk, person, body.text, body.mentions))


@router.post(
    "/cases/{number}/documents", response={200: CaseWhole, **FAILURES}, summary="Attach a file to a case"
)
@write(again=again)
def attach(
    request: HttpRequest, number: str, file: File[UploadedFile], document: Form[str] = ""
) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.attach(case_of(person, number).pk, person, document, file))


@router.post(
    "/cases/{number}/withdraw", response={200: CaseWhole, **FAILURES}, summary="Take your own case back"
)
@write(again=again)
def withdraw(request: HttpRequest, number: str, body: ReasonIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.withdraw(case_of(person, number).pk, person, body.reason))


@router.post(
    "/cases/{number}/suspend",
    response={200: CaseWhole, **FAILURES},
    summary="Let a case stand still (process owner)",
)
@write(again=again)
def suspend(request: HttpRequest, number: str, body: ReasonIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.suspend(case_of(person, number).pk, person, body.reason))


@router.post(
    "/cases/{number}/resume",
    response={200: CaseWhole, **FAILURES},
    summary="Let a suspended case go on (process owner)",
)
@write(again=again)
def resume(request: HttpRequest, number: str) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.resume(case_of(person, number).pk, person))


@router.post(
    "/cases/{number}/terminate",
    response={200: CaseWhole, **FAILURES},
    summary="End a case for good (process owner)",
)
@write(again=again)
def terminate(request: HttpRequest, number: str, body: ReasonIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.terminate(case_of(person, number).pk, person, body.reason))


@router.post(
    "/cases/{number}/incidents/{incident}/retry",
    response={200: CaseWhole, **FAILURES},
    summary="Correct what stopped a case and try again (process owner)",
)
@write(again=again)
def retry(request: HttpRequest, number: str, incident: int, body: RetryIn) -> CaseWhole | None:
    person = person_of(request)
    case = case_of(person, number)
    return done(person, operations.retry_incident(case.pk, incident, person, body.variables))


@router.post("/cases/{number}/copies", response={200: CaseWhole, **FAILURES}, summary="Send copies to read")
@write(again=again)
def copies(request: HttpRequest, number: str, body: CopyIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.send_copies(case_of(person, number).pk, person, body.people, body.text))


@router.post(
    "/cases/{number}/correct",
    response={200: CaseWhole, **FAILURES},
    summary="Correct values of a case, with a reason (process owner)",
)
@write(again=again)
def correct(request: HttpRequest, number: str, body: CorrectIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.correct(case_of(person, number).pk, person, body.variables, body.reason))


@router.post(
    "/cases/{number}/reopen",
    response={200: CaseWhole, **FAILURES},
    summary="Bring a closed case back to a node (process owner)",
)
@write(again=again)
def reopen(request: HttpRequest, number: str, body: ReopenIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.reopen(case_of(person, number).pk, person, body.to, body.reason))
