"""Pages for what went wrong: plain words, what to do next, and the request's number. None of them needs the database."""

import logging
import sys
from dataclasses import dataclass
from html import escape
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError, Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuli.kit.errors import Refusal, sentence

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5
# SQLSTATE classes and codes with which a second try may succeed: connection, resources, shutdown, deadlock, a disk
# below that fails, lock
PASSING = ("08", "53", "57", "40", "58", "55P03")

Text = str | Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What one kind of failure says."""

    title: Text
    sentence: Text
    what_next: Text
    code: str  # for REST


PAGES: dict[int, Page] = {
    400: Page(
        code="bad_request",
        title=_("This request could not be read"),
        sentence=_("The browser sent something that Shuli does not understand."),
        what_next=_("Go back, load the page again and repeat the step."),
    ),
    401: Page(
        code="not_signed_in",
        title=_("You are not signed in"),
        sentence=_("This address needs a person who is signed in, or a token."),
        what_next=_("Sign in, or send a token that still works."),
    ),
    403: Page(
        code="forbidden",
        title=_("You may not do this"),
        sentence=_("Your posts give you no right to this page or step."),
        what_next=_("If you need it for your work, ask the process owner or an administrator."),
    ),
    404: Page(
        code="not_found",
        title=_("There is nothing here"),
        sentence=_("This page does not exist, or it is not for you to see."),
        what_next=_("Check the address, or look for what you need from My work."),
    ),
    405: Page(
        code="method_not_allowed",
        title=_("This request could not be read"),
        sentence=_("This address does not take that kind of request."),
        what_next=_("Go back, load the page again and repeat the step."),
    ),
    409: Page(
        code="conflict",
        title=_("Somebody was faster"),
        sentence=_("This was changed by somebody else in the meantime."),
        what_next=_("Load the page again to see how it stands now."),
    ),
    413: Page(
        code="too_large",
        title=_("This is too large"),
        sentence=_("What was sent is larger than Shuli takes at once."),
        what_next=_("Send smaller files, or fewer of them at a time."),
    ),
    422: Page(
        code="refused",
        title=_("This cannot be done now"),
        sentence=_("Nothing was changed."),
        what_next=_("Go back and check what you entered."),
    ),
    500: Page(
        code="failure",
        title=_("Something went wrong here"),
        sentence=_("That was our mistake, not yours. Nothing was half done."),
        what_next=_("Try again. If it happens again, tell an administrator the request number."),
    ),
    503: Page(
        code="unavailable",
        title=_("Shuli is away for a moment"),
        sentence=_("The database does not answer at present. Nothing was half done."),
        what_next=_("Wait a few seconds and try again. What you entered is still in your browser."),
    ),
}
EXPIRED = Page(
    code="expired",
    title=_("This page was open too long"),
    sentence=_("For your safety a page expires; what you entered was not saved."),
    what_next=_("Go back, load the page again and send it once more."),
)

FALLBACK = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<main><h1>{title}</h1><p>{sentence}</p><p>{what_next}</p><p>{request_id}</p><p><a href="/">Shuli</a></p></main></html>"""


def show(request: HttpRequest, status: int, page: Page | None = None) -> HttpResponse:
    """Answer with a failure's page, or its JSON for REST."""
    page = page or PAGES[status]
    number = getattr(request, "request_id", "")
    if request.path.startswith("/api/"):
        details = {"request_id": number}
        body = {"code": page.code, "message": f"{page.sentence} {page.what_next}", "details": details}
        return json_answer(body, status)
    return _with_retry(HttpResponse(_html(page, status, number), status=status))


def json_answer(body: dict[str, Any], status: int) -> HttpResponse:
    """Answer REST with a failure."""
    return _with_retry(JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False}))


def _with_retry(response: HttpResponse) -> HttpResponse:
    if response.status_code == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _html(page: Page, status: int, number: str) -> str:
    words = {
        "title": page.title,
        "sentence": page.sentence,
        "what_next": page.what_next,
        "request_id": number,
    }
    try:
        return render_to_string("kit/error.html", {**words, "status": status})
    except TemplateDoesNotExist:
        pass
    except Exception:  # a broken template must not hide the failure that it was to tell
        logger.exception("the failure page failed")
    return FALLBACK.format(
        language=get_language() or "zh-hans", **{k: escape(str(v)) for k, v in words.items()}
    )


def is_passing(error: BaseException | None) -> bool:
    """Return whether the database was away or busy, so that trying again is the right advice."""
    if not isinstance(error, Error):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    if state is None:
        return isinstance(error, OperationalError | InterfaceError)
    return str(state).startswith(PASSING)


def _is_null_character(error: BaseException | None) -> bool:
    """Say whether PostgreSQL refused a text for the character NUL, which no keyboard gives but programs send."""
    if not isinstance(error, ValueError | DataError):
        return False
    return any(sign in str(error) for sign in ("NUL (0x00)", "\\u0000 cannot be converted"))


def known_failure(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return the page of a failure that has one of its own."""
    if isinstance(error, Refusal):
        plain = PAGES[error.status]
        told = Page(code=error.code, title=plain.title, sentence=sentence(error), what_next=plain.what_next)
        return show(request, error.status, told)
    if is_passing(error):
        logger.warning("database away", exc_info=error)
        return show(request, 503)
    if _is_null_character(error):
        return show(request, 400)
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return show(request, 413)
    return None


def too_large(request: HttpRequest) -> HttpResponse:
    return show(request, 413)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return known_failure(request, exception) or show(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return known_failure(request, exception) or show(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return show(request, 404)


def failure(request: HttpRequest) -> HttpResponse:
    return known_failure(request, sys.exc_info()[1]) or show(request, 500)


def expired_page(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return show(request, 403, EXPIRED)
