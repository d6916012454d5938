"""What does not work in a step: said from its QR code or the handbook, read by who answers for the process."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shuli.apps.cases import operations, presentation, queries
from shuli.apps.cases.pages import problems as pages
from shuli.apps.cases.pages import replies
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.kit.permissions import requires

PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("member")
def step_problem(request: HttpRequest, key: str) -> HttpResponse:
    step = request.POST.get("step") or request.GET.get("step", "")
    node = catalogue.node_in_force(key, step)
    if node is None:
        raise Http404
    if request.method == "GET":
        return render(request, "cases/step_problem.html", pages.report_page(key, node))
    person, text = request.user.get_username(), request.POST.get("text", "")
    named = request.POST.get("unnamed") != "on"
    answer = operations.report_step_problem(
        key, node.id, person, text, named=named, kind=request.POST.get("kind", "")
    )
    if isinstance(answer, Refused):
        return replies.refused(request, answer)
    messages.success(request, _("Thank you. The process owner has been told."))
    return redirect(pages.report_page(key, node)["back"])


@require_GET
@requires("member")
def step_problems(request: HttpRequest, key: str) -> HttpResponse:
    person = request.user.get_username()
    if key not in catalogue.overseen_keys(person):
        raise PermissionDenied
    kind, step = request.GET.get("kind", ""), request.GET.get("step", "")
    page = Paginator(queries.problems(key, kind, step), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "key": key,
        "process_name": presentation.process_words(key),
        "problems_table": pages.problems_table(key, page.object_list, person),
        "actions": pages.ways_to_change(key, person),
        **pages.overview(key, kind, step),
    }
    return render(request, "cases/step_problems.html", context)
