"""REST for what becomes of a draft: a first version that is published, a further one that is handed in for review."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from shuli.apps.catalogue.publication import first, operations
from shuli.apps.catalogue.publication.operations import USUAL_TRANSITION
from shuli.kit.errors import Refusal
from shuli.kit.rest import FAILURES, write

router = Router(tags=["drafts"])


class PublishIn(Schema):
    expected_revision: int
    summary: str
    complies: bool = False
    compliance_note: str = ""
    trial: str = ""
    told: list[str] = []


class Published(Schema):
    process: str
    version: str


class SubmitIn(Schema):
    """`knowingly` hands in over a version that was published after the draft was begun."""

    summary: str
    reason: str
    front_line: list[str]
    departments: list[str]
    complies: bool = False
    compliance_note: str = ""
    trial: str = ""
    training: str = ""
    told: list[str] = []
    effective_on: date | None = None
    transition_days: int = USUAL_TRANSITION
    knowingly: bool = False


class Submitted(Schema):
    change: int
    case: str


@router.post(
    "/drafts/{draft_id}/publish",
    response={200: Published, **FAILURES},
    summary="Publish a draft as the first version of its process",
)
@write
def publish(request: HttpRequest, draft_id: int, body: PublishIn) -> Published:
    facts = body.model_dump(exclude={"expected_revision", "told"})
    said = first.First(**facts, told=tuple(body.told))
    version = first.publish_first(request.user.get_username(), draft_id, body.expected_revision, said)
    if isinstance(version, Refusal):
        raise version
    return Published(process=version.process.key, version=version.number)


@router.post(
    "/drafts/{draft_id}/submit", response={200: Submitted, **FAILURES}, summary="Hand a draft in for review"
)
@write
def submit(request: HttpRequest, draft_id: int, body: SubmitIn) -> Submitted:
    said: dict[str, Any] = body.model_dump(exclude={"knowingly"})
    said |= {name: tuple(said[name]) for name in ("front_line", "departments", "told")}
    wish, person = operations.Wish(**said), request.user.get_username()
    change = operations.submit(person, draft_id, wish, knowingly=body.knowingly)
    if isinstance(change, Refusal):
        raise change
    return Submitted(change=change.pk, case=change.case_number)
