"""The pages of the handbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shuli.apps.catalogue.handbook import editions, pages
from shuli.apps.documents.views import file_response, fonts_needed
from shuli.kit.permissions import requires


@require_GET
@requires("member")
def handbook(request: HttpRequest, key: str) -> HttpResponse:
    version = editions.version_named(key, request.GET.get("version") or None)
    if version is None:
        raise Http404
    return render(request, "catalogue/handbook.html", pages.handbook_page(version))


@require_GET
@requires("member")
def handbook_file(request: HttpRequest, key: str) -> HttpResponse:
    """Send a handbook as a file: of the version in force, or of the one that the address names."""
    version = editions.version_named(key, request.GET.get("version") or None)
    language, kind = request.GET.get("lang", "zh"), request.GET.get("format", "pdf")
    if version is None or language not in {"zh", "en"} or kind not in editions.WRITERS:
        raise Http404
    with fonts_needed():
        content = editions.content(version.pk, language, kind)
    name = f"{_('Handbook')}-{key}-v{version.number}-{language}.{kind}"
    return file_response(content, editions.MEDIA_TYPES[kind], name)
