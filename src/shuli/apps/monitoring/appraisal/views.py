"""The pages of scorecards and accountability."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.directory.answering import put_on, tell
from shuli.apps.documents.views import file_response
from shuli.apps.monitoring.appraisal import deciding, pages, rights
from shuli.apps.monitoring.appraisal.forms import DecisionForm
from shuli.apps.monitoring.auditing.rights import visible_violations
from shuli.kit.errors import Denied, Refusal
from shuli.kit.permissions import requires
from shuli.kit.workbooks import XLSX

PAGE = 30


@require_GET
@requires("member")
def appraisal(request: HttpRequest) -> HttpResponse:
    context = pages.appraisal_page(request.user.get_username(), request.GET.dict())
    return render(request, "monitoring/appraisal.html", context)


@require_GET
@requires("member")
def appraisal_xlsx(request: HttpRequest) -> HttpResponse:
    name, content = pages.workbook(request.user.get_username(), request.GET.dict())
    return file_response(content, XLSX, name)


@require_GET
@requires("member")
def decisions(request: HttpRequest) -> HttpResponse:
    rows = rights.visible_accountability(request.user.get_username())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "table": pages.decisions_table(page.object_list)}
    return render(request, "monitoring/decisions.html", context)


@require_http_methods(["GET", "POST"])
@requires("member")
def decide(request: HttpRequest, violation: int) -> HttpResponse:
    person = request.user.get_username()
    row = visible_violations(person).filter(pk=violation).first()
    if row is None:
        raise Http404
    if not rights.may_decide(person, row):
        raise Denied("not_yours_to_decide")
    form = DecisionForm(request.POST or None, initial={"person": row.person})
    if form.is_valid():
        made = deciding.decide(person, violation, form.decision())
        if put_on(form, made) and not isinstance(made, Refusal):
            return redirect("monitoring:accountability", made.pk)
    context = {"title": _("Decide who answers for it"), "row": row, "form": form}
    return render(request, "monitoring/decide.html", context)


@require_GET
@requires("member")
def decision_page(request: HttpRequest, decision: int) -> HttpResponse:
    person = request.user.get_username()
    row = rights.visible_accountability(person).select_related("violation").filter(pk=decision).first()
    if row is None:
        raise Http404
    return render(request, "monitoring/decision.html", pages.decision_page(person, row))


@require_POST
@requires("member")
def appeal(request: HttpRequest, decision: int) -> HttpResponse:
    made = deciding.appeal(request.user.get_username(), decision, request.POST.get("words", ""))
    return tell(
        request, made, _("Your appeal was handed in."), reverse("monitoring:accountability", args=[decision])
    )


@require_POST
@requires("member")
def answer(request: HttpRequest, decision: int) -> HttpResponse:
    given = request.POST
    made = deciding.answer(
        request.user.get_username(), decision, given.get("outcome", ""), given.get("words", "")
    )
    return tell(
        request, made, _("The appeal was answered."), reverse("monitoring:accountability", args=[decision])
    )
