"""The pages of the process register."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.models import Process
from shuli.kit.permissions import requires


def _process(key: str) -> Process:
    found = queries.process(key)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("member")
def register(request: HttpRequest) -> HttpResponse:
    rows = presentation.register_rows(request.user.get_username())
    return render(
        request, "catalogue/register.html", presentation.register_page(rows, request.GET.get("q", ""))
    )


@require_GET
@requires("member")
def process(request: HttpRequest, key: str) -> HttpResponse:
    context = presentation.process_page(_process(key), request.user.get_username())
    return render(request, "catalogue/process.html", context)


@require_GET
@requires("member")
def bpmn(_request: HttpRequest, key: str) -> HttpResponse:
    version = queries.version_in_force(_process(key).key)
    text = queries.version(version.pk).bpmn
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-v{version.number}.bpmn"'
    return response


@require_GET
@requires("member")
def form(request: HttpRequest, key: str, form: str) -> HttpResponse:
    version = queries.version_in_force(_process(key).key)
    definition = queries.forms(version.pk).get(form)
    if definition is None:
        raise Http404
    return render(request, "catalogue/form.html", presentation.form_page(version.process, definition))
