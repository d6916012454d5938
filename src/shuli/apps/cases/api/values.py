"""What REST takes and gives, and how an outcome becomes an answer."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from django.http import HttpRequest
from ninja import Field, Schema

from shuli.apps.cases import answers, operations, presentation, queries, refusals
from shuli.apps.cases.models import Case, Task
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.core.forms import FormDefinition


class FormOut(Schema):
    form: dict[str, Any] | None = Field(
        None,
        description="What is asked, in the format of forms; null where nothing is asked but a decision or a remark.",
    )


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
    substitute: str = Field("", description="Who may act for the holder.")
    principal: str = Field("", description="For whom the holder acts.")
    added_by: str = Field("", description="Who asked for this task; empty: the process.")
    is_offered: bool = Field(False, description="Handed over and not yet accepted.")
    decision: str = ""
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
    decision: Literal["approve", "reject", "abstain"] = "approve"
    opinion: str = ""
    signed: bool = False


class ReturnIn(Schema):
    to: str = Field(description="The earlier node to go back to.")
    reason: str
    resubmit: Literal["walk", "straight"] = Field(
        "walk", description="How it comes back: through the steps in between, or straight to you."
    )
    out: bool = Field(
        False,
        description="Out of a called case: `to` is a node of the case that called it, which goes on there.",
    )


class ReasonIn(Schema):
    reason: str


class RetryIn(Schema):
    variables: dict[str, Any] = Field({}, description="Values to correct before the node runs again.")


class TransferIn(Schema):
    to: str = Field(description="Username of the new holder.")
    reason: str = ""


class SignersIn(Schema):
    people: list[str] = Field(description="Usernames of those who are asked.")
    position: Literal["before", "after", "beside"] = Field(
        "beside", description="Before you decide, after you have approved, or as voters beside you."
    )
    rule: Literal["all", "any", "sequence"] = Field("all", description="How they decide among themselves.")
    reason: str = ""


class RemovalIn(Schema):
    reason: str = ""


class DelegateIn(Schema):
    to: str = Field(description="Username of who does the work; it comes back to you with their opinion.")
    reason: str = ""


class CopyIn(Schema):
    people: list[str]
    text: str = ""


class UrgeIn(Schema):
    text: str = ""


class ReopenIn(Schema):
    to: str = Field(description="The node at which the case goes on.")
    reason: str


class JumpIn(Schema):
    token: int = Field(description="Which token moves; the preview lists them.")
    to: str
    reason: str


class CorrectIn(Schema):
    variables: dict[str, Any]
    reason: str


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


def case_out(case: Case) -> CaseOut:
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


def form_out(asked: FormDefinition | None) -> FormOut:
    return FormOut(form=msgspec.to_builtins(asked) if asked else None)


def task_out(task: Task, case: Case) -> TaskOut:
    graph = catalogue.graph(case.version_id)
    fields = {name: getattr(task, name) for name in TaskOut.model_fields if hasattr(task, name)}
    name = presentation.node_name(graph, task.node)
    form = answers.task_form_key(graph.nodes[task.node], task)
    return TaskOut(**{**fields, "id": task.pk, "case": case.number, "name": name, "form": form})


def whole(person: str, case: Case) -> CaseWhole:
    graph = catalogue.graph(case.version_id)
    visits = [
        VisitOut(
            **{name: getattr(visit, name) for name in VisitOut.model_fields if name != "name"},
            name=presentation.node_name(graph, visit.node),
        )
        for visit in queries.visits(case.pk)
    ]
    return CaseWhole(
        **case_out(case).model_dump(),
        variables=answers.readable(case, person),
        tasks=[task_out(task, case) for task in queries.tasks(case.pk)],
        visits=visits,
    )


def person_of(request: HttpRequest) -> str:
    return request.user.get_username()


def done(person: str, outcome: operations.Outcome) -> CaseWhole | None:
    """Return the case after the command, or raise why nothing was changed."""
    if isinstance(outcome, Refused):
        raise refusals.refusal_of(outcome)
    if isinstance(outcome, operations.Unfit):
        raise refusals.unfit_of(outcome)
    case = queries.case_by_id(person, outcome.case_id)
    return whole(person, case) if case is not None else None


def again(request: HttpRequest, body: Any) -> Any:
    """Return what the person may still read of a kept answer: rights may have changed since it was given."""
    if not isinstance(body, dict) or "number" not in body:
        return body
    person = person_of(request)
    readable = answers.readable(case_of(person, body["number"]), person)
    kept = {key: value for key, value in body.get("variables", {}).items() if key in readable}
    return {**body, "variables": kept}


def case_of(person: str, number: str) -> Case:
    found = queries.case_for(person, number)
    if found is None:
        raise refusals.refusal_of(Refused(code="no_such_case"))
    return found
