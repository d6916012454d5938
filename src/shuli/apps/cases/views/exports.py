"""Taking several cases away."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from shuli.apps.cases import exporting, queries
from shuli.apps.cases.models import Case
from shuli.apps.cases.pages import lists, replies
from shuli.apps.documents.views import file_response
from shuli.core.engine import Refused
from shuli.kit import clock, limits
from shuli.kit.permissions import requires
from shuli.kit.workbooks import XLSX


@require_GET
@requires("member")
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the cases that fit the filter of the list and that the reader may see: as Excel, or as archives."""
    kind, person = request.GET.get("format", "xlsx"), request.user.get_username()
    if kind not in {"xlsx", "zip"}:
        raise Http404
    rows = list(queries.cases(person, lists.case_filter(request.GET))[: limits.EXPORTED_ROWS + 1])
    most = exporting.too_many(rows, kind)
    if most is not None:
        return replies.refused(request, Refused(code="too_many_cases", params={"limit": most}))
    return _archives(rows) if kind == "zip" else _workbook(rows)


def _workbook(rows: list[Case]) -> HttpResponse:
    return file_response(exporting.workbook(rows), XLSX, f"cases-{clock.local_now():%Y%m%d-%H%M}.xlsx")


def _archives(rows: list[Case]) -> FileResponse:
    now = clock.now()
    return FileResponse(
        exporting.archives(rows, now),
        as_attachment=True,
        filename=f"cases-{clock.local_now():%Y%m%d-%H%M}.zip",
    )
