"""Keeping and deleting views; where they are offered, a tag draws them."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuli.apps.directory import saved_views
from shuli.apps.directory.answering import tell
from shuli.kit.errors import Refusal
from shuli.kit.permissions import requires


@require_POST
@requires("member")
def keep(request: HttpRequest) -> HttpResponse:
    path, query = request.POST.get("path", ""), request.POST.get("query", "")
    answer = saved_views.keep(
        request.user.get_username(),
        request.POST.get("name", ""),
        (path, query),
        request.POST.get("share", ""),
    )
    return tell(request, answer, _("The view is kept."), _back(path, query))


@require_POST
@requires("member")
def delete(request: HttpRequest, view: int) -> HttpResponse:
    answer = saved_views.delete(request.user.get_username(), view)
    done = "" if isinstance(answer, Refusal) else _("The view “%(name)s” is deleted.") % {"name": answer}
    return tell(request, answer, done, _back(request.POST.get("path", ""), request.POST.get("query", "")))


def _back(path: str, query: str) -> str:
    """Return where the form stood: a page of ours that can be kept, else the first page."""
    address = f"{path}?{query}" if query else path
    is_ours = saved_views.group_of(path) and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else "/"
