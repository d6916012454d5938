"""The pages of monitoring. Whoever oversees nothing finds no figures, and is told so."""

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from msgspec.structs import replace

from shuli.apps.cases.behind import Behind, cases_behind
from shuli.apps.cases.pages.lists import case_rows
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents.views import file_response
from shuli.apps.monitoring import pages, tables, words
from shuli.apps.monitoring.auditing import register
from shuli.apps.monitoring.dashboards.mine import mine_page
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.survey import plans as surveys
from shuli.apps.monitoring.ways import ways
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
    if name is None or not (
        key in catalogue.overseen_keys(request.user.get_username()) or pages.has_part(request, key)
    ):
        raise Http404
    context = {"title": name, "key": key, **pages.process_page(request, key)}
    return render(request, "monitoring/process.html", context)


@require_GET
@requires("member")
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases behind a figure, of those that the reader may see."""
    want = pages.asked(request, request.GET.get("process", ""))
    indicator = BY_KEY.get(request.GET.get("figure", ""))
    if indicator is None:
        raise Http404
    behind = Behind(
        figure=indicator.key,
        since=_midnight(want.period.first),
        until=_midnight(want.period.last + timedelta(days=1)),
        process=want.process,
        node=request.GET.get("node", ""),
        department=request.GET.get("department", ""),
    )
    if indicator.key == "violations":
        behind = replace(behind, among=register.cases_of(behind))
    if indicator.key == "partner_satisfaction":
        behind = replace(behind, among=surveys.rated_cases(behind))
    page = Paginator(cases_behind(want.person, behind), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "title": indicator.name,
        "verdict": indicator.formula,
        "page": page,
        "rows": case_rows(page.object_list),
        "place": pages.place_words(behind, want.period),
    }
    return render(request, "monitoring/cases.html", context)


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


@require_GET
@requires("member")
def figures_xlsx(request: HttpRequest) -> HttpResponse:
    want = pages.asked(request, request.GET.get("process", ""))
    name = f"figures-{words.period_words(want.period)}.xlsx".replace(" ", "-")
    return file_response(tables.workbook(want), XLSX, name)
