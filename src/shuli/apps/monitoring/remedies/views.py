"""The pages of adjustment actions."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.directory.answering import put_on, tell
from shuli.apps.documents.views import file_response
from shuli.apps.monitoring.remedies import beginning, pages, recording, rights
from shuli.apps.monitoring.remedies.forms import FurtherForm, RemedyForm, VerdictForm, verdict_of
from shuli.apps.monitoring.remedies.models import Remedy
from shuli.kit.errors import Refusal
from shuli.kit.permissions import requires
from shuli.kit.workbooks import XLSX


def _person(request: HttpRequest) -> str:
    return request.user.get_username()


def _remedy(request: HttpRequest, key: int) -> Remedy:
    row = rights.visible(_person(request)).select_related("entry").filter(pk=key).first()
    if row is None:
        raise Http404
    return row


@require_GET
@requires("member")
def remedies(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    return render(request, "monitoring/remedies.html", pages.list_page(_person(request), state))


@require_GET
@requires("member")
def remedies_xlsx(request: HttpRequest) -> HttpResponse:
    return file_response(pages.workbook(_person(request)), XLSX, "adjustment-actions.xlsx")


@require_http_methods(["GET", "POST"])
@requires("owner")
def remedy_new(request: HttpRequest) -> HttpResponse:
    """Record an action, of which an alert, a violation, a goal or a figure knows the beginning."""
    person = _person(request)
    if not rights.may_record_any(person):
        raise Refusal("remedy_of_others", status=403)
    source, key = request.GET.get("source", ""), request.GET.get("key", "")
    initial = beginning.known_of(person, source, key, request.GET.dict())
    form = RemedyForm(request.POST or None, initial=initial, person=person)
    if form.is_valid():
        made = recording.record(person, form.found(), form.wanted())
        if put_on(form, made) and isinstance(made, Remedy):
            messages.success(request, _("Recorded. Who is to do it has been told."))
            return redirect("monitoring:remedy", made.pk)
    context = {"form": form, "title": _("Record an action"), "back": reverse("monitoring:remedies")}
    return render(request, "monitoring/remedy_form.html", context)


@require_GET
@requires("member")
def remedy(request: HttpRequest, remedy: int) -> HttpResponse:
    return render(
        request, "monitoring/remedy.html", pages.remedy_page(_person(request), _remedy(request, remedy))
    )


@require_POST
@requires("member")
def finish(request: HttpRequest, remedy: int) -> HttpResponse:
    try:
        day = date.fromisoformat(request.POST.get("done_on", ""))
    except ValueError:
        day = None
    answer = recording.finish(_person(request), remedy, request.POST.get("done", ""), day)
    back = reverse("monitoring:remedy", args=[remedy])
    return tell(request, answer, _("Thank you. It will be verified by the figures."), back)


@require_http_methods(["GET", "POST"])
@requires("member")
def verify(request: HttpRequest, remedy: int) -> HttpResponse:
    """Judge an action by its figures; where it did not help, the next one is recorded with it."""
    person, row = _person(request), _remedy(request, remedy)
    if not rights.may_verify(person, row):
        raise Refusal("remedy_verified_by_others", status=403)
    form = VerdictForm(request.POST or None)
    is_further = request.POST.get("judgement") == Remedy.Judgement.INEFFECTIVE
    further = FurtherForm(
        request.POST if is_further else None, initial={"person": row.person, "kind": row.kind}
    )
    verdict = verdict_of(form, further) if request.method == "POST" else None
    if verdict is not None and put_on(form, recording.verify(person, remedy, verdict)):
        messages.success(request, _("Verified."))
        return redirect("monitoring:remedy", remedy)
    context = {
        **pages.remedy_page(person, row),
        "form": form,
        "next_form": further,
        "back": reverse("monitoring:remedy", args=[remedy]),
    }
    return render(request, "monitoring/remedy_verify.html", context)
