"""Every view says what it needs, so that a test can list all routes and an unlisted one fails the build.

The mark is the coarse gate (signed in? demo mode?). Who may see which case is asked in queries and operations,
never by URL.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
Gate = Callable[[HttpRequest], bool]


def _member(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_active


def _administrator(request: HttpRequest) -> bool:
    return _member(request) and bool(getattr(request.user, "is_administrator", False))


def _demo(request: HttpRequest) -> bool:
    return _member(request) and settings.SHULI_DEMO


def _demo_entrance(_request: HttpRequest) -> bool:
    return bool(settings.SHULI_DEMO_SIGN_IN)


# What a route may say that it needs. "case", "task" and "owner" are members whose rights the operations check.
GATES: dict[str, Gate] = {
    "public": lambda _request: True,
    "member": _member,
    "case": _member,
    "task": _member,
    "owner": _member,
    "administrator": _administrator,
    "demo": _demo,
    "demo_entrance": _demo_entrance,
}


def requires(need: str) -> Callable[[View], View]:
    """Mark a view with what it needs and refuse whoever does not have it."""
    gate = GATES[need]

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if gate(request):
                return view(request, *args, **kwargs)
            if need in {"public", "demo_entrance"} or request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())

        guarded.requires = need  # type: ignore[attr-defined]
        return guarded

    return mark


def need_of(view: View) -> str | None:
    """Return what a view says that it needs, or nothing when it was forgotten."""
    return getattr(view, "requires", None)
