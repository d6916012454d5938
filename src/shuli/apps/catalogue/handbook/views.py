"""The pages of the handbook, its files and its archive."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.handbook import editions, mine_pages, pages, receipts
from shuli.apps.catalogue.models import HandbookEdition, ProcessVersion
from shuli.apps.directory import queries as directory
from shuli.apps.documents import queries as documents
from shuli.apps.documents.paper.content import Language
from shuli.apps.documents.views import attachment_response, fonts_needed
from shuli.kit.permissions import requires


def _version(request: HttpRequest, key: str) -> ProcessVersion:
    found = editions.version_named(key, request.GET.get("version") or None)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest) -> tuple[Language, str]:
    """Return language and format of the file that is wanted."""
    language, kind = request.GET.get("lang", "zh"), request.GET.get("format", "pdf")
    if kind not in editions.ARCHIVED or language not in editions.ARCHIVED_LANGUAGES:
        raise Http404
    return language, kind


def _sent(edition: HandbookEdition, person: str) -> HttpResponseBase:
    row = documents.attachment_for(person, edition.file)
    if row is None:
        raise Http404
    return attachment_response(row, as_file=True)


@require_GET
@requires("member")
def handbook(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "catalogue/handbook.html", pages.handbook_page(_version(request, key)))


@require_GET
@requires("member")
def handbook_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Send a handbook as a file: of the version in force, or of the one that the address names."""
    (language, kind), version = _asked(request), _version(request, key)
    person = request.user.get_username()
    with fonts_needed():
        return _sent(editions.edition_of_version(version, language, kind, person), person)


@require_GET
@requires("member")
def process_editions(request: HttpRequest, key: str) -> HttpResponse:
    process = queries.process(key)
    if process is None:
        raise Http404
    return render(request, "catalogue/editions.html", pages.process_editions_page(process))


# Of departments and posts -------------------------------------------------------------------------------


def _known(kind: str, code: str) -> None:
    if code not in (directory.departments() if kind == "department" else directory.posts()):
        raise Http404


@require_GET
@requires("member")
def gathered(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    _known(kind, code)
    return render(request, "catalogue/gathered.html", pages.gathered_page(kind, code))


@require_GET
@requires("member")
def gathered_file(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    (language, form), person = _asked(request), request.user.get_username()
    _known(kind, code)
    with fonts_needed():
        return _sent(editions.gathered_edition(kind, code, language, form, person), person)


@require_GET
@requires("member")
def gathered_editions(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    _known(kind, code)
    return render(request, "catalogue/editions.html", pages.gathered_editions_page(kind, code))


# One's own ----------------------------------------------------------------------------------------------


@require_GET
@requires("member")
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/mine.html", mine_pages.mine_page(request.user.get_username()))


@require_POST
@requires("member")
def read_mine(request: HttpRequest) -> HttpResponse:
    """Note that somebody has read what is theirs to do, if it still reads as on their page."""
    if receipts.give(request.user.get_username(), request.POST.get("digest", "")):
        messages.success(request, _("Noted: you know what is yours to do."))
    else:
        messages.warning(request, _("Something has changed since you opened the page. Read it again."))
    return redirect("catalogue:mine")
