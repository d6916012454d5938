"""One verb on several cases: begun from a list, watched on its page."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.cases import bulk_queries, operations, queries
from shuli.apps.cases.models import BulkRun
from shuli.apps.cases.pages import bulk as pages
from shuli.apps.cases.pages import lists, replies
from shuli.core.engine import Refused
from shuli.kit.permissions import requires

PAGE = 50


def _run(request: HttpRequest, pk: int) -> BulkRun:
    found = bulk_queries.run_for(request.user.get_username(), pk)
    if found is None:
        raise Http404
    return found


@require_POST
@requires("member")
def begin(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    given = {name: request.POST.get(name, "") for name in ("reason", "to", "text")}
    answer = replies.once(
        request,
        "bulk",
        lambda: operations.bulk.begin(person, request.POST.get("verb", ""), _wanted(request, person), given),
    )
    if isinstance(answer, Refused):
        return replies.refused(request, answer)
    return redirect("cases:bulk_run", pk=answer.run_id)


def _wanted(request: HttpRequest, person: str) -> list[int]:
    """Return the cases that were ticked, or all that fit the filter of the list."""
    if request.POST.get("which") != "all":
        return operations.bulk.chosen(person, request.POST.getlist("case"))
    wanted = lists.case_filter(QueryDict(request.POST.get("filter", "")))
    return operations.bulk.fitting(queries.cases(person, wanted))


@require_GET
@requires("member")
def runs(request: HttpRequest) -> HttpResponse:
    rows = bulk_queries.runs_of(request.user.get_username())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "runs_table": pages.runs_table(page.object_list)}
    return render(request, "cases/bulk_runs.html", context)


@require_GET
@requires("member")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    page = Paginator(bulk_queries.items(found), PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/bulk_run.html", pages.run_page(found, page))


@require_POST
@requires("member")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    answer = operations.bulk.stop(found.pk, request.user.get_username())
    return replies.answered(request, answer, "cases:bulk_run", pk)
