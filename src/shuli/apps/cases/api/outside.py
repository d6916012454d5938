"""REST for programs: send messages and signals; fetch and complete the work of service tasks."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import AfterValidator, StringConstraints

from shuli.apps.cases import refusals
from shuli.apps.cases.models import Message, ServiceCall
from shuli.apps.cases.outside import calls, sending, working
from shuli.core.engine import Refused
from shuli.kit import limits
from shuli.kit.rest import FAILURES, NoPerson, Scoped, scope_parts, write

router = Router(tags=["programs"])
MESSAGES = [Scoped("messages"), NoPerson()]
JOBS = [Scoped("jobs"), NoPerson()]
Found = TypeVar("Found")


def _small(values: dict[str, Any]) -> dict[str, Any]:
    if len(msgspec.json.encode(values)) > limits.MESSAGE_BYTES:
        raise ValueError(f"at most {limits.MESSAGE_BYTES} bytes")
    return values


Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Variables = Annotated[dict[str, Any], AfterValidator(_small)]


class SignalIn(Schema):
    name: Name
    variables: Variables = {}


class MessageIn(SignalIn):
    correlation: str = Field(
        "", max_length=500, description="The value by which the waiting case knows that it is meant."
    )
    case: str = Field("", max_length=40, description="Number of the one case that it is for.")
    ttl_hours: int | None = Field(
        None, ge=0, le=limits.MESSAGE_MOST_HOURS, description="How long it is kept when nobody waits; 0: not."
    )


class Reached(Schema):
    case: str | None
    process: str
    started: bool
    state: Literal["pending", "done", "missed"]


class MessageOut(Schema):
    id: int
    state: str = Field(description="waiting, on_its_way, delivered or expired")
    expires_at: datetime
    reached: list[Reached]


class FetchIn(Schema):
    topics: list[Name] = Field(min_length=1, max_length=20)
    worker: Name
    max: int = Field(1, ge=1, le=limits.FETCH_JOBS)
    lease_seconds: int = Field(60, ge=1, le=limits.LEASE_SECONDS)
    wait_seconds: float = Field(0, ge=0, le=limits.FETCH_SECONDS)


class JobOut(Schema):
    id: int
    topic: str
    case: str
    process: str
    node: str
    lease: int = Field(description="Number of this lease; every answer names it.")
    lease_until: datetime
    attempts_left: int
    variables: dict[str, Any]


class JobList(Schema):
    jobs: list[JobOut]


class LeaseIn(Schema):
    worker: Name
    lease: int


class CompleteIn(LeaseIn):
    variables: Variables = {}


class FailIn(LeaseIn):
    message: str = Field("", max_length=1_000)
    final: bool = Field(default=False, description="Another attempt would not help.")


class ErrorIn(LeaseIn):
    code: Name
    message: str = Field("", max_length=1_000)


class ExtendIn(LeaseIn):
    lease_seconds: int = Field(60, ge=1, le=limits.LEASE_SECONDS)


class JobState(Schema):
    id: int
    state: str
    lease_until: datetime | None


def _unless_refused(answer: Found | Refused) -> Found:
    if isinstance(answer, Refused):
        raise refusals.refusal_of(answer)
    return answer


# Messages and signals -----------------------------------------------------------------------------------


def _message_out(message: Message) -> MessageOut:
    reached = [
        Reached(case=one.case, process=one.process, started=one.started, state=one.state)
        for one in sending.reached_by(message.pk)
    ]
    return MessageOut(id=message.pk, state=message.state, expires_at=message.expires_at, reached=reached)


@router.post("/messages", auth=MESSAGES, response={200: MessageOut, **FAILURES}, summary="Send a message")
@write
def send_message(request: HttpRequest, body: MessageIn) -> MessageOut:
    person = request.user.get_username()
    sent = sending.send_message(
        sending.Wanted(name=body.name, correlation=body.correlation, case=body.case, hours=body.ttl_hours),
        body.variables,
        person,
    )
    return _message_out(_unless_refused(sent))


@router.post("/signals", auth=MESSAGES, response={200: MessageOut, **FAILURES}, summary="Send a signal")
@write
def send_signal(request: HttpRequest, body: SignalIn) -> MessageOut:
    return _message_out(sending.send_signal(body.name, body.variables, request.user.get_username()))


# Jobs for workers ---------------------------------------------------------------------------------------


def _job_out(call: ServiceCall) -> JobOut:
    if call.lease_until is None:
        raise ValueError(f"Expected a leased call but found {call.state}.")
    return JobOut(
        id=call.pk,
        topic=call.name,
        case=call.case.number,
        process=call.case.process_key,
        node=call.node,
        lease=call.attempts,
        lease_until=call.lease_until,
        attempts_left=call.retries + 1 - call.attempts,
        variables=call.request,
    )


def _lease(request: HttpRequest, job: int, body: LeaseIn) -> calls.Lease:
    return _unless_refused(working.lease_of(job, body.worker, body.lease, scope_parts(request, "jobs")))


def _state(job: int) -> JobState:
    call = ServiceCall.objects.get(pk=job)
    return JobState(id=call.pk, state=call.state, lease_until=call.lease_until)


@router.post(
    "/jobs/fetch", auth=JOBS, response={200: JobList, **FAILURES}, summary="Fetch work of your topics"
)
def fetch(request: HttpRequest, body: FetchIn) -> JobList:
    """Lease what waits; without a key, for what is not answered is given out again when its lease has run out."""
    wish = working.Wish(
        topics=tuple(dict.fromkeys(body.topics)),
        worker=body.worker,
        most=body.max,
        seconds=body.lease_seconds,
        wait=body.wait_seconds,
    )
    found = _unless_refused(working.fetch(wish, scope_parts(request, "jobs")))
    return JobList(jobs=[_job_out(call) for call in found])


@router.post("/jobs/{job}/complete", auth=JOBS, response={200: JobState, **FAILURES}, summary="Hand work in")
@write
def complete(request: HttpRequest, job: int, body: CompleteIn) -> JobState:
    _unless_refused(working.complete(_lease(request, job, body), body.variables))
    return _state(job)


@router.post(
    "/jobs/{job}/fail", auth=JOBS, response={200: JobState, **FAILURES}, summary="Say that it failed"
)
@write
def fail(request: HttpRequest, job: int, body: FailIn) -> JobState:
    _unless_refused(working.fail(_lease(request, job, body), body.message, is_final=body.final))
    return _state(job)


@router.post(
    "/jobs/{job}/error", auth=JOBS, response={200: JobState, **FAILURES}, summary="Throw a BPMN error"
)
@write
def throw_error(request: HttpRequest, job: int, body: ErrorIn) -> JobState:
    _unless_refused(working.throw_error(_lease(request, job, body), body.code, body.message))
    return _state(job)


@router.post("/jobs/{job}/extend", auth=JOBS, response={200: JobState, **FAILURES}, summary="Keep it longer")
@write
def extend(request: HttpRequest, job: int, body: ExtendIn) -> JobState:
    _unless_refused(calls.extend(_lease(request, job, body), body.lease_seconds))
    return _state(job)
