"""REST for ad-hoc sub-processes: what can be started in each, starting it, saying that all is done."""

from django.http import HttpRequest
from ninja import Field, Router, Schema

from shuli.apps.cases import operations, parts
from shuli.apps.cases.api.values import CaseWhole, again, case_of, done, person_of
from shuli.kit.rest import FAILURES, write

router = Router(tags=["cases"])


class PartOut(Schema):
    token: int
    node: str
    startable: list[str] = Field(description="The activities that can be started now.")
    may_finish: bool = Field(description="Whether somebody may say that all is done.")


class ActivityIn(Schema):
    node: str


@router.get(
    "/cases/{number}/parts",
    response={200: list[PartOut], **FAILURES},
    summary="The running ad-hoc parts of a case that you lead",
)
def led_parts(request: HttpRequest, number: str) -> list[PartOut]:
    person = person_of(request)
    return [
        PartOut(token=part.token, node=part.node, startable=list(part.startable), may_finish=part.may_finish)
        for part in parts.led_parts(case_of(person, number), person)
    ]


@router.post(
    "/cases/{number}/parts/{token}/start",
    response={200: CaseWhole, **FAILURES},
    summary="Start an activity of an ad-hoc part (who leads it)",
)
@write(again=again)
def start_activity(request: HttpRequest, number: str, token: int, body: ActivityIn) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.start_activity(case_of(person, number).pk, person, token, body.node))


@router.post(
    "/cases/{number}/parts/{token}/finish",
    response={200: CaseWhole, **FAILURES},
    summary="Say that an ad-hoc part is complete (who leads it)",
)
@write(again=again)
def finish_activities(request: HttpRequest, number: str, token: int) -> CaseWhole | None:
    person = person_of(request)
    return done(person, operations.finish_activities(case_of(person, number).pk, person, token))
