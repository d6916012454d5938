"""What the directory does around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shuli.apps.directory.organisation import one_page

READING = frozenset({"GET", "HEAD"})


class OnePage:
    """Lets a page that only reads ask for the organisation once: each of its lines would ask again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return self.get_response(request)
        with one_page():
            return self.get_response(request)
