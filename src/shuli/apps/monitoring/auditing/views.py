"""The pages of audits, violations and orders to rectify."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.cases import presentation
from shuli.apps.cases import queries as cases
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.answering import put_on, tell
from shuli.apps.monitoring.auditing import pages, recording, register, rights
from shuli.apps.monitoring.auditing.forms import ViolationForm
from shuli.apps.monitoring.dashboards.asking import department_names, process_names
from shuli.apps.monitoring.periods import period_of
from shuli.apps.monitoring.words import period_words
from shuli.kit.components.values import Option
from shuli.kit.errors import Refusal
from shuli.kit.permissions import requires

PAGE = 30


@require_GET
@requires("member")
def audits(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    context = pages.audits_page(request.user.get_username(), asked.get("sample", ""), asked.get("page", ""))
    return render(request, "monitoring/audits.html", context)


@require_GET
@requires("member")
def violations(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    wanted = {
        name: value for name in ("department", "process_key", "kind") if (value := request.GET.get(name, ""))
    }
    quarter = period_of("quarter", directory.today())
    everything = rights.visible_violations(person)
    orders = rights.visible_orders(person).select_related("case")
    rows = everything.filter(**wanted).select_related("case")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        **pages.violations_page(person, everything.filter(**register.within(quarter)), orders),
        "quarter": period_words(quarter),
        "page": page,
        "table": pages.violations_table(page.object_list),
        "departments": _options(department_names(), wanted.get("department", "")),
        "processes": _options(process_names(), wanted.get("process_key", "")),
    }
    return render(request, "monitoring/violations.html", context)


def _options(names: dict[str, str], chosen: str) -> list[Option]:
    return [Option(value=code, label=name, is_chosen=code == chosen) for code, name in names.items()]


@require_GET
@requires("member")
def violation_page(request: HttpRequest, violation: int) -> HttpResponse:
    person = request.user.get_username()
    row = (
        rights.visible_violations(person).select_related("case", "rectification").filter(pk=violation).first()
    )
    if row is None:
        raise Http404
    return render(request, "monitoring/violation.html", pages.violation_page(person, row))


@require_POST
@requires("member")
def void(request: HttpRequest, violation: int) -> HttpResponse:
    answer = recording.void(request.user.get_username(), violation, request.POST.get("reason", ""))
    return tell(
        request, answer, _("The violation was taken back."), reverse("monitoring:violation", args=[violation])
    )


@require_GET
@requires("member")
def order_page(request: HttpRequest, order: int) -> HttpResponse:
    person = request.user.get_username()
    row = rights.visible_orders(person).select_related("case").filter(pk=order).first()
    if row is None:
        raise Http404
    return render(request, "monitoring/order.html", pages.order_page(person, row))


@require_http_methods(["GET", "POST"])
@requires("case")
def record(request: HttpRequest, number: str) -> HttpResponse:
    """Record a violation from the page of its case."""
    person = request.user.get_username()
    case = cases.case_for(person, number)
    if case is None:
        raise Http404
    if not rights.may_record(person, case.process_key, case.pk):
        raise Refusal("supervisor_only", status=403)
    graph = catalogue.graph(case.version_id)
    nodes = dict.fromkeys(visit.node for visit in cases.visits(case.pk))
    steps = [(node, presentation.node_name(graph, node)) for node in nodes]
    form = ViolationForm(request.POST or None, request.FILES or None, steps=steps)
    if form.is_valid():
        made = recording.record(person, number, form.facts(), request.FILES.getlist("file"))
        if put_on(form, made) and not isinstance(made, Refusal):
            return redirect("monitoring:violation", made.pk)
    context = {"title": _("Record a violation"), "case": case, "form": form}
    return render(request, "monitoring/violation_form.html", context)
