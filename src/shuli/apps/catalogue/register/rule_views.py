"""The pages of operating rules."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import OperatingRule
from shuli.apps.catalogue.register import rights, rule_pages, rules
from shuli.apps.catalogue.register.excel import NotImported
from shuli.apps.catalogue.register.forms import RuleForm, rule_values
from shuli.apps.catalogue.register.views import file_answer, imported_words, sent_file
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.permissions import requires


def _rule(pk: int) -> OperatingRule:
    found = rules.rule(pk)
    if found is None:
        raise Http404
    return found


def _writer(request: HttpRequest) -> str:
    person = request.user.get_username()
    if not rights.may_keep(person) and not queries.owned_keys(person):
        raise Denied("rule_not_yours")
    return person


@require_GET
@requires("member")
def rule_list(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/rules.html", rule_pages.list_page(request))


@require_GET
@requires("member")
def rules_xlsx(request: HttpRequest) -> HttpResponse:
    return file_answer(rules.workbook(rules.rules(**rule_pages.asked(request))), _("operating-rules"))


@require_GET
@requires("member")
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    return render(
        request, "catalogue/rule.html", rule_pages.rule_page(_rule(pk), request.user.get_username())
    )


@require_http_methods(["GET", "POST"])
@requires("owner")
def rule_new(request: HttpRequest) -> HttpResponse:
    person = _writer(request)
    form = RuleForm(request.POST or None, initial={"process": request.GET.get("process", "")})
    if form.is_valid():
        answer = rules.make_rule(person, _facts(form))
        if isinstance(answer, OperatingRule):
            messages.success(request, _("Saved."))
            return redirect("catalogue:rule", answer.pk)
        form.add_error(None, sentence(answer))
    return _form_page(request, form, _("New rule"), reverse("catalogue:rules"))


@require_http_methods(["GET", "POST"])
@requires("owner")
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row, person = _rule(pk), request.user.get_username()
    if not rights.may_edit_rule(row, person):
        raise Denied("rule_not_yours")
    form = RuleForm(request.POST or None, initial=rule_values(row))
    if form.is_valid():
        answer = rules.edit_rule(person, pk, _facts(form))
        if isinstance(answer, OperatingRule):
            messages.success(request, _("Saved."))
            return redirect("catalogue:rule", pk)
        form.add_error(None, sentence(answer))
    return _form_page(request, form, row.name, reverse("catalogue:rule", args=[pk]))


def _facts(form: RuleForm) -> dict[str, Any]:
    key = form.cleaned_data["process"]
    return {**form.cleaned_data, "process": queries.process(key) if key else None}


def _form_page(request: HttpRequest, form: RuleForm, title: str, back: str) -> HttpResponse:
    context = {"title": title, "form": form, "back": back}
    return render(request, "catalogue/entry_form.html", context, status=422 if form.errors else 200)


@require_POST
@requires("owner")
def rule_review(request: HttpRequest, pk: int) -> HttpResponse:
    _rule(pk)
    state, note = request.POST.get("state", ""), request.POST.get("note", "")[:4000]
    answer = rules.review(request.user.get_username(), pk, state, note)
    if isinstance(answer, Denied):
        raise answer
    if isinstance(answer, Refusal):
        messages.error(request, sentence(answer))
    else:
        messages.success(request, _("The review is noted."))
    return redirect("catalogue:rule", pk)


@require_POST
@requires("owner")
def rule_delete(request: HttpRequest, pk: int) -> HttpResponse:
    answer = rules.delete_rule(request.user.get_username(), pk)
    if isinstance(answer, Refusal):
        raise answer
    messages.success(request, _("“%(name)s” is deleted.") % {"name": answer.name})
    return redirect("catalogue:rules")


@require_http_methods(["GET", "POST"])
@requires("owner")
def rules_import(request: HttpRequest) -> HttpResponse:
    person = _writer(request)
    context: dict[str, Any] = {
        "title": _("Import operating rules"),
        "back": reverse("catalogue:rules"),
        "template": reverse("catalogue:rules_xlsx"),
    }
    if request.method == "GET":
        return render(request, "catalogue/import.html", context)
    data = sent_file(request)
    outcome = rules.take_in(person, data) if isinstance(data, bytes) else data
    if isinstance(outcome, Refusal):
        context["refusal"] = sentence(outcome)
    elif isinstance(outcome, NotImported):
        context["problems"] = outcome.problems
    else:
        messages.success(request, imported_words(len(outcome.new), len(outcome.changed), outcome.same))
        return redirect("catalogue:rules")
    return render(request, "catalogue/import.html", context, status=422)
