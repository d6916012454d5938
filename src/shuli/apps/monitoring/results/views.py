from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring.results import pages
from shuli.kit.permissions import requires


@require_safe
@requires("owner")
def result(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Show what a version brought, to who owns or supervises the process."""
    person = request.user.get_username()
    if key not in catalogue.overseen_keys(person) or catalogue.version_by_number(key, number) is None:
        raise Http404
    return render(request, "monitoring/result.html", pages.result_page(key, number))
