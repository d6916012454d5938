"""The page on which owners announce how many cases their processes have."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory.answering import put_on
from shuli.apps.monitoring.dashboards.asking import today
from shuli.apps.monitoring.periods import last_periods, period_of
from shuli.apps.monitoring.volumes import keeping
from shuli.apps.monitoring.volumes.forms import VolumesForm, values_of
from shuli.kit.components.values import Option
from shuli.kit.errors import Denied
from shuli.kit.permissions import requires

BACK, AHEAD = 12, 70  # months that are shown, and days into those to come


@require_http_methods(["GET", "HEAD", "POST"])
@requires("owner")
def volumes(request: HttpRequest) -> HttpResponse:
    """Show what was announced month by month; take changes, rows and files."""
    person = request.user.get_username()
    kept = keeping.kept_by(person)
    if not kept:
        raise Denied("volumes_of_others")
    named = request.GET.get("process", "")
    process = named if named in dict(kept) else kept[0][0]
    form = _form(request, process, dict(kept))
    if form.is_valid():
        changed = keeping.announce(person, form.said(), form.taken_back())
        if put_on(form, changed) and isinstance(changed, int):
            said = ngettext("%(n)s month changed.", "%(n)s months changed.", changed)
            messages.success(request, _("Saved.") + " " + said % {"n": changed})
            return redirect(f"{reverse('monitoring:volumes')}?process={process}")
    options = [Option(value=key, label=name, is_chosen=key == process) for key, name in kept]
    return render(
        request, "monitoring/volumes.html", {"form": form, "processes": options, "process": process}
    )


def _form(request: HttpRequest, process: str, kept: dict[str, str]) -> VolumesForm:
    ahead = period_of("month", today()).last.toordinal() + AHEAD
    months = [one.first for one in last_periods("month", today().fromordinal(ahead), BACK + 3)]
    names = {key.casefold(): key for key in kept} | {name.casefold(): key for key, name in kept.items()}
    for key, text in catalogue.names().items():
        if key in kept:
            names |= {said.casefold(): key for said in (text.zh, text.en) if said}
    given: dict[str, Any] = {"process": process, "months": months, "names": names}
    initial = values_of(keeping.announced(process, months))
    return VolumesForm(request.POST or None, request.FILES or None, initial=initial, **given)
