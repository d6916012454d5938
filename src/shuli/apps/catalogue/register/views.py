"""The pages of the register: map, list, entries, Excel both ways."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Process
from shuli.apps.catalogue.register import (
    affected,
    excel,
    listing,
    operations,
    pages,
    picture,
    rights,
    shipped,
    uses,
)
from shuli.apps.catalogue.register.forms import EntryForm, NewEntryForm, entry_values
from shuli.kit import limits
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.forms.shown import in_language
from shuli.kit.permissions import requires
from shuli.kit.workbooks import XLSX


@require_GET
@requires("member")
def process_map(request: HttpRequest) -> HttpResponse:
    page = {"tabs": pages.tabs("map", request.user.get_username()), **picture.map_page(listing.entries())}
    return render(request, "catalogue/map.html", page)


@require_GET
@requires("member")
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/register.html", pages.register_page(request))


@require_GET
@requires("member")
def affected_processes(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/affected.html", affected.affected_page())


@require_GET
@requires("member")
def register_xlsx(request: HttpRequest) -> HttpResponse:
    rows = listing.narrowed(listing.entries(), listing.Wanted.of(request.GET))
    return file_answer(excel.workbook(rows), _("process-register"))


def file_answer(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
@requires("owner")
def entry_new(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    if not rights.may_register(person):
        raise Denied("register_not_yours")
    form = NewEntryForm(request.POST or None, posts=rights.posts_to_give(person))
    if form.is_valid():
        facts = dict(form.cleaned_data)
        answer = operations.make_entry(person, facts.pop("key"), facts)
        if isinstance(answer, Process):
            messages.success(request, _("“%(name)s” is registered.") % {"name": in_language(answer.names)})
            return redirect("catalogue:process", answer.key)
        form.add_error("key" if "key" in answer.code else None, sentence(answer))
    return _form_page(request, form, _("New entry"), reverse("catalogue:register"))


@require_http_methods(["GET", "POST"])
@requires("owner")
def entry_edit(request: HttpRequest, key: str) -> HttpResponse:
    process = _editable(request, key)
    has_model = operations.has_model(process)
    form = EntryForm(request.POST or None, initial=entry_values(process), has_model=has_model)
    if form.is_valid():
        answer = operations.edit_entry(request.user.get_username(), key, form.cleaned_data)
        if isinstance(answer, Process):
            messages.success(request, _("Saved."))
            return redirect("catalogue:process", key)
        form.add_error(None, sentence(answer))
    return _form_page(
        request,
        form,
        in_language(process.names),
        reverse("catalogue:process", args=[key]),
        has_model=has_model,
    )


def _editable(request: HttpRequest, key: str) -> Process:
    process = queries.process(key)
    if process is None:
        raise Http404
    if not rights.may_edit(process, request.user.get_username()):
        raise Denied("register_not_yours")
    return process


def _form_page(
    request: HttpRequest, form: EntryForm, title: str, back: str, *, has_model: bool = False
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "back": back,
        "has_model": has_model,
        "domains": [words.zh for words, _category in shipped.domains()],
    }
    status = 422 if form.errors else 200
    return render(request, "catalogue/entry_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("owner")
def entry_delete(request: HttpRequest, key: str) -> HttpResponse:
    """Delete an entry, or say what needs it."""
    process, person = _editable(request, key), request.user.get_username()
    if not rights.may_keep(person):
        raise Denied("register_not_yours")
    if request.method == "POST":
        answer = operations.delete_entry(person, key)
        if isinstance(answer, Refusal):
            raise answer
        if isinstance(answer, Process):
            messages.success(request, _("“%(name)s” is deleted.") % {"name": in_language(process.names)})
            return redirect("catalogue:register")
    return _leaving(request, process, uses.uses_of(process, person), "delete")


@require_http_methods(["GET", "POST"])
@requires("owner")
def entry_retire(request: HttpRequest, key: str) -> HttpResponse:
    """Take a process out of service, or say which others call it."""
    process = _editable(request, key)
    if request.method == "POST":
        answer = operations.retire(request.user.get_username(), key)
        if isinstance(answer, Refusal):
            raise answer
        if isinstance(answer, Process):
            messages.success(request, _("It starts nothing any more; what runs is finished."))
            return redirect("catalogue:process", key)
    return _leaving(request, process, uses.callers(process), "retire")


def _leaving(request: HttpRequest, process: Process, found: list[uses.Use], verb: str) -> HttpResponse:
    context = {"process": process, "name": in_language(process.names), "uses": found, "verb": verb}
    status = 409 if found and request.method == "POST" else 200
    return render(request, "catalogue/entry_leaving.html", context, status=status)


# Import -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@requires("owner")
def register_import(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    if not rights.may_keep(person):
        raise Denied("register_not_yours")
    context: dict[str, Any] = {
        "title": _("Import the register"),
        "back": reverse("catalogue:register"),
        "template": reverse("catalogue:register_xlsx"),
    }
    if request.method == "GET":
        return render(request, "catalogue/import.html", context)
    data = sent_file(request)
    outcome = excel.take_in(person, data) if isinstance(data, bytes) else data
    if isinstance(outcome, Refusal):
        context["refusal"] = sentence(outcome)
    elif isinstance(outcome, excel.NotImported):
        context["problems"] = outcome.problems
    else:
        messages.success(request, imported_words(len(outcome.new), len(outcome.changed), outcome.same))
        return redirect("catalogue:register")
    return render(request, "catalogue/import.html", context, status=422)


def sent_file(request: HttpRequest) -> bytes | Refusal:
    upload = request.FILES.get("file")
    if upload is None:
        return Refusal("not_a_workbook")
    if (upload.size or 0) > limits.DECISION_FILE_BYTES:
        return Refusal("workbook_too_large", most=limits.DECISION_FILE_BYTES // limits.MB)
    return bytes(upload.read())


def imported_words(new: int, changed: int, same: int) -> str:
    parts = [
        ngettext("%(n)s is new", "%(n)s are new", new) % {"n": new},
        ngettext("%(n)s has changed", "%(n)s have changed", changed) % {"n": changed},
        ngettext("%(n)s is as it was", "%(n)s are as they were", same) % {"n": same},
    ]
    return _("Imported: %(parts)s.") % {"parts": _(", ").join(parts)}
