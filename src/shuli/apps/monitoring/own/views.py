"""The pages on which the owner of a process defines its own indicators."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory.answering import put_on, tell
from shuli.apps.monitoring.own import operations, pages, trying
from shuli.apps.monitoring.own.forms import OwnForm, starting_values, values_of
from shuli.apps.monitoring.own.models import OwnIndicator
from shuli.apps.monitoring.own.rights import may_define
from shuli.kit.errors import Denied
from shuli.kit.permissions import requires


def _let_in(request: HttpRequest, key: str) -> str:
    person = request.user.get_username()
    if catalogue.process(key) is None:
        raise Http404
    if not may_define(person, key):
        raise Denied("indicators_of_others")
    return person


@require_safe
@requires("owner")
def own_list(request: HttpRequest, key: str) -> HttpResponse:
    _let_in(request, key)
    return render(request, "monitoring/own.html", pages.list_page(key))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("owner")
def own_form(request: HttpRequest, key: str, own: int | None = None) -> HttpResponse:
    """Define an indicator or change one; "try" shows what it gives and keeps nothing."""
    person = _let_in(request, key)
    row = get_object_or_404(OwnIndicator, pk=own, process_key=key, is_active=True) if own else None
    grain = row.grain if row else request.GET.get("grain", "")
    grain = grain if grain in OwnIndicator.Grain else OwnIndicator.Grain.VISIT.value
    initial = values_of(row) if row else starting_values(grain)
    form = OwnForm(request.POST or None, initial=initial, process=key, grain=grain)
    trial: Any = None
    if form.is_valid() and "try" in request.POST:
        trial = trying.try_out(person, key, form.facts())
    elif form.is_valid() and put_on(form, operations.save(person, key, row, form.facts())):
        messages.success(request, _("Saved. It is counted from the records, the newest days first."))
        return redirect("monitoring:own", key)
    context = {**pages.form_page(key, grain, row), "form": form, "trial": trial}
    return render(request, "monitoring/own_form.html", context)


@require_POST
@requires("owner")
def own_remove(request: HttpRequest, key: str, own: int) -> HttpResponse:
    person = _let_in(request, key)
    row = get_object_or_404(OwnIndicator, pk=own, process_key=key, is_active=True)
    done = _("“%(name)s” has been removed.") % {"name": row.name}
    return tell(request, operations.remove(person, row), done, reverse("monitoring:own", args=[key]))
