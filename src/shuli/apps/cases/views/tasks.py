"""The page of a task and the verbs on it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.cases import answers, operations, queries, refusals
from shuli.apps.cases.models import Task
from shuli.apps.cases.pages import replies
from shuli.apps.cases.pages.task import task_page
from shuli.core.engine import Refused
from shuli.kit.permissions import requires


def _task(request: HttpRequest, pk: int) -> Task:
    found = queries.task_for(request.user.get_username(), pk)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("case")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    person = request.user.get_username()
    operations.touch(found, person)
    return render(request, "cases/task.html", task_page(found, person))


@require_POST
@requires("task")
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _task(request, pk), request.user.get_username()
    raw = answers.posted(request.POST, answers.form_of(found.case, found))
    verdict = operations.Verdict(
        decision="reject" if request.POST.get("decision") == "reject" else "approve",
        opinion=request.POST.get("opinion", "").strip(),
        signed=request.POST.get("signed") == "on",
    )
    outcome = replies.once(request, f"complete {pk}", lambda: operations.complete(pk, person, raw, verdict))
    if isinstance(outcome, operations.Done):
        messages.success(request, _("“%(node)s” is done.") % {"node": replies.task_name(found)})
        return replies.after_task(found, person)
    found.refresh_from_db()
    context = task_page(found, person, raw=raw, outcome=outcome, verdict=verdict)
    return render(request, "cases/task.html", context, status=refusals.status_of(outcome))


@require_POST
@requires("task")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    raw = answers.posted(request.POST, answers.form_of(found.case, found))
    return replies.draft_saved(request, operations.save_draft(pk, request.user.get_username(), raw))


@require_POST
@requires("task")
def state(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    raw = answers.posted(request.POST, answers.form_of(found.case, found))
    return JsonResponse(answers.states(found.case, found, raw, request.user.get_username()))


@require_POST
@requires("task")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    answer = operations.claim(pk, request.user.get_username())
    return replies.answered(request, answer, "cases:task", pk)


@require_POST
@requires("task")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    answer = operations.release(pk, request.user.get_username())
    return replies.answered(request, answer, "cases:task", pk)


@require_POST
@requires("task")
def return_task(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _task(request, pk), request.user.get_username()
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    resubmit: operations.Resubmit = "straight" if request.POST.get("resubmit") == "straight" else "walk"
    answer = replies.once(
        request, f"return {pk}", lambda: operations.return_task(pk, person, to, reason, resubmit)
    )
    if isinstance(answer, Refused):
        return replies.refused(request, answer, found)
    messages.success(request, _("Returned. Whoever has it now sees your reason."))
    return replies.after_task(found, person)


@require_POST
@requires("task")
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _task(request, pk), request.user.get_username()
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    answer = replies.once(request, f"transfer {pk}", lambda: operations.transfer(pk, person, to, reason))
    if isinstance(answer, Refused):
        return replies.refused(request, answer, found)
    messages.success(request, _("Transferred. The time limit goes on."))
    return replies.after_task(found, person)


@require_POST
@requires("case")
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    answer = operations.report_problem(pk, request.user.get_username(), request.POST.get("text", ""))
    if isinstance(answer, Refused):
        return replies.refused(request, answer, found)
    messages.success(request, _("Thank you. The process owner has been told."))
    return redirect("cases:task", pk=pk)
