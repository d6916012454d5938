"""The pages of the process register."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.catalogue import presentation, queries, schedules, transition
from shuli.apps.catalogue.forms import BufferForm
from shuli.apps.catalogue.handbook.pages import description_page
from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.permissions import requires


def _process(key: str) -> Process:
    found = queries.process(key)
    if found is None:
        raise Http404
    return found


def _version_in_force(key: str) -> ProcessVersion:
    try:
        return queries.version_in_force(_process(key).key)
    except queries.NotInForceError:
        raise Http404 from None


@require_GET
@requires("member")
def process(request: HttpRequest, key: str) -> HttpResponse:
    context = presentation.process_page(_process(key), request.user.get_username())
    return render(request, "catalogue/process.html", context)


@require_POST
@requires("member")
def schedule(request: HttpRequest, key: str, node: str) -> HttpResponse:
    """Pause a start by the clock, or let it go on."""
    person, pauses = request.user.get_username(), request.POST.get("pause") == "on"
    answer = (schedules.pause if pauses else schedules.resume)(_process(key).key, node, person)
    done = _("It no longer starts by itself.") if pauses else _("It starts by itself again.")
    return _told(request, key, answer, done)


@require_POST
@requires("member")
def buffer(request: HttpRequest, key: str) -> HttpResponse:
    """Set or end the transition in which limits are longer."""
    form = BufferForm(request.POST)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label} {errors[0]}")
        return redirect("catalogue:process", key)
    entered = form.cleaned_data
    answer = transition.set_buffer(
        request.user.get_username(), _process(key).key, entered["factor"], entered["since"], entered["until"]
    )
    return _told(request, key, answer, _("Limits of steps that begin from now on follow this."))


def _told(request: HttpRequest, key: str, answer: object, done: str) -> HttpResponse:
    if isinstance(answer, Denied) or (isinstance(answer, Refusal) and answer.status == 404):
        raise answer
    if isinstance(answer, Refusal):
        messages.error(request, sentence(answer))
    else:
        messages.success(request, done)
    return redirect("catalogue:process", key)


@require_GET
@requires("member")
def bpmn(_request: HttpRequest, key: str) -> HttpResponse:
    version = _version_in_force(key)
    text = queries.version(version.pk).bpmn
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-v{version.number}.bpmn"'
    return response


@require_GET
@requires("member")
def form(request: HttpRequest, key: str, form: str) -> HttpResponse:
    version = _version_in_force(key)
    definition = queries.forms(version.pk).get(form)
    if definition is None:
        raise Http404
    return render(request, "catalogue/form.html", presentation.form_page(version.process, definition))


@require_GET
@requires("member")
def description(request: HttpRequest, key: str) -> HttpResponse:
    version = _version_in_force(key)
    return render(request, "catalogue/description.html", description_page(version))
