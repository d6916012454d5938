"""The page of a task and the verbs on it."""

from collections.abc import Callable
from typing import Literal, cast, get_args

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.cases import answers, operations, queries, refusals
from shuli.apps.cases.models import Task
from shuli.apps.cases.pages import replies
from shuli.apps.cases.pages.task import task_page
from shuli.apps.cases.pages.verbs import OUT
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


def _decision(posted: str) -> Literal["approve", "reject", "abstain"]:
    if posted == "reject":
        return "reject"
    return "abstain" if posted == "abstain" else "approve"


@require_POST
@requires("task")
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _task(request, pk), request.user.get_username()
    raw = answers.posted(request.POST, answers.form_of(found.case, found))
    verdict = operations.Verdict(
        decision=_decision(request.POST.get("decision", "")),
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


Run = Callable[[str], operations.Done | Refused]


def _verb(request: HttpRequest, pk: int, name: str, run: Run, success: str) -> HttpResponse:
    """Carry out a verb of a task's dialog, once for each key of it, and go on with what is next."""
    found, person = _task(request, pk), request.user.get_username()
    answer = replies.once(request, f"{name} {pk}", lambda: run(person))
    if isinstance(answer, Refused):
        return replies.refused(request, answer, found)
    messages.success(request, success)
    return replies.after_task(found, person)


@require_POST
@requires("task")
def return_task(request: HttpRequest, pk: int) -> HttpResponse:
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    resubmit: operations.Resubmit = "straight" if request.POST.get("resubmit") == "straight" else "walk"

    def run(person: str) -> operations.Done | Refused:
        if to.startswith(OUT):
            return operations.return_out(pk, person, to.removeprefix(OUT), reason)
        return operations.return_task(pk, person, to, reason, resubmit)

    return _verb(
        request,
        pk,
        "return",
        run,
        _("Returned. Whoever has it now sees your reason."),
    )


@require_POST
@requires("task")
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    return _verb(
        request,
        pk,
        "transfer",
        lambda person: operations.transfer(pk, person, to, reason),
        _("Transferred. The time limit goes on."),
    )


@require_POST
@requires("task")
def delegate(request: HttpRequest, pk: int) -> HttpResponse:
    to, reason = request.POST.get("delegate", ""), request.POST.get("reason", "")
    return _verb(
        request,
        pk,
        "delegate",
        lambda person: operations.delegate(pk, person, to, reason),
        _("Delegated. It comes back to you with their opinion."),
    )


@require_POST
@requires("task")
def add_signers(request: HttpRequest, pk: int) -> HttpResponse:
    people, reason = request.POST.getlist("signers"), request.POST.get("reason", "")
    position = _one_of(get_args(operations.Position), request.POST.get("position", ""))
    rule = _one_of(get_args(operations.Rule), request.POST.get("rule", ""))
    return _verb(
        request,
        pk,
        "signers",
        lambda person: operations.add_signers(
            pk,
            person,
            people,
            cast("operations.Position", position or "beside"),
            cast("operations.Rule", rule or "all"),
            reason,
        ),
        _("They have been asked."),
    )


def _one_of(known: tuple[str, ...], posted: str) -> str:
    return posted if posted in known else ""


@require_POST
@requires("task")
def remove_signer(request: HttpRequest) -> HttpResponse:
    posted = request.POST.get("task", "")
    pk = int(posted) if posted.isdecimal() and len(posted) < 10 else 0
    reason = request.POST.get("reason", "")
    return _verb(
        request,
        pk,
        "unsign",
        lambda person: operations.remove_signer(pk, person, reason),
        _("They no longer need to sign."),
    )


@require_POST
@requires("task")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    answer = operations.accept(pk, request.user.get_username())
    return replies.answered(request, answer, "cases:task", pk)


@require_POST
@requires("task")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _verb(
        request,
        pk,
        "decline",
        lambda person: operations.decline(pk, person, reason),
        _("Declined. It is back with whoever handed it over."),
    )


@require_POST
@requires("task")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _verb(
        request,
        pk,
        "take-back",
        lambda person: operations.take_back(pk, person, reason),
        _("Taken back. The task is yours again."),
    )


@require_POST
@requires("case")
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    text = request.POST.get("text", "")
    return _verb(
        request, pk, "urge", lambda person: operations.urge(pk, person, text), _("They have been urged.")
    )


@require_POST
@requires("case")
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    text, kind = request.POST.get("text", ""), request.POST.get("kind", "")
    answer = operations.report_problem(pk, request.user.get_username(), text, kind)
    if isinstance(answer, Refused):
        return replies.refused(request, answer, found)
    messages.success(request, _("Thank you. The process owner has been told."))
    return redirect("cases:task", pk=pk)
