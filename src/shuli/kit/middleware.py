"""What happens around every request."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shuli.kit import clock, failure_pages, limits, log_lines
from shuli.kit.failpoints import failpoint

Next = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
UNUSED_POWERS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class RequestIdentity:
    """Gives every request a number that the log lines, the answer's header and the failure pages show."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(6)
        request.request_id = number  # type: ignore[attr-defined]
        with log_lines.about_request(number):
            response = self.get_response(request)
        response["X-Request-ID"] = number
        return response


class SecurityHeaders:
    """Nothing inline, nothing from elsewhere, in no frame."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", UNUSED_POWERS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RequestSize:
    """Refuses what is too large before anything of it is read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > limits.REQUEST_BYTES:
            return failure_pages.too_large(request)
        return self.get_response(request)


class RequestClock:
    """Reads the movable clock once a request; everything that a view does lies within."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.one_reading():
            failpoint("request.read")
            response = self.get_response(request)
            failpoint("request.answered")
            return response


class Refusals:
    """Turns a refusal that a view let through, and a database that is away, into their pages."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return failure_pages.known_failure(request, error)
