"""REST for cases: the same operations as the pages, the same rights, the same refusals."""

from django.http import HttpRequest
from ninja import File, Form, Query, Router, UploadedFile

from shuli.apps.cases import operations, queries
from shuli.apps.cases.api.values import (
    CasePage,
    CaseQuery,
    CaseWhole,
    CommentIn,
    StartIn,
    case_of,
    case_out,
    done,
    person_of,
    whole,
)
from shuli.kit.rest import FAILURES, write

router = Router(tags=["cases"])


@router.post("/cases", response={200: CaseWhole, **FAILURES}, summary="Start a process by its form")
@write
def start(request: HttpRequest, body: StartIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.start_case(body.process, person, body.answers))


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
@write
def comment(request: HttpRequest, number: str, body: CommentIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.comment(case_of(person, number).pk, person, body.text, body.mentions))


@router.post(
    "/cases/{number}/documents", response={200: CaseWhole, **FAILURES}, summary="Attach a file to a case"
)
@write
def attach(
    request: HttpRequest, number: str, file: File[UploadedFile], document: Form[str] = ""
) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.attach(case_of(person, number).pk, person, document, file))
