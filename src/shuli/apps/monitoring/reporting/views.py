"""The pages of reports, outliers, and complaints by weight."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuli.apps.cases.reviewing import REVIEWED
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.directory.answering import tell
from shuli.apps.documents.paper.content import side
from shuli.apps.documents.paper.pdf import pdf_bytes
from shuli.apps.documents.paper.word import word_bytes
from shuli.apps.documents.views import file_response, fonts_needed
from shuli.apps.monitoring.alerting.words import indicator_name
from shuli.apps.monitoring.periods import KINDS
from shuli.apps.monitoring.reporting import pages, papers, reading, words
from shuli.apps.monitoring.reporting.models import OutlierMark, Report
from shuli.kit.errors import Denied, Refusal
from shuli.kit.permissions import requires

FILES: dict[str, tuple[Any, str]] = {
    "pdf": (pdf_bytes, "application/pdf"),
    "docx": (word_bytes, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def _person(request: HttpRequest) -> str:
    return request.user.get_username()


@require_safe
@requires("member")
def reports(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/reports.html", pages.reports_page(request))


@require_POST
@requires("owner")
def subscribe(request: HttpRequest) -> HttpResponse:
    period, process = request.POST.get("period", ""), request.POST.get("process", "")
    if period not in KINDS:
        raise Http404
    on = request.POST.get("on", "1") == "1"
    answer = reading.subscribe(_person(request), process, period, on=on)
    done = _("You get this report from now on.") if on else _("You no longer get this report.")
    return tell(request, answer, done, reverse("monitoring:reports"))


def _report(request: HttpRequest, key: int) -> Report:
    found = reading.report(_person(request), key)
    if isinstance(found, Refusal):
        raise found
    return found


@require_safe
@requires("member")
def report(request: HttpRequest, made: int) -> HttpResponse:
    return render(request, "monitoring/report.html", pages.report_page(_report(request, made)))


@require_safe
@requires("member")
def report_file(request: HttpRequest, made: int, form: str) -> HttpResponse:
    row = _report(request, made)
    if form not in FILES:
        raise Http404
    write, media_type = FILES[form]
    with fonts_needed():
        content = write(papers.paper(row, side(get_language() or "zh")), row.made_at)
    return file_response(content, media_type, f"{words.file_name(row)}.{form}")


@require_safe
@requires("member")
def outlier_list(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/outliers.html", pages.outliers_page(_person(request)))


@require_POST
@requires("member")
def outlier_class(request: HttpRequest) -> HttpResponse:
    """Class an outlier; a report to the owner comes with it where that is wanted."""
    try:
        first = date.fromisoformat(request.POST.get("first", ""))
    except ValueError as error:
        raise Http404 from error
    place = (request.POST.get("indicator", ""), request.POST.get("process", ""), first)
    note = request.POST.get("note", "")
    answer: object = reading.class_outlier(_person(request), place, request.POST.get("kind", ""), note)
    if isinstance(answer, OutlierMark) and request.POST.get("issue") == "on":
        text = f"{indicator_name(answer.indicator)} {words.value_words(answer.indicator, answer.value)} ({first}). {note}"
        answer = reading.raise_issue(_person(request), answer, text)
    return tell(request, answer, _("Noted."), reverse("monitoring:outliers"))


@require_safe
@requires("member")
def complaints(request: HttpRequest) -> HttpResponse:
    """Show a month's complaints by weight to whoever oversees complaints or their review."""
    person = _person(request)
    if not ({REVIEWED, "P-REVIEW"} & set(catalogue.overseen_keys(person)) or may_keep(person)):
        raise Denied
    return render(request, "monitoring/complaints.html", pages.complaints_page(request.GET.get("month", "")))
