"""The pages of sources of data."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.directory import queries as directory
from shuli.apps.directory.answering import put_on, tell, tell_errors
from shuli.apps.monitoring.sources import importing, keeping, pages, rights
from shuli.apps.monitoring.sources.forms import ColumnsForm, PlanForm, SourceForm, UploadForm, guessed
from shuli.apps.monitoring.sources.models import DataSource, ExtractionPlan, Import
from shuli.kit.errors import Refusal
from shuli.kit.permissions import requires


def _person(request: HttpRequest) -> str:
    return request.user.get_username()


def _source(request: HttpRequest, key: int) -> DataSource:
    row = DataSource.objects.filter(pk=key).first() if rights.may_read(_person(request)) else None
    if row is None:
        raise Http404
    return row


def _form(request: HttpRequest, form: forms.Form, title: str, back: str) -> HttpResponse:
    return render(request, "monitoring/entry_form.html", {"form": form, "title": title, "back": back})


@require_GET
@requires("member")
def sources(request: HttpRequest) -> HttpResponse:
    if not rights.may_read(_person(request)):
        raise Refusal("no_such_source", status=403)
    return render(request, "monitoring/sources.html", pages.list_page(_person(request)))


@require_GET
@requires("member")
def source(request: HttpRequest, source: int) -> HttpResponse:
    row = _source(request, source)
    return render(request, "monitoring/source.html", pages.source_page(_person(request), row))


@require_http_methods(["GET", "POST"])
@requires("owner")
def source_form(request: HttpRequest, source: int | None = None) -> HttpResponse:
    """Enter a source, or change one."""
    person, row = _person(request), _source(request, source) if source else None
    led = directory.departments_led(person)
    if not (rights.may_edit(person, row.department) if row else led or rights.may_edit(person, "")):
        raise Refusal("source_of_others", status=403)
    initial = (
        {name: getattr(row, name) for name in SourceForm.base_fields}
        if row
        else {"department": next(iter(led), "")}
    )
    if row is None and initial["department"]:
        initial["contact"] = directory.liaison(initial["department"]) or ""
    form = SourceForm(request.POST or None, initial=initial)
    if form.is_valid():
        made = keeping.save_source(person, source, form.cleaned_data)
        if put_on(form, made) and isinstance(made, DataSource):
            messages.success(request, _("Saved."))
            return redirect("monitoring:source", made.pk)
    return _form(request, form, row.name if row else _("New source"), reverse("monitoring:sources"))


@require_http_methods(["GET", "POST"])
@requires("owner")
def plan_form(request: HttpRequest, source: int, plan: int | None = None) -> HttpResponse:
    """Enter what is taken from a source, by whom, how often."""
    person, owner = _person(request), _source(request, source)
    if not rights.may_edit(person, owner.department):
        raise Refusal("source_of_others", status=403)
    row = ExtractionPlan.objects.filter(pk=plan, source=owner).first() if plan else None
    if plan and row is None:
        raise Http404
    names = PlanForm.base_fields
    initial: dict[str, Any] = (
        {name: getattr(row, name) for name in names} if row else {"person": owner.contact}
    )
    form = PlanForm(request.POST or None, initial=initial)
    if form.is_valid() and put_on(form, keeping.save_plan(person, source, plan, form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("monitoring:source", source)
    return _form(
        request, form, row.what if row else _("New plan"), reverse("monitoring:source", args=[source])
    )


# Files -----------------------------------------------------------------------------------------------------


@require_POST
@requires("member")
def upload(request: HttpRequest, source: int) -> HttpResponse:
    """Read a file; the next page asks what its columns are."""
    owner, back = _source(request, source), reverse("monitoring:source", args=[source])
    form = UploadForm(request.POST, request.FILES, plans=list(owner.plans.filter(is_active=True)))
    if not form.is_valid():
        return tell_errors(request, form, back)
    sent = form.cleaned_data["file"]
    if sent.size > importing.MOST_BYTES:
        return tell(request, Refusal("import_too_large", most=importing.MOST_ROWS), "", back)
    file = importing.File(name=sent.name, data=sent.read())
    plan = int(form.cleaned_data["plan"]) if form.cleaned_data["plan"] else None
    made = importing.upload(_person(request), source, file, plan)
    if isinstance(made, Refusal):
        return tell(request, made, "", back)
    return redirect("monitoring:import", made.pk)


@require_http_methods(["GET", "POST"])
@requires("member")
def import_page(request: HttpRequest, batch: int) -> HttpResponse:
    """Ask what a file's columns are, show what its rows become, and bring them in; later, what became of it."""
    person = _person(request)
    row = rights.imports_of(person).filter(pk=batch).first()
    if row is None:
        raise Http404
    if row.done_at is not None:
        return render(request, "monitoring/import.html", pages.import_page(person, row, None))
    form = ColumnsForm(request.POST or _known(row), head=row.rows[0])
    wanted = form.wanted() if form.is_valid() else None
    if wanted is not None and "take" in request.POST and put_on(form, importing.take(person, batch, wanted)):
        messages.success(request, _("Brought in. The figures stand on the page of the process."))
        return redirect("monitoring:import", batch)
    found = importing.preview(row, wanted) if wanted is not None else None
    context = {**pages.import_page(person, row, found), "form": form}
    return render(request, "monitoring/import.html", context)


def _known(row: Import) -> dict[str, Any]:
    former = row.source.imports.exclude(done_at=None).order_by("-done_at").first()
    is_like = former is not None and former.rows[0] == row.rows[0]
    return guessed(row.rows[0], former.mapping if former is not None and is_like else None)


@require_POST
@requires("member")
def undo(request: HttpRequest, batch: int) -> HttpResponse:
    answer = importing.undo(_person(request), batch)
    back = reverse("monitoring:import", args=[batch])
    return tell(request, answer, _("Undone. Its values count no more."), back)
