"""The conventions of REST: who asks, how errors look, and that a write sent twice happens once.

    router = Router(tags=["tasks"])

    @router.post("/tasks/{pk}/claim", response={200: TaskOut, **FAILURES})
    @write
    def claim(request, pk: int) -> TaskOut | Refusal: ...

It answers another status than 200 with `Status(201, body)`. A command that the rules do not allow raises its `Refusal`.
"""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyCookie, HttpBearer
from pydantic import BaseModel

from shuli.kit import failure_pages, idempotency, tokens
from shuli.kit.errors import Refusal, sentence

logger = logging.getLogger(__name__)

READING = frozenset({"GET", "HEAD", "OPTIONS"})
Endpoint = Callable[..., Any]


class Failure(Schema):
    """How every failure looks."""

    code: str
    message: str
    details: dict[str, Any] = {}


FAILURES = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 503), Failure)


class Session(APIKeyCookie):
    """A person who is signed in to the pages; the pages' own scripts use this, with their CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        # without the cookie nobody acts in a browser's name: a program with a wrong token is told so, not about CSRF
        return super()._get_key(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002 -- ninja's signature
        return request.user if request.user.is_authenticated and request.user.is_active else None


class Bearer(HttpBearer):
    """A program with a person's token: `Authorization: Bearer shuli_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = tokens.bearer(token)
        person = (
            get_user_model().objects.filter(username=found.person, is_active=True).first() if found else None
        )
        if found is None or person is None:
            return None
        if found.read_only and request.method not in READING:
            raise Refusal("token_reads_only", status=403)
        self.refuse_by_scope(found.scopes)
        request.user = person
        request.scopes = found.scopes  # type: ignore[attr-defined]
        return person

    def refuse_by_scope(self, scopes: frozenset[str]) -> None:
        """Refuse a token that was issued for something else than what its person may."""
        if scopes:
            raise Refusal("token_has_other_scope", status=403)


class Scoped(Bearer):
    """A program whose token was issued for this: `messages`, `jobs` or `jobs:<topic>`. No person's sign-in counts."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def refuse_by_scope(self, scopes: frozenset[str]) -> None:
        if not any(scope.partition(":")[0] == self.scope for scope in scopes):
            raise Refusal("token_has_other_scope", status=403)


class NoPerson(Session):
    """Tells a person who is signed in that this is for programs, instead of asking them to sign in."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if super().authenticate(request, key) is not None:
            raise Refusal("token_has_other_scope", status=403)


def scope_parts(request: HttpRequest, scope: str) -> frozenset[str] | None:
    """Return what a program's token names within a scope, such as topics; None where it names all."""
    found: frozenset[str] = getattr(request, "scopes", frozenset())
    return None if scope in found else frozenset(one.partition(":")[2] for one in found if ":" in one)


Again = Callable[[HttpRequest, Any], Any]


def write(endpoint: Endpoint | None = None, *, again: Again | None = None) -> Endpoint:
    """Carry a command out once for each Idempotency-Key; the second sending gets the first one's answer.

    `again` looks at a kept answer before it is given a second time: it returns what the person may still read of it,
    or raises the refusal that they would get now.
    """
    if endpoint is None:
        return lambda wrapped: write(wrapped, again=again)
    wrapped = endpoint

    @wraps(wrapped)
    def once(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            raise Refusal("key_missing")
        fresh: list[dict[str, Any]] = []

        def run() -> dict[str, Any]:
            fresh.append(_kept(wrapped(request, *arguments, **named)))
            return fresh[0]

        kept = idempotency.once(
            request.user.get_username(), idempotency.key_of(request), _command(request), run
        )
        if isinstance(kept, idempotency.Conflict):
            raise Refusal("key_reused", status=409)
        body = kept["body"] if fresh or again is None else again(request, kept["body"])
        return Status(kept["status"], body)

    once.needs_key = True  # type: ignore[attr-defined]
    return once


def _kept(answer: Any) -> dict[str, Any]:
    status, body = (answer.status_code, answer.value) if isinstance(answer, Status) else (200, answer)
    return {"status": status, "body": body.model_dump(mode="json") if isinstance(body, BaseModel) else body}


def _command(request: HttpRequest) -> list[Any]:
    """Return what tells one command from another: method, address and everything sent."""
    if request.content_type == "multipart/form-data":
        sent: Any = [sorted(request.POST.lists()), [_file_print(f) for f in request.FILES.values()]]
    else:
        sent = hashlib.sha256(request.body).hexdigest()
    return [request.method, request.get_full_path(), sent]


def _file_print(file: Any) -> list[str]:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return [file.name, digest.hexdigest()]


def new_api(*, version: str, title: str, description: str) -> NinjaAPI:
    """Return an API with these conventions; its OpenAPI document is at openapi.json beside the endpoints."""
    # no documentation page: it would load scripts from elsewhere, which the content policy forbids
    api = NinjaAPI(
        version=version, title=title, description=description, docs_url=None, auth=[Bearer(), Session()]
    )
    for kind, answer in ANSWERS.items():
        api.add_exception_handler(kind, answer)
    return api


def _failure(
    request: HttpRequest, status: int, code: str, message: str, details: dict[str, Any]
) -> HttpResponse:
    body = {
        "code": code,
        "message": message,
        "details": details | {"request_id": getattr(request, "request_id", "")},
    }
    return failure_pages.json_answer(body, status)


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    if not isinstance(error, Refusal):
        raise TypeError(f"Expected a refusal but found {type(error).__name__}.")
    params = {k: v if isinstance(v, int | float | list | dict) else str(v) for k, v in error.params.items()}
    return _failure(request, error.status, error.code, sentence(error), params)


def _unauthenticated(request: HttpRequest, _error: Exception) -> HttpResponse:
    page = failure_pages.PAGES[401]
    answer = _failure(request, 401, page.code, f"{page.sentence} {page.what_next}", {})
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _invalid(request: HttpRequest, error: Exception) -> HttpResponse:
    found = error.errors if isinstance(error, ValidationError) else []
    # what was sent is not sent back: `input` and `ctx` may hold it
    fields = [{"at": [str(part) for part in e["loc"]], "code": e["type"], "message": e["msg"]} for e in found]
    page = failure_pages.PAGES[422]
    return _failure(request, 422, "invalid", f"{page.sentence} {page.what_next}", {"fields": fields})


def _by_status(request: HttpRequest, error: Exception) -> HttpResponse:
    status = (
        error.status_code
        if isinstance(error, HttpError)
        else {Http404: 404, PermissionDenied: 403}[type(error)]
    )
    known = status if status in failure_pages.PAGES else HTTPStatus.BAD_REQUEST
    return failure_pages.show(request, known)


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    if known := failure_pages.known_failure(request, error):
        return known
    logger.error("endpoint failed", exc_info=error)
    return failure_pages.show(request, 500)


ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refusal: _refused,
    AuthenticationError: _unauthenticated,
    ValidationError: _invalid,
    HttpError: _by_status,
    Http404: _by_status,
    PermissionDenied: _by_status,
    Exception: _failed,
}
