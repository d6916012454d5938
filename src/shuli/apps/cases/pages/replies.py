"""How answers to commands come back to the browser."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from shuli.apps.cases import operations, presentation, queries, refusals
from shuli.apps.cases.models import Task
from shuli.apps.cases.refusals import sentence, status_of
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.kit import clock, idempotency

Answer = TypeVar("Answer")


def refused(request: HttpRequest, refusal: Refused, task: Task | None = None) -> HttpResponse:
    """Return the page that says why nothing was changed, and where to go on."""
    status = status_of(refusal)
    where = reverse("cases:case", args=[task.case.number]) if task else reverse("cases:my_work")
    context = {
        "title": _("Nothing was changed"),
        "sentence": sentence(refusal),
        "what_next": _("Open the case to see where it stands.") if task else _("Go to My work."),
        "next_url": where,
        "status": status,
    }
    return render(request, "kit/error.html", context, status=status)


def answered(request: HttpRequest, answer: operations.Outcome, view: str, argument: object) -> HttpResponse:
    if isinstance(answer, operations.Unfit):
        return refused(request, refusals.unfit_as_refused(answer))
    if isinstance(answer, Refused):
        return refused(request, answer)
    return redirect(back(request, view, argument))


def back(request: HttpRequest, view: str, *arguments: object) -> str:
    """Return where the form asked to go back to, if that is a page of ours, else the view."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return reverse(view, args=arguments)


def once(request: HttpRequest, command: str, run: Callable[[], Answer]) -> Answer | Refused:
    """Run a command once for each key that a page carries, however often its button was pressed."""
    fresh: list[Answer] = []

    def go() -> dict[str, int] | None:
        fresh.append(run())
        return asdict(fresh[0]) if isinstance(fresh[0], operations.Done | operations.Begun) else None

    kept = idempotency.once(request.user.get_username(), idempotency.key_of(request), command, go)
    if isinstance(kept, idempotency.Conflict):
        return Refused(code="key_reused")
    if fresh:
        return fresh[0]
    again = operations.Begun(**kept) if "run_id" in kept else operations.Done(**kept)
    return cast("Answer", again)


def draft_saved(request: HttpRequest, answer: operations.Done | Refused) -> HttpResponse:
    """Say that a draft was saved, as a fragment for the page or as a redirect without script."""
    if isinstance(answer, Refused):
        text, status = sentence(answer), status_of(answer)
    else:
        now = timezone.localtime(clock.now())
        text, status = _("Draft saved %(time)s") % {"time": now.strftime("%H:%M")}, 200
    if request.headers.get("HX-Request") or request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"message": text}, status=status)
    messages.success(request, text) if status == 200 else messages.error(request, text)
    return redirect(back(request, "cases:my_work"))


def task_name(task: Task) -> str:
    return presentation.node_name(catalogue.graph(task.case.version_id), task.node)


def after_task(task: Task, person: str) -> HttpResponse:
    """Go on with the person's next task of the same case, or to the case."""
    following = queries.first_open_task(task.case_id, person)
    if following is not None:
        return redirect("cases:task", pk=following.pk)
    return redirect("cases:case", number=task.case.number)
