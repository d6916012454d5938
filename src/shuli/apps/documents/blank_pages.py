"""The list of papers, and each as a file."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from shuli.apps.documents import blanks
from shuli.apps.documents.blanks.word import table_words
from shuli.apps.documents.paper.content import side
from shuli.apps.documents.views import file_response
from shuli.kit.components.values import Cell, Column, Table, TableRow
from shuli.kit.permissions import requires


@require_GET
@requires("member")
def papers(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()
    return render(request, "documents/papers.html", _page(wanted))


@require_safe
@requires("member")
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """Send a paper, empty or with its fields, in either language."""
    found = blanks.blank(key)
    if found is None:
        raise Http404
    language = side(request.GET.get("language") or get_language() or "zh")
    content = blanks.blank_file(found, language, with_fields="fields" in request.GET)
    return file_response(content, blanks.media_type(found), blanks.file_name(found, language))


def _page(wanted: str) -> Mapping[str, Any]:
    text = wanted.lower()
    rows = [
        one
        for one in blanks.blanks()
        if text in f"{one.name.zh} {one.name.en} {one.table} {one.process}".lower()
    ]
    columns = [
        Column(label=_("Document"), phone="first"),
        Column(label=_("Kind of file")),
        Column(label=_("Made in")),
        Column(label=_("Empty")),
        Column(label=_("In the other language")),
        Column(label=_("Template with fields")),
    ]
    table = Table(columns=columns, rows=[_row(one) for one in rows])
    return {"table": table, "text": wanted}


def _row(one: blanks.Blank) -> TableRow:
    here = side(get_language() or "zh")
    there = "en" if here == "zh" else "zh"
    url = reverse("documents:paper", args=[one.key])
    return TableRow(
        cells=[
            Cell(value=one.name.in_language(here), note=table_words(one.table, here)),
            blanks.NAMES_OF_KINDS[one.kind],
            one.process,
            Cell(value=_("Download"), url=url),
            Cell(value=_("In English") if there == "en" else _("In Chinese"), url=f"{url}?language={there}"),
            Cell(value=_("Download"), url=f"{url}?fields"),
        ]
    )
