"""The guide to expressions and decision tables."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shuli.apps.catalogue import guide as pages
from shuli.kit.permissions import requires


@require_GET
@requires("member")
def guide(request: HttpRequest) -> HttpResponse:
    language = get_language() or "zh"
    return render(request, "catalogue/guide.html", {"title": _("Guide"), "pages": pages.contents(language)})


@require_GET
@requires("member")
def page(request: HttpRequest, page: str) -> HttpResponse:
    found = pages.page(page, get_language() or "zh")
    if found is None:
        raise Http404
    return render(request, "catalogue/guide_page.html", {"page": found, "title": found.title})
