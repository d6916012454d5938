"""The pages of monitoring. Whoever oversees nothing finds no figures, and is told so."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from msgspec.structs import replace

from shuli.apps.cases.behind import Behind, cases_behind
from shuli.apps.cases.pages.lists import case_rows
from shuli.apps.documents.paper.content import side
from shuli.apps.documents.paper.pdf import pdf_bytes
from shuli.apps.documents.views import file_response, fonts_needed
from shuli.apps.monitoring import counting, openings, pages, tables, words
from shuli.apps.monitoring.auditing import register
from shuli.apps.monitoring.dashboards import paper
from shuli.apps.monitoring.dashboards.mine import mine_page
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.own.figures import find_indicator, own_of
from shuli.apps.monitoring.own.rights import may_read
from shuli.apps.monitoring.places import action_url_of_figure
from shuli.apps.monitoring.survey import plans as surveys
from shuli.apps.monitoring.ways import ways
from shuli.kit import clock
from shuli.kit.paging import LongList
from shuli.kit.permissions import requires
from shuli.kit.workbooks import XLSX

PAGE = 30


@require_GET
@requires("member")
def company(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/company.html", {**pages.company_page(request), "ways": ways(request)})


@require_GET
@requires("member")
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/mine.html", mine_page(request))


@require_GET
@requires("member")
def department(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "monitoring/department.html", pages.department_page(request, code))


@require_GET
@requires("owner")
def process(request: HttpRequest, key: str) -> HttpResponse:
    name = pages.process_names().get(key)
    if name is None or not openings.process(request.user.get_username(), {"key": key}, request.GET):
        raise Http404
    context = {"title": name, "key": key, **pages.process_page(request, key)}
    return render(request, "monitoring/process.html", context)


@require_GET
@requires("member")
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases behind a figure, of those that the reader may see."""
    want = pages.asked(request, request.GET.get("process", ""))
    indicator = find_indicator(request.GET.get("figure", ""))
    own = own_of(request.GET.get("figure", ""))
    if indicator is None or (own is not None and not may_read(want.person, own)):
        raise Http404
    behind = Behind(
        figure="ended" if own is not None and indicator.grain == "case" else indicator.key,
        since=_midnight(want.period.first),
        until=_midnight(want.period.last + timedelta(days=1)),
        process=own.process_key if own is not None else want.process,
        node=request.GET.get("node", ""),
        department=request.GET.get("department", ""),
    )
    if indicator.key == "violations":
        behind = replace(behind, among=register.cases_of(behind))
    if indicator.key == "partner_satisfaction":
        behind = replace(behind, among=surveys.rated_cases(behind))
    page = LongList(cases_behind(want.person, behind), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "title": indicator.name,
        "verdict": indicator.formula,
        "page": page,
        "rows": case_rows(page.object_list),
        "place": pages.place_words(behind, want.period),
        "action_url": action_url_of_figure(want.person, indicator.key, _where(behind)),
    }
    return render(request, "monitoring/cases.html", context)


@require_GET
@requires("member")
def live(_request: HttpRequest) -> JsonResponse:
    """Tell an open page whether any figure may be another one by now; whose figures, nobody learns here."""
    return JsonResponse({"stamp": counting.stamp()})


def _where(behind: Behind) -> Where:
    return Where(process=behind.process, node=behind.node, department=behind.department)


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


@require_GET
@requires("member")
def figures_xlsx(request: HttpRequest) -> HttpResponse:
    want = pages.asked(request, request.GET.get("process", ""), request.GET.get("department", ""))
    name = f"figures-{words.period_words(want.period)}.xlsx".replace(" ", "-")
    return file_response(tables.workbook(want), XLSX, name)


@require_GET
@requires("member")
def figures_pdf(request: HttpRequest) -> HttpResponse:
    """Give a page of figures as paper: of a process, a department, or of all that the reader oversees."""
    title, page = _page(request)
    made = paper.paper(title, page, side(get_language() or "zh"))
    with fonts_needed():
        content = pdf_bytes(made, clock.now())
    return file_response(content, "application/pdf", f"figures-{page['period']}.pdf".replace(" ", "-"))


def _page(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    person, process = request.user.get_username(), request.GET.get("process", "")
    department = request.GET.get("department", "")
    if process:
        name = pages.process_names().get(process)
        if name is None or not openings.process(person, {"key": process}, request.GET):
            raise Http404
        return name, pages.process_page(request, process)
    if department:
        page = pages.department_page(request, department)
        return page["title"], page
    return str(_("Monitor")), pages.company_page(request)
