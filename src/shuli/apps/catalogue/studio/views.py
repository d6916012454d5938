"""The pages of the studio, and what its island asks while somebody draws."""

from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.models import Draft, Process
from shuli.apps.catalogue.publication import first
from shuli.apps.catalogue.register import pages as register_pages
from shuli.apps.catalogue.studio import live, operations, pages, queries
from shuli.kit import clock, limits
from shuli.kit.allowance import Allowance
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.permissions import requires

CHECKS = Allowance(per_minute=limits.CHECKS_PER_MINUTE)


def _process(request: HttpRequest, key: str) -> Process:
    found = register.process(key)
    if found is None:
        raise Http404
    if not queries.may_draw(found, request.user.get_username()):
        raise Denied("draft_not_yours")
    return found


def _draft(request: HttpRequest, pk: int) -> Draft:
    found = queries.draft(pk)
    refusal = operations.may_touch(found, request.user.get_username())
    if found is None or refusal is not None:
        raise refusal or Http404
    return found


@require_GET
@requires("owner")
def drafts(request: HttpRequest) -> HttpResponse:
    """Show whoever draws processes what they are at, and where they can begin."""
    person = request.user.get_username()
    if not queries.may_register(person):
        raise Denied("process_not_yours")
    page = {"tabs": register_pages.tabs("drafts", person), **pages.drafts_page(person)}
    return render(request, "catalogue/drafts.html", page)


@require_GET
@requires("owner")
def studio(request: HttpRequest, key: str) -> HttpResponse:
    process = _process(request, key)
    wanted = request.GET.get("draft", "")
    live_drafts = queries.drafts(process.key)
    pk = int(wanted) if wanted.isdecimal() else (live_drafts[0].pk if live_drafts else 0)
    draft = queries.draft(pk) if pk and wanted != "new" else None
    if draft is None or draft.process != process:
        return render(request, "catalogue/studio_begin.html", pages.begin_page(process))
    may_publish = first.may_publish(process, request.user.get_username())
    return render(request, "catalogue/studio.html", pages.studio_page(draft, may_publish=may_publish))


@require_POST
@requires("owner")
def begin(request: HttpRequest, key: str) -> HttpResponse:
    process = _process(request, key)
    return _opened(operations.open_draft(process.key, request.user.get_username(), _source(request)))


def _source(request: HttpRequest) -> str:
    source = request.POST.get("source", "")
    return request.POST.get("copy", "") if source == "other" else source


def _opened(answer: Draft | Refusal) -> HttpResponse:
    if isinstance(answer, Refusal):
        raise answer
    return redirect(f"{reverse('catalogue:studio', args=[answer.process.key])}?draft={answer.pk}")


@require_POST
@requires("owner")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    answer = operations.discard(pk, request.user.get_username())
    if isinstance(answer, Refusal):
        raise answer
    messages.success(request, _("The draft is gone."))
    return redirect("catalogue:process", draft.process.key)


# What the island asks -----------------------------------------------------------------------------------------


def _sent(request: HttpRequest) -> dict[str, Any] | JsonResponse:
    """Return the JSON that the island sends, or the answer to somebody who asks too often or nonsense."""
    if not CHECKS.take(request.user.get_username(), clock.now()):
        return _failed(_("Too many checks at once. Wait a moment."), 429)
    try:
        sent = msgspec.json.decode(request.body)
    except msgspec.DecodeError:
        sent = None
    if not isinstance(sent, dict) or not isinstance(sent.get("bpmn"), str):
        return _failed(_("Expected a model."), 422)
    if len(sent["bpmn"].encode()) > limits.MODEL_BYTES:
        return _failed(sentence(Refusal("model_too_large", most=limits.MODEL_BYTES // limits.MB)), 413)
    return sent


def _failed(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": {"message": message}}, status=status)


@require_POST
@requires("owner")
def check(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer with what speaks against publishing what is on the canvas."""
    draft, sent = _draft(request, pk), _sent(request)
    return sent if isinstance(sent, JsonResponse) else JsonResponse(live.problems(draft, sent))


@require_POST
@requires("owner")
def layout(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer with the model drawn anew."""
    _draft(request, pk)
    sent = _sent(request)
    return sent if isinstance(sent, JsonResponse) else _answer(live.laid_out(sent["bpmn"]))


@require_POST
@requires("owner")
def columns(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer with the picture that has departments as columns and phases as rows."""
    _draft(request, pk)
    sent = _sent(request)
    return sent if isinstance(sent, JsonResponse) else _answer(live.in_columns(sent["bpmn"]))


@require_POST
@requires("owner")
def take_in(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer with a file as the process's own model, or with why it was not taken."""
    draft, sent = _draft(request, pk), _sent(request)
    return sent if isinstance(sent, JsonResponse) else _answer(live.taken_in(draft, sent["bpmn"]))


def _answer(found: dict[str, Any]) -> JsonResponse:
    return JsonResponse(found, status=422 if "error" in found else 200)
