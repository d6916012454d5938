"""The pages of publication: publish the first version, hand a change in, look at it, read a version, see who has read it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Change, Draft, ProcessVersion
from shuli.apps.catalogue.publication import first, handing_in, operations, pages, reading
from shuli.apps.catalogue.publication.forms import (
    ChangeForm,
    FirstForm,
    departments_in,
    first_values,
    front_line,
    values_of,
)
from shuli.apps.catalogue.register import rights
from shuli.apps.catalogue.studio import queries as studio
from shuli.apps.catalogue.studio.operations import may_touch
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.permissions import requires


def _version(key: str, number: str) -> ProcessVersion:
    found = queries.version_by_number(key, number)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("member")
def version(request: HttpRequest, key: str, number: str) -> HttpResponse:
    page = pages.version_page(
        _version(key, number), request.user.get_username(), request.GET.get("against", "")[:20]
    )
    return render(request, "catalogue/version.html", page)


@require_GET
@requires("member")
def version_bpmn(_request: HttpRequest, key: str, number: str) -> HttpResponse:
    found = _version(key, number)
    response = HttpResponse(found.bpmn, content_type="application/xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}-v{found.number}.bpmn"'
    return response


@require_POST
@requires("member")
def version_read(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Note that the person has read the version."""
    answer = reading.confirm(request.user.get_username(), _version(key, number).pk)
    if isinstance(answer, Refusal):
        raise answer
    messages.success(request, _("Noted: you have read it."))
    return redirect("catalogue:version", key, number)


@require_POST
@requires("owner")
def version_paper(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Note where the printed copy of the version is kept."""
    found = _version(key, number)
    if not rights.may_edit(found.process, request.user.get_username()):
        raise Denied("register_not_yours")
    operations.keep_paper(found, request.POST.get("paper_place", ""))
    messages.success(request, _("Saved."))
    return redirect("catalogue:version", key, number)


# A change -----------------------------------------------------------------------------------------------


@require_GET
@requires("member")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = operations.change(pk)
    if found is None:
        raise Http404
    return render(request, "catalogue/change.html", pages.change_page(found, request.user.get_username()))


def _draft(request: HttpRequest, pk: int) -> Draft:
    draft = studio.draft(pk)
    refusal = may_touch(draft, request.user.get_username())
    if draft is None or refusal is not None:
        raise refusal or Http404
    return draft


@require_http_methods(["GET", "POST"])
@requires("owner")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft as the first version of its process."""
    draft, person = _draft(request, pk), request.user.get_username()
    if not first.is_first(draft.process):
        return redirect("catalogue:draft_submit", pk)
    if not first.may_publish(draft.process, person):
        raise Denied("first_version_not_yours")
    form = FirstForm(request.POST or None, initial={"told": departments_in(draft.bpmn)})
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("revision", "")
        answer = first.publish_first(person, pk, int(seen) if seen.isdecimal() else 0, form.said())
        if isinstance(answer, ProcessVersion):
            messages.success(request, _("Published: cases can start from now on."))
            return redirect("catalogue:process", draft.process.key)
        form.add_error(None, sentence(answer))
    context = handing_in.first_page(draft) | {"form": form}
    return render(request, "catalogue/first.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("owner")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a draft in for review."""
    draft, person = _draft(request, pk), request.user.get_username()
    form = ChangeForm(request.POST or None, initial=first_values(draft, person))
    if request.method == "POST" and form.is_valid():
        wish, knowingly = form.wish(request.POST), "knowingly" in request.POST
        answer = operations.submit(person, pk, wish, knowingly=knowingly)
        if isinstance(answer, Change):
            return _handed_in(request, answer)
        form.add_error(None, sentence(answer))
    return _form_page(request, draft, form)


@require_http_methods(["GET", "POST"])
@requires("owner")
def change_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a change in again after its review has sent it back."""
    found, person = operations.change(pk), request.user.get_username()
    if found is None or found.draft is None:
        raise Http404
    if found.person != person:
        raise Denied("change_not_yours")
    form = ChangeForm(request.POST or None, initial=values_of(found))
    if request.method == "POST" and form.is_valid():
        answer = operations.hand_in_again(person, pk, form.wish(request.POST))
        if isinstance(answer, Change):
            return _handed_in(request, answer)
        form.add_error(None, sentence(answer))
    return _form_page(request, found.draft, form, found)


def _handed_in(request: HttpRequest, answer: Change) -> HttpResponse:
    said = {"number": answer.case_number}
    messages.success(request, _("Handed in as %(number)s: the front line is asked first.") % said)
    return redirect("catalogue:change", answer.pk)


def _form_page(
    request: HttpRequest, draft: Draft, form: ChangeForm, change: Change | None = None
) -> HttpResponse:
    named = (
        front_line(request.POST) if request.method == "POST" else tuple(change.front_line if change else ())
    )
    context = handing_in.submit_page(draft, change, request.user.get_username()) | {
        "form": form,
        "front_line": list(named),
    }
    return render(request, "catalogue/submit.html", context, status=422 if form.errors else 200)
