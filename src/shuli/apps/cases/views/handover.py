"""Handing over on leaving, for administrators; what was left behind, for heads of departments."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.cases import handover
from shuli.apps.cases.pages.handover import HandOverForm, done_words, handover_page, preview, unattended_table
from shuli.apps.cases.refusals import sentence as engine_sentence
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.permissions import requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires("administrator")
def hand_over(request: HttpRequest, username: str) -> HttpResponse:
    """List everything that names the person; show what a batch would do; do it."""
    card = directory.person(username)
    if card is None:
        raise Http404
    form = HandOverForm(request.POST or None)
    context: dict[str, Any] = {"title": card.display_name(), "card": card}
    if form.is_valid() and request.POST.get("step") == "do":
        answer = handover.hand_over(request.user.get_username(), username, form.plan(), form.words())
        return _told(request, username, answer)
    held = handover.held_by(username)
    if form.is_bound and form.is_valid():
        context |= {"lines": preview(held, form.plan()), "chosen": list(form.cleaned_data.items())}
    context |= handover_page(held, form)
    return render(request, "cases/handover.html", context)


def _told(request: HttpRequest, username: str, answer: handover.Report | Refusal) -> HttpResponse:
    if isinstance(answer, Denied):
        raise answer
    if isinstance(answer, Refusal):
        messages.error(request, sentence(answer))
    else:
        messages.success(request, done_words(answer.moved, answer.left))
        for number, code in answer.refused[: handover.MOST_NAMED]:
            messages.warning(request, f"{number}: {engine_sentence(Refused(code=code))}")
    return redirect("cases:handover", username)


@require_POST
@requires("administrator")
def close_account(request: HttpRequest, username: str) -> HttpResponse:
    refused = handover.close_account(request.user.get_username(), username)
    if isinstance(refused, Denied) or (refused is not None and refused.status == 404):
        raise refused
    if refused is not None:
        messages.error(request, sentence(refused))
        return redirect("cases:handover", username)
    messages.success(request, _("The account is closed. What the person did stays on record."))
    return redirect("directory:person", username)


@require_GET
@requires("member")
def unattended(request: HttpRequest) -> HttpResponse:
    tasks = handover.unattended(request.user.get_username())
    context = {"table": unattended_table(tasks), "count": len(tasks)}
    return render(request, "cases/unattended.html", context)
