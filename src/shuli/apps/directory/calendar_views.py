"""Working calendars: a month at a glance, and what administrators change in it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuli.apps.directory import calendar_pages, forms, listing, operations, pages, queries
from shuli.apps.directory.answering import put_on, tell_errors
from shuli.apps.directory.models import Calendar
from shuli.apps.directory.organisation import organisation
from shuli.apps.directory.working_time import china_years
from shuli.kit.errors import Refusal, sentence
from shuli.kit.permissions import requires


def _found(code: str) -> Calendar:
    row = calendar_pages.calendar_row(code)
    if row is None:
        raise Http404
    return row


def _is_administrator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_administrator", False))


@requires("member")
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    context = {
        "tabs": pages.tabs("calendars"),
        "calendars": calendar_pages.overview(),
        "sites": calendar_pages.sites(),
        "may_edit": _is_administrator(request),
    }
    return render(request, "directory/calendars.html", context)


@requires("member")
@require_safe
def calendar(
    request: HttpRequest, code: str, year: int | None = None, month: int | None = None
) -> HttpResponse:
    """Show a month: this one, or the one of the address."""
    row, now = _found(code), queries.today()
    year, month = year or now.year, month or now.month
    if not (calendar_pages.EARLIEST <= year <= calendar_pages.LATEST and 1 <= month <= 12):
        raise Http404
    context = calendar_pages.month_page(row, year, month)
    if _is_administrator(request):
        context |= _edit_part(row, request.GET.get("day", ""))
    return render(request, "directory/calendar.html", context)


def _edit_part(row: Calendar, chosen: str) -> dict[str, Any]:
    """Return the form for a day, filled with the day that was pressed."""
    try:
        day = date.fromisoformat(chosen)
    except ValueError:
        day = queries.today()
    exception = row.days.filter(date=day).first()
    initial: dict[str, Any] = {"date": day, "kind": exception.kind if exception else "usual"}
    if exception:
        initial |= {"note": exception.note, "note_en": exception.note_en}
    return {
        "may_edit": True,
        "day_form": forms.DayForm(initial=initial),
        "is_open": bool(chosen),
        "missing_years": [year for year in china_years() if year not in row.covered],
        "changes": pages.changes_table(listing.changes_of(row.code)),
    }


@requires("administrator")
@require_POST
def calendar_day(request: HttpRequest, code: str) -> HttpResponse:
    """Change one day and say what becomes of a due date by it."""
    row, form = _found(code), forms.DayForm(request.POST)
    if not form.is_valid():
        return tell_errors(request, form, reverse("directory:calendar", args=[code]))
    before = calendar_pages.effect(organisation().calendars[code])
    answer = _change_day(request.user.get_username(), code, form)
    if isinstance(answer, Refusal):
        messages.error(request, sentence(answer))
    else:
        messages.success(request, _effect_words(row, before))
    return redirect(calendar_pages.month_url(code, form.cleaned_data["date"]))


def _change_day(by: str, code: str, form: forms.DayForm) -> object:
    entered = form.cleaned_data
    if entered["kind"] == "usual":
        return operations.clear_day(by, code, entered["date"])
    return operations.set_day(
        by,
        code,
        entered["date"],
        entered["kind"],
        spans=form.spans(),
        words=entered["note"],
        words_en=entered["note_en"],
    )


def _effect_words(row: Calendar, before: str) -> str:
    after = calendar_pages.effect(organisation().calendars[row.code])
    if after == before:
        return _("Saved. %(effect)s As before.") % {"effect": after}
    return _("Saved. %(after)s Before: %(before)s") % {"after": after, "before": before}


@requires("administrator")
@require_POST
def calendar_import(request: HttpRequest, code: str) -> HttpResponse:
    """Take over China's holidays and make-up workdays of all years that are known."""
    _found(code)
    answer = operations.import_china_calendar(request.user.get_username(), code=code)
    if isinstance(answer, Refusal):
        messages.error(request, sentence(answer))
    else:
        words = ngettext("%(n)s day was imported.", "%(n)s days were imported.", answer)
        messages.success(request, words % {"n": answer})
    return redirect("directory:calendar", code)


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_edit(request: HttpRequest, code: str) -> HttpResponse:
    row = _found(code)
    hours = forms.CalendarForm.hours_of(organisation().calendars[code])
    initial = {"name": row.name, "name_en": row.name_en, "zone": row.zone, **hours}
    form = forms.CalendarForm(request.POST or None, initial=initial)
    if form.is_valid() and put_on(form, _save(request, code, form, is_new=False)):
        return redirect("directory:calendar", code)
    context = {"title": row.display_name(), "form": form, "back": reverse("directory:calendar", args=[code])}
    return render(request, "directory/form.html", context)


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_new(request: HttpRequest) -> HttpResponse:
    hours = forms.CalendarForm.hours_of(queries.calendar_for(None))
    form = forms.NewCalendarForm(request.POST or None, initial=hours)
    if form.is_valid() and put_on(form, _save(request, form.cleaned_data["code"], form, is_new=True)):
        return redirect("directory:calendar", form.cleaned_data["code"])
    context = {"title": _("New calendar"), "form": form, "back": reverse("directory:calendars")}
    return render(request, "directory/form.html", context)


def _save(request: HttpRequest, code: str, form: forms.CalendarForm, *, is_new: bool) -> Calendar | Refusal:
    entered = form.cleaned_data
    return operations.save_calendar(
        request.user.get_username(),
        code,
        name=entered["name"],
        name_en=entered["name_en"],
        zone=entered["zone"],
        week=form.week(),
        is_new=is_new,
    )
