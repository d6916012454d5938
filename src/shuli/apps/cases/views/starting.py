"""The pages that start a process."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.cases import answers, operations, queries
from shuli.apps.cases.pages import replies, starting
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.core.forms import parse_post
from shuli.kit.forms import states_for_page
from shuli.kit.permissions import requires


@require_GET
@requires("member")
def start_list(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    return render(request, "cases/start_list.html", {"startable": starting.start_rows(person)})


@require_http_methods(["GET", "POST"])
@requires("member")
def start(request: HttpRequest, key: str) -> HttpResponse:
    person = request.user.get_username()
    if not catalogue.may_start(key, person):
        return replies.refused(request, Refused(code="may_not_start"))
    number = _number(request)
    if not _is_startable(key, number):
        return replies.refused(request, Refused(code="version_not_startable", params={"number": number}))
    if request.method == "GET":
        draft = queries.start_draft(person, key)
        context = starting.start_page(key, draft.answers if draft else {}, person, number=number)
        return render(request, "cases/start.html", context)
    raw = answers.posted(request.POST, answers.start_form(catalogue.version_to_start(key, number).pk))
    outcome = replies.once(request, f"start {key}", lambda: operations.start_case(key, person, raw, number))
    if isinstance(outcome, operations.Unfit):
        context = starting.start_page(key, raw, person, outcome.validation.errors, number=number)
        return render(request, "cases/start.html", context, status=422)
    if isinstance(outcome, Refused):
        return replies.refused(request, outcome)
    return _after_start(request, outcome.case_id, person)


def _number(request: HttpRequest) -> str:
    """Return the version that is asked for; nothing stands for the one in force."""
    return (request.POST.get("version") or request.GET.get("version") or "")[:20]


def _is_startable(key: str, number: str) -> bool:
    try:
        catalogue.version_to_start(key, number)
    except catalogue.NotInForceError:
        return False
    return True


def _after_start(request: HttpRequest, case_id: int, person: str) -> HttpResponse:
    case = queries.case_by_id(person, case_id)
    messages.success(request, _("%(number)s has been started.") % {"number": case.number if case else ""})
    first = queries.first_open_task(case_id, person)
    if first is not None:
        return redirect("cases:task", pk=first.pk)
    return redirect("cases:case", number=case.number) if case else redirect("cases:my_work")


@require_POST
@requires("member")
def start_draft(request: HttpRequest, key: str) -> HttpResponse:
    person = request.user.get_username()
    if not catalogue.may_start(key, person):
        return replies.refused(request, Refused(code="may_not_start"))
    if not _is_startable(key, _number(request)):
        return replies.refused(
            request, Refused(code="version_not_startable", params={"number": _number(request)})
        )
    form = answers.start_form(catalogue.version_to_start(key, _number(request)).pk)
    raw = parse_post(form, dict(request.POST.lists())) if form else {}
    answer = operations.save_start_draft(key, person, raw)
    return replies.draft_saved(request, answer)


@require_POST
@requires("member")
def start_state(request: HttpRequest, key: str) -> HttpResponse:
    if not catalogue.may_start(key, request.user.get_username()):
        return replies.refused(request, Refused(code="may_not_start"))
    if not _is_startable(key, _number(request)):
        return replies.refused(
            request, Refused(code="version_not_startable", params={"number": _number(request)})
        )
    form = answers.start_form(catalogue.version_to_start(key, _number(request)).pk)
    raw = answers.posted(request.POST, form)
    person = {"user": request.user.get_username()}
    return JsonResponse(states_for_page(form, raw, person) if form else {})
