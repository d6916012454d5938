"""The pages of the form designer, and what its island asks."""

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.designer import operations, pages, preview, queries
from shuli.apps.catalogue.models import Draft, Process
from shuli.apps.catalogue.studio import operations as studio
from shuli.apps.catalogue.studio import queries as drafts
from shuli.kit import clock, limits
from shuli.kit.allowance import Allowance
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.middleware import POLICY
from shuli.kit.permissions import requires

CHECKS = Allowance(per_minute=limits.CHECKS_PER_MINUTE)


def _process(request: HttpRequest, key: str) -> Process:
    found = register.process(key)
    if found is None:
        raise Http404
    if not drafts.may_draw(found, request.user.get_username()):
        raise Denied("draft_not_yours")
    return found


def _draft(request: HttpRequest, pk: int, form: str = "") -> Draft:
    found = drafts.draft(pk)
    refusal = studio.may_touch(found, request.user.get_username())
    if found is None or refusal is not None:
        raise refusal or Http404
    if form and form not in found.forms:
        raise Refusal("form_missing", status=404)
    return found


@require_GET
@requires("owner")
def form_list(request: HttpRequest, key: str) -> HttpResponse:
    process = _process(request, key)
    draft = queries.draft_of(process, request.GET.get("draft", ""))
    if draft is None:
        return redirect("catalogue:studio", key)
    return render(request, "catalogue/designer_list.html", pages.list_page(process, draft))


@require_GET
@requires("owner")
def designer(request: HttpRequest, key: str, form: str) -> HttpResponse:
    process = _process(request, key)
    draft = queries.draft_of(process, request.GET.get("draft", ""))
    if draft is None or form not in draft.forms:
        raise Refusal("form_missing", status=404)
    asked = {name: request.GET.get(name, "")[:200] for name in ("against", "node")}
    page = pages.designer_page(process, draft, form, **asked)
    return render(request, "catalogue/designer.html", page)


def _address(draft: Draft, form: str) -> str:
    return f"{reverse('catalogue:studio_form', args=[draft.process.key, form])}?draft={draft.pk}"


@require_POST
@requires("owner")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    given = request.POST
    title = {"zh": given.get("zh", "").strip(), "en": given.get("en", "").strip()}
    source = draft.forms.get(given.get("source", ""))
    key = given.get("key", "").strip()
    made = operations.new_form(pk, request.user.get_username(), key, title, source)
    if isinstance(made, Refusal):
        raise made
    return redirect(_address(made, key))


@require_POST
@requires("owner")
def copy(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Keep a form beside itself; with JSON, what is on the page of somebody who came second."""
    _draft(request, pk, form)
    is_island = request.content_type == "application/json"
    sent = _sent(request) if is_island else None
    if isinstance(sent, JsonResponse):
        return sent
    made = operations.copy_form(pk, request.user.get_username(), form, sent["form"] if sent else None)
    if isinstance(made, Refusal):
        raise made
    url = _address(*made)
    return JsonResponse({"url": url}) if is_island else redirect(url)


@require_POST
@requires("owner")
def delete(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    draft = _draft(request, pk)
    answer = operations.delete_form(pk, request.user.get_username(), form)
    if isinstance(answer, Refusal):
        raise answer
    return redirect(f"{reverse('catalogue:studio_forms', args=[draft.process.key])}?draft={pk}")


# Preview and files --------------------------------------------------------------------------------------------


@require_GET
@requires("owner")
@xframe_options_sameorigin
def form_preview(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Show the form in a frame of the designer, as a step has it."""
    page = preview.page(
        _draft(request, pk, form), form, request.GET.get("step", ""), request.user.get_username()
    )
    response = render(request, "catalogue/designer_preview.html", page)
    response["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return response


@require_POST
@requires("owner")
def form_states(request: HttpRequest, pk: int, form: str) -> JsonResponse:
    """Answer with how every field of the preview is to be shown for what is typed in it."""
    return JsonResponse(
        preview.states(_draft(request, pk, form), form, request.GET.get("step", ""), request.POST)
    )


@require_GET
@requires("owner")
def form_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Send the form as a file: our own JSON, or form-js's."""
    name, body = preview.file(_draft(request, pk, form), form, request.GET.get("as", ""))
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# What the island asks -----------------------------------------------------------------------------------------


def _sent(request: HttpRequest) -> dict[str, Any] | JsonResponse:
    """Return the JSON that the island sends, or the answer to somebody who asks too often or sends nonsense."""
    if not CHECKS.take(request.user.get_username(), clock.now()):
        return JsonResponse({"error": {"message": ""}}, status=429)
    try:
        sent = msgspec.json.decode(request.body)
    except (msgspec.DecodeError, RecursionError):
        sent = None
    if not isinstance(sent, dict) or not isinstance(sent.get("form"), dict):
        return _failed(Refusal("form_unusable"))
    return (
        sent if len(request.body) <= operations.MOST_BYTES else _failed(Refusal("form_unusable", status=413))
    )


def _failed(refusal: Refusal) -> JsonResponse:
    error = {"code": refusal.code, "message": sentence(refusal)}
    return JsonResponse({"error": error}, status=refusal.status)


@require_POST
@requires("owner")
def draw(request: HttpRequest, pk: int, form: str) -> JsonResponse:
    """Answer with the form drawn, the properties of what is chosen, and the findings."""
    draft, sent = _draft(request, pk, form), _sent(request)
    return (
        sent
        if isinstance(sent, JsonResponse)
        else JsonResponse(pages.drawn(draft, sent["form"], str(sent.get("at") or "")))
    )


@require_POST
@requires("owner")
def save(request: HttpRequest, pk: int, form: str) -> JsonResponse:
    """Keep the form as it is on the page."""
    _draft(request, pk)
    sent = _sent(request)
    if isinstance(sent, JsonResponse):
        return sent
    expected = sent.get("revision")
    answer = operations.save_form(
        pk,
        request.user.get_username(),
        form,
        sent["form"],
        expected=expected if isinstance(expected, int) else 0,
        seen=sent.get("seen"),
    )
    return _failed(answer) if isinstance(answer, Refusal) else JsonResponse({"revision": answer.revision})


@require_POST
@requires("owner")
def take_in(request: HttpRequest, pk: int, form: str) -> JsonResponse:
    """Answer with the form of a file, or with why it was not taken."""
    _draft(request, pk, form)
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > operations.MOST_BYTES:
        return _failed(Refusal("form_unusable"))
    found = pages.taken_in(upload.read().decode("utf-8", errors="replace"))
    return JsonResponse(found, status=422 if "error" in found else 200)
