"""REST of an administrator's jump: where a case stands, what a jump would do, and the jump itself.

An administrator reads no case by office, so these answers hold nodes and counts, never what people wrote.
"""

from django.http import HttpRequest
from ninja import Router, Schema

from shuli.apps.cases import operations, queries, refusals
from shuli.apps.cases.api.values import JumpIn, person_of
from shuli.apps.cases.models import Case
from shuli.core.engine import Refused
from shuli.kit.rest import FAILURES, write

router = Router(tags=["cases"])


class Place(Schema):
    token: int
    node: str


class Places(Schema):
    number: str
    process: str
    status: str
    places: list[Place]


class Left(Schema):
    node: str
    document: str


class Foreseen(Schema):
    cancelled_nodes: list[str]
    cancelled_tasks: int
    starts: list[str]
    left_out: list[Left]
    ends_as: str | None


def _case(request: HttpRequest, number: str) -> Case:
    found = queries.case_to_move(person_of(request), number)
    if isinstance(found, Refused):
        raise refusals.refusal_of(found)
    return found


def _places(case: Case) -> Places:
    rows = [Place(token=token.id, node=token.node) for token in queries.tokens_to_move(case)]
    return Places(number=case.number, process=case.process_key, status=case.status, places=rows)


@router.get(
    "/jumps/{number}", response={200: Places, **FAILURES}, summary="Where a case stands (administrator)"
)
def places(request: HttpRequest, number: str) -> Places:
    return _places(_case(request, number))


@router.get(
    "/jumps/{number}/preview",
    response={200: Foreseen, **FAILURES},
    summary="What a jump would do (administrator)",
)
def preview(request: HttpRequest, number: str, token: int, to: str) -> Foreseen:
    found = operations.foresee_jump(_case(request, number).pk, person_of(request), token, to)
    if isinstance(found, Refused):
        raise refusals.refusal_of(found)
    return Foreseen(
        cancelled_nodes=[visit.node for visit in found.visits],
        cancelled_tasks=len(found.tasks),
        starts=list(found.starts),
        left_out=[Left(node=one.node, document=one.document) for one in found.skipped],
        ends_as=found.ends_as,
    )


@router.post(
    "/jumps/{number}",
    response={200: Places, **FAILURES},
    summary="Move a case to another node (administrator)",
)
@write
def jump(request: HttpRequest, number: str, body: JumpIn) -> Places:
    case = _case(request, number)
    answer = operations.jump(case.pk, person_of(request), body.token, body.to, body.reason)
    if isinstance(answer, Refused):
        raise refusals.refusal_of(answer)
    case.refresh_from_db()
    return _places(case)
