"""The pages of alerts, of exceptions, and of a head's day."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.directory.answering import put_on, tell
from shuli.apps.monitoring.alerting import channels, digest, exceptions, habits, pages, rules, words
from shuli.apps.monitoring.alerting.forms import (
    ChannelForm,
    ExceptionForm,
    HabitsForm,
    RuleForm,
    habits_values,
    rule_values,
)
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal
from shuli.kit.permissions import requires

DAY = timedelta(days=1)


def _person(request: HttpRequest) -> str:
    return request.user.get_username()


@require_safe
@requires("member")
def alerts(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/alerts.html", pages.alerts_page(request))


@require_POST
@requires("member")
def acknowledge(request: HttpRequest, alert: int) -> HttpResponse:
    answer = rules.acknowledge(_person(request), alert, request.POST.get("note", ""))
    return tell(request, answer, _("You look after this alert."), reverse("monitoring:alerts"))


# Rules -------------------------------------------------------------------------------------------------


@require_safe
@requires("member")
def rule_list(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/alert_rules.html", pages.rules_page(_person(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("owner")
def rule_form(request: HttpRequest, alert_rule: int | None = None) -> HttpResponse:
    """Make a rule or change one."""
    row = AlertRule.objects.filter(pk=alert_rule).first() if alert_rule else None
    _let_in(request, row, is_new=alert_rule is None)
    initial = rule_values(row) if row else {"process_key": request.GET.get("process", "")}
    of = catalogue.names() if may_keep(_person(request)) else catalogue.overseen_keys(_person(request))
    form = RuleForm(request.POST or None, initial=initial, indicator=row.indicator if row else "", of=set(of))
    if form.is_valid() and put_on(form, rules.save_rule(_person(request), alert_rule, form.facts())):
        messages.success(request, _("Saved."))
        return redirect("monitoring:alert_rules")
    title = words.rule_name(row) if row else pgettext("alert", "New rule")
    return _form(request, form, title, "monitoring:alert_rules")


def _let_in(request: HttpRequest, row: AlertRule | None, *, is_new: bool) -> None:
    person = _person(request)
    if not is_new and row is None:
        raise Http404
    may_make = may_keep(person) or bool(catalogue.owned_keys(person))
    if not (rules.may_edit(person, row.process_key) if row else may_make):
        raise Denied("rule_of_others")


@require_POST
@requires("owner")
def rule_switch(request: HttpRequest, alert_rule: int) -> HttpResponse:
    on = request.POST.get("on") == "1"
    answer = rules.switch_rule(_person(request), alert_rule, on=on)
    done = _("The rule is on.") if on else _("The rule is off.")
    return tell(request, answer, done, reverse("monitoring:alert_rules"))


def _form(request: HttpRequest, form: Any, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": reverse(back)}
    return render(request, "monitoring/entry_form.html", context)


# Channels ----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@requires("administrator")
def channel_list(request: HttpRequest) -> HttpResponse:
    """Show channels and times; take other times."""
    form = HabitsForm(request.POST or None, initial=habits_values(habits.habits()))
    if form.is_valid() and put_on(form, habits.save(_person(request), form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("monitoring:alert_channels")
    return render(request, "monitoring/alert_channels.html", pages.channels_page(_person(request), form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("administrator")
def channel_new(request: HttpRequest) -> HttpResponse:
    form = ChannelForm(request.POST or None)
    if form.is_valid():
        made = channels.new_channel(_person(request), channels.ChannelFacts(**form.cleaned_data))
        if put_on(form, made):
            messages.success(request, _("The channel is there. Send a message to try it."))
            return redirect("monitoring:alert_channels")
    return _form(request, form, _("New channel"), "monitoring:alert_channels")


@require_POST
@requires("administrator")
def channel_switch(request: HttpRequest, channel: str) -> HttpResponse:
    on = request.POST.get("on") == "1"
    done = _("“%(name)s” is on.") if on else _("“%(name)s” is off.")
    answer = channels.switch_channel(_person(request), channel, on=on)
    return tell(request, answer, done % {"name": channel}, reverse("monitoring:alert_channels"))


@require_POST
@requires("administrator")
def channel_try(request: HttpRequest, channel: str) -> HttpResponse:
    answer = channels.try_channel(
        _person(request), channel, _("A message to try it"), _("Alerts of Shuli will come here.")
    )
    if isinstance(answer, Refusal):
        raise answer
    if answer:
        said = {"why": words.delivery_words(answer)}
        messages.error(request, _("The message did not arrive. %(why)s") % said)
    else:
        messages.success(request, _("The message has arrived."))
    return redirect("monitoring:alert_channels")


# Exceptions --------------------------------------------------------------------------------------------


@require_safe
@requires("member")
def exception_list(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/exceptions.html", pages.exceptions_page(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("member")
def exception_new(request: HttpRequest) -> HttpResponse:
    initial = {name: request.GET.get(name, "") for name in ("process_key", "case_number")}
    form = ExceptionForm(request.POST or None, initial=initial)
    if form.is_valid():
        answer = exceptions.report(_person(request), exceptions.Reported(**form.cleaned_data))
        if put_on(form, answer):
            messages.success(request, _("Thank you. The process owner has been told."))
            return redirect("monitoring:exceptions")
    return _form(request, form, _("Report an exception"), "monitoring:exceptions")


@require_POST
@requires("member")
def exception_answer(request: HttpRequest, report: int) -> HttpResponse:
    text = request.POST.get("answer", "").strip()[:4_000]
    back = reverse("monitoring:exceptions")
    if not text:
        messages.error(request, _("Say what is done about it."))
        return redirect(back)
    answer = exceptions.answer(_person(request), report, text)
    return tell(request, answer, _("Answered. Whoever reported it has been told."), back)


@require_safe
@requires("member")
def department_day(request: HttpRequest) -> HttpResponse:
    now, person = clock.now(), _person(request)
    found = digest.standing(person, now - DAY, now)
    return render(request, "monitoring/department_day.html", pages.day_page(person, found))
