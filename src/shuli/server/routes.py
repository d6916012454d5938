"""Every address of the program with what it needs; tests/architecture refuses one that says nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver
from ninja.operation import PathView

from shuli.kit.permissions import GATES, need_of

# What views of other packages need; theirs carry no mark of ours.
OTHERS: dict[str, str] = {
    "openapi-json": "public",  # what the program can do is no secret; what is in it needs a person
    "api-root": "public",  # answers 404
    "account_login": "public",
    "account_logout": "public",
    "account_signup": "public",  # answers that the door is closed
    "account_inactive": "public",
    "account_reauthenticate": "member",
    "account_change_password": "member",
    "account_set_password": "member",
    "account_email": "member",
    "account_email_verification_sent": "public",
    "account_confirm_email": "public",
    "account_reset_password": "public",
    "account_reset_password_done": "public",
    "account_reset_password_from_key": "public",
    "account_reset_password_from_key_done": "public",
    "account_confirm_login_code": "public",
}
API_NEED = "member"  # an endpoint with authentication; who may see what is asked in queries and operations


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One address and method."""

    address: str
    name: str
    methods: tuple[str, ...]  # empty: the view decides
    need: str | None


def routes(patterns: Iterable[URLPattern | URLResolver] | None = None, prefix: str = "/") -> Iterator[Route]:
    """Yield every route in the order of the URL table."""
    for pattern in _all() if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield from _of_view(pattern, address)


def _all() -> list[URLPattern | URLResolver]:
    from shuli.server.urls import urlpatterns  # after the apps are ready

    return urlpatterns


def _of_view(pattern: URLPattern, address: str) -> Iterator[Route]:
    name = pattern.name or ""
    endpoint = _endpoint(pattern.callback)
    if endpoint is None:
        need = need_of(pattern.callback) or OTHERS.get(name)
        yield Route(address=address, name=name, methods=(), need=need if need in GATES else None)
        return
    # ninja has one pattern for each operation of an address, and every one of them answers all
    for operation in (
        one for one in endpoint.operations if name in {endpoint.url_name, one.view_func.__name__}
    ):
        need = API_NEED if operation.auth_callbacks else need_of(operation.view_func)
        yield Route(address=address, name=name, methods=tuple(operation.methods), need=need)


def _endpoint(callback: Any) -> PathView | None:
    """Return ninja's bundle of operations behind a view, if it is one."""
    owner = getattr(callback, "__self__", None)
    for cell in getattr(callback, "__closure__", None) or ():
        if isinstance(cell.cell_contents, PathView):
            owner = cell.cell_contents
    return owner if isinstance(owner, PathView) else None
