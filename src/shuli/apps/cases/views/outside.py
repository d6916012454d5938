"""Webhooks in, and the administrators' pages of what is arranged with other programs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuli.apps.cases import wording
from shuli.apps.cases.outside import hooks, receiving
from shuli.apps.cases.pages import outside as pages
from shuli.apps.directory.answering import put_on, tell
from shuli.kit import limits
from shuli.kit.errors import Refusal
from shuli.kit.permissions import View, requires

PAGE = 50
Form = type[forms.Form]


# Webhooks in --------------------------------------------------------------------------------------------


@csrf_exempt
@require_POST
@requires("public")
def receive(request: HttpRequest, name: str) -> HttpResponse:
    """Take what another program posts; its signature says who it is."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or int(length) > limits.MESSAGE_BYTES:
        return _answer(receiving.refused(413, "too_large", limit=limits.MESSAGE_BYTES))
    posted = receiving.Posted(
        timestamp=request.headers.get("Shuli-Timestamp", ""),
        signature=request.headers.get("Shuli-Signature", ""),
        body=request.body,
    )
    return _answer(receiving.receive(name, posted))


def _answer(outcome: receiving.Outcome) -> HttpResponse:
    words = str(wording.HOOK_ANSWERS[outcome.code]) % outcome.params
    body = {"code": outcome.code, "message": words, **({"id": outcome.message} if outcome.message else {})}
    answer = JsonResponse(body, status=outcome.status, json_dumps_params={"ensure_ascii": False})
    if outcome.status == 429:
        answer["Retry-After"] = "60"
    return answer


# The pages ----------------------------------------------------------------------------------------------


@requires("administrator")
@require_safe
def connections(request: HttpRequest) -> HttpResponse:
    return render(request, "cases/connections.html", pages.overview())


def _new(kind: str, form_class: Form, make: Callable[[str, Any], Any]) -> View:
    """Return the view of a form that makes something with a secret, which the next page shows once."""

    @requires("administrator")
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(make)
    def view(request: HttpRequest) -> HttpResponse:
        form = form_class(request.POST or None)
        if form.is_valid():
            made = make(request.user.get_username(), form)
            if put_on(form, made):
                return render(request, "cases/connection_secret.html", pages.secret_page(kind, made))
        return render(request, "cases/connection_form.html", pages.form_page(kind, form))

    return view


new_in = _new("in", pages.InForm, lambda by, form: hooks.new_in(by, form.facts()))
new_out = _new("out", pages.OutForm, lambda by, form: hooks.new_out(by, form.facts()))
new_token = _new("program", pages.ProgramForm, lambda by, form: hooks.new_token(by, **form.facts()))


@requires("administrator")
@require_safe
def hook_in(request: HttpRequest, name: str) -> HttpResponse:
    return _log(request, "in", name)


@requires("administrator")
@require_safe
def hook_out(request: HttpRequest, name: str) -> HttpResponse:
    return _log(request, "out", name)


def _log(request: HttpRequest, direction: hooks.Direction, name: str) -> HttpResponse:
    row = hooks.KINDS[direction].objects.filter(name=name).first()
    if row is None:
        raise Http404
    rows = pages.log_of(row, failed_only="failed" in request.GET)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/connection.html", pages.hook_page(direction, row, page))


def _back(direction: str, name: str) -> str:
    return reverse(f"cases:hook_{direction}", args=[name])


@requires("administrator")
@require_POST
def switch(request: HttpRequest, direction: hooks.Direction, name: str) -> HttpResponse:
    on = request.POST.get("on") == "1"
    done = _("“%(name)s” is on.") if on else _("“%(name)s” is off.")
    answer = hooks.switch(request.user.get_username(), direction, name, on=on)
    return tell(request, answer, done % {"name": name}, _back(direction, name))


@requires("administrator")
@require_POST
def new_secret(request: HttpRequest, direction: hooks.Direction, name: str) -> HttpResponse:
    made = hooks.new_secret(request.user.get_username(), direction, name)
    if isinstance(made, Refusal):
        raise made
    return render(request, "cases/connection_secret.html", pages.secret_page(direction, made))


@requires("administrator")
@require_POST
def send_again(request: HttpRequest, name: str, dispatch: int | None = None) -> HttpResponse:
    answer = hooks.send_again(request.user.get_username(), name, dispatch)
    if isinstance(answer, Refusal):
        raise answer
    words = ngettext("%(n)s delivery is sent again.", "%(n)s deliveries are sent again.", answer)
    messages.success(request, words % {"n": answer})
    return redirect(_back("out", name))


@requires("administrator")
@require_POST
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    answer = hooks.end_token(request.user.get_username(), pk)
    return tell(request, answer, _("The token no longer works."), reverse("cases:connections"))
