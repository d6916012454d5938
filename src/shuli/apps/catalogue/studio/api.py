"""REST for the studio: the drafts of a process, from the first one to publication."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.models import Draft
from shuli.apps.catalogue.studio import operations, queries
from shuli.kit.errors import Denied, Refusal
from shuli.kit.rest import FAILURES, write

router = Router(tags=["drafts"])


class DraftOut(Schema):
    id: int
    process: str
    title: str
    state: str
    based_on: str | None
    revision: int
    saved_by: str
    saved_at: datetime


class DraftWhole(DraftOut):
    bpmn: str
    forms: dict[str, Any]
    documents: dict[str, Any]


class OpenIn(Schema):
    """`source` is template:KEY, version:ID, process:KEY, or nothing for the version in force."""

    source: str = ""
    title: str = ""


class RegisterIn(OpenIn):
    key: str
    name: str
    name_en: str = ""
    category: str = ""
    owner_post: str
    supervisor_post: str = ""


class SaveIn(Schema):
    expected_revision: int
    bpmn: str | None = None
    forms: dict[str, Any] | None = None
    documents: dict[str, Any] | None = None


class CopyIn(Schema):
    title: str
    bpmn: str | None = None


class ProblemOut(Schema):
    code: str
    severity: str
    element: str | None
    line: int | None
    zh: str
    en: str


def _out(draft: Draft) -> DraftOut:
    return DraftOut(
        id=draft.pk,
        process=draft.process.key,
        title=draft.title,
        state=draft.state,
        based_on=draft.based_on.number if draft.based_on else None,
        revision=draft.revision,
        saved_by=draft.saved_by,
        saved_at=draft.saved_at,
    )


def _done(answer: Draft | Refusal) -> DraftOut:
    if isinstance(answer, Refusal):
        raise answer
    return _out(answer)


def _visible(request: HttpRequest, pk: int) -> Draft:
    draft = queries.draft(pk)
    refusal = operations.may_touch(draft, request.user.get_username())
    if draft is None or refusal is not None:
        raise refusal or Refusal("draft_missing", status=404)
    return draft


@router.get(
    "/processes/{key}/drafts", response={200: list[DraftOut], **FAILURES}, summary="Drafts of a process"
)
def drafts(request: HttpRequest, key: str) -> list[DraftOut]:
    process = register.process(key)
    if process is None:
        raise Refusal("process_missing", status=404)
    if not queries.may_draw(process, request.user.get_username()):
        raise Denied("draft_not_yours")
    return [_out(row) for row in queries.drafts(key)]


@router.post("/processes/{key}/drafts", response={200: DraftOut, **FAILURES}, summary="Begin a draft")
@write
def open_draft(request: HttpRequest, key: str, body: OpenIn) -> DraftOut:
    return _done(operations.open_draft(key, request.user.get_username(), body.source, body.title))


@router.post(
    "/drafts", response={200: DraftOut, **FAILURES}, summary="Register a process with its first draft"
)
@write
def register_process(request: HttpRequest, body: RegisterIn) -> DraftOut:
    facts = body.model_dump(exclude={"source", "title"})
    return _done(operations.register_process(request.user.get_username(), facts, body.source))


@router.get("/drafts/{draft_id}", response={200: DraftWhole, **FAILURES}, summary="One draft with its parts")
def draft(request: HttpRequest, draft_id: int) -> DraftWhole:
    found = _visible(request, draft_id)
    parts = {"bpmn": found.bpmn, "forms": found.forms, "documents": found.documents}
    return DraftWhole(**_out(found).model_dump(), **parts)


@router.put("/drafts/{draft_id}", response={200: DraftOut, **FAILURES}, summary="Save parts of a draft")
@write
def save(request: HttpRequest, draft_id: int, body: SaveIn) -> DraftOut:
    changed = body.model_dump(exclude={"expected_revision"}, exclude_none=True)
    person = request.user.get_username()
    return _done(operations.save_draft(draft_id, person, body.expected_revision, changed))


@router.post(
    "/drafts/{draft_id}/copy", response={200: DraftOut, **FAILURES}, summary="Keep a draft as a copy"
)
@write
def copy(request: HttpRequest, draft_id: int, body: CopyIn) -> DraftOut:
    changed = body.model_dump(exclude={"title"}, exclude_none=True)
    return _done(operations.copy_draft(draft_id, request.user.get_username(), body.title, changed))


@router.post("/drafts/{draft_id}/discard", response={200: DraftOut, **FAILURES}, summary="Give a draft up")
@write
def discard(request: HttpRequest, draft_id: int) -> DraftOut:
    return _done(operations.discard(draft_id, request.user.get_username()))


@router.get(
    "/drafts/{draft_id}/problems",
    response={200: list[ProblemOut], **FAILURES},
    summary="What speaks against publishing a draft",
)
def problems(request: HttpRequest, draft_id: int) -> list[ProblemOut]:
    found = operations.check_draft(_visible(request, draft_id))
    return [
        ProblemOut(
            code=one.code,
            severity=one.severity,
            element=one.element,
            line=one.line,
            zh=one.words.zh,
            en=one.words.en,
        )
        for one in found
    ]
