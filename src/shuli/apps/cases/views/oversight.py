"""Pages of process owners, supervisors and administrators: incidents, reveals, jumps, migrations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.cases import operations, presentation, queries
from shuli.apps.cases.models import Case
from shuli.apps.cases.pages import migration as moving
from shuli.apps.cases.pages import oversight as pages
from shuli.apps.cases.pages import replies
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.kit.permissions import requires

PAGE = 50


@require_GET
@requires("member")
def incidents(request: HttpRequest) -> HttpResponse:
    rows = queries.owned_incidents(request.user.get_username())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "incidents_table": pages.incidents_table(page.object_list)}
    return render(request, "cases/incidents.html", context)


@require_GET
@requires("member")
def reveals(request: HttpRequest, key: str) -> HttpResponse:
    if key not in catalogue.overseen_keys(request.user.get_username()):
        raise PermissionDenied
    page = Paginator(queries.reveals(key), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "key": key,
        "process_name": presentation.process_words(key),
        "reveals_table": pages.reveals_table(page.object_list),
    }
    return render(request, "cases/reveals.html", context)


@require_GET
@requires("administrator")
def jumps(request: HttpRequest) -> HttpResponse:
    number = request.GET.get("number", "").strip()
    if number and isinstance(queries.case_to_move(request.user.get_username(), number), Case):
        return redirect("cases:jump", number=number)
    return render(request, "cases/jumps.html", {"number": number})


def _moved(request: HttpRequest, number: str) -> Case:
    found = queries.case_to_move(request.user.get_username(), number)
    if isinstance(found, Refused):
        raise Http404
    return found


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@require_http_methods(["GET", "POST"])
@requires("administrator")
def jump(request: HttpRequest, number: str) -> HttpResponse:
    case, person = _moved(request, number), request.user.get_username()
    given = request.POST if request.method == "POST" else request.GET
    token, to = _whole(given.get("token", "")), given.get("to", "")
    if request.method == "GET":
        return render(request, "cases/jump.html", pages.jump_page(case, token, to, person))
    reason = request.POST.get("reason", "")
    answer = replies.once(
        request, f"jump {number}", lambda: operations.jump(case.pk, person, token, to, reason)
    )
    if isinstance(answer, Refused):
        return replies.refused(request, answer)
    messages.success(request, _("The case has been moved."))
    return redirect("cases:jump", number=number)


@require_GET
@requires("owner")
def migration(request: HttpRequest, key: str) -> HttpResponse:
    person = request.user.get_username()
    if key not in catalogue.owned_keys(person):
        raise PermissionDenied
    context = moving.migration_page(key, moving.wanted_of(request.GET))
    return render(request, "cases/migration.html", context)


@require_POST
@requires("owner")
def migrate(request: HttpRequest, key: str) -> HttpResponse:
    person = request.user.get_username()
    if key not in catalogue.owned_keys(person):
        raise PermissionDenied
    wanted = moving.wanted_of(request.POST)
    if "page" in request.POST:
        # another page of the list, or another filter: what was unticked here goes along
        return redirect(f"{reverse('cases:migration', args=[key])}?{wanted.address()}#cases")
    given = {
        "version": request.POST.get("to", ""),
        "from_version": request.POST.get("from", ""),
        "mapping": dict(wanted.mapping),
        "reason": request.POST.get("reason", ""),
    }
    chosen = moving.chosen(key, wanted)
    answer = replies.once(
        request, f"migrate {key}", lambda: operations.bulk.begin(person, "migrate", chosen, given)
    )
    if isinstance(answer, Refused):
        return replies.refused(request, answer)
    return redirect("cases:bulk_run", pk=answer.run_id)


@require_POST
@requires("member")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    person = request.user.get_username()
    answer = replies.once(request, f"undo {pk}", lambda: operations.bulk.undo(pk, person))
    if isinstance(answer, Refused):
        return replies.refused(request, answer)
    return redirect("cases:bulk_run", pk=answer.run_id)
