"""What the pages of alerts show."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.directory import queries as directory
from shuli.apps.directory.operations import may_administer
from shuli.apps.monitoring.alerting import exceptions, habits, rules, words
from shuli.apps.monitoring.alerting.forms import PERIODS, entered
from shuli.apps.monitoring.alerting.models import Alert, AlertRule, Channel, ExceptionReport
from shuli.apps.monitoring.alerting.raising import facts
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Tab, Table, TableRow
from shuli.kit.components.words import joined

PAGE = 50


def tabs(current: str, person: str) -> list[Tab]:
    """Return the ways between the pages of alerts."""
    places = [
        ("alerts", _("Alerts")),
        ("alert_rules", pgettext("alert", "Rules")),
        ("exceptions", _("Exceptions")),
        ("department_day", _("My departments today")),
        ("alert_channels", _("Channels and times")),
    ]
    if not may_administer(person):
        places = places[:-1]
    if not directory.departments_led(person):
        places = [one for one in places if one[0] != "department_day"]
    return [
        Tab(label=label, url=reverse(f"monitoring:{name}"), is_current=name == current)
        for name, label in places
    ]


# Alerts ------------------------------------------------------------------------------------------------


def alerts_page(request: HttpRequest) -> dict[str, Any]:
    person, shows_all = request.user.get_username(), request.GET.get("all") == "1"
    rows = rules.alerts_for(person)
    open_rows = rows.filter(cleared_at=None)
    page = Paginator(rows if shows_all else open_rows, PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    names = Names([alert.acknowledged_by for alert in found])
    return {
        "tabs": tabs("alerts", person),
        "page": page,
        "items": [{**_alert(alert, names), **beside(person, alert)} for alert in found],
        "shows_all": shows_all,
        "open_count": open_rows.count(),
    }


# What other rooms add to an alert, by its reader: what is known of such problems, a way to act.
BESIDE: list[Callable[[str, Alert], Mapping[str, Any]]] = []


def beside(person: str, alert: Alert) -> dict[str, Any]:
    return {name: value for offered in BESIDE for name, value in offered(person, alert).items()}


def _alert(alert: Alert, names: Names) -> dict[str, Any]:
    told = facts(alert)
    return {
        "row": alert,
        "title": words.sentence(told),
        "place": words.place_words(told),
        "rule": words.rule_name(alert.rule),
        "url": _behind(alert),
        "now": _now(alert),
        "who": names.full(alert.acknowledged_by) if alert.acknowledged_by else "",
        "state": _state(alert),
    }


def _state(alert: Alert) -> tuple[str, str]:
    if alert.cleared_at is not None:
        return "ok", _("Over")
    return ("risk", _("Looked after")) if alert.acknowledged_by else ("late", pgettext("alert", "Open"))


def _now(alert: Alert) -> str:
    """Return the latest value where it is another one than that of the beginning."""
    if alert.last_value == alert.value:
        return ""
    kind = alert.rule.kind
    if kind in words.VALUES:
        return words.VALUES[kind](facts(alert), alert.last_value)
    if kind == AlertRule.Kind.LATENESS:
        return words.words_of_share(alert.last_value)
    if kind == AlertRule.Kind.OVERLOAD:
        return f"{alert.last_value:g}"
    return words.value_words(alert.rule.indicator, alert.last_value)


def _behind(alert: Alert) -> str:
    """Return where the reader sees what is behind it: the case, the process, the person's tasks, the figures."""
    if alert.case_number:
        return reverse("cases:case", args=[alert.case_number])
    if alert.rule.kind in words.ADDRESSES:
        return words.ADDRESSES[alert.rule.kind](facts(alert))
    if alert.process_key:
        return f"{reverse('monitoring:process', args=[alert.process_key])}?period={alert.rule.period}"
    if alert.person:
        return f"{reverse('cases:cases')}?holder={alert.person}&status=open"
    return f"{reverse('monitoring:company')}?period={alert.rule.period}"


# Rules -------------------------------------------------------------------------------------------------


def rules_page(person: str) -> dict[str, Any]:
    found = list(rules.rules_for(person))
    open_counts = {rule.pk: rule.alerts.filter(cleared_at=None).count() for rule in found}
    can_make = may_keep(person) or bool(catalogue.owned_keys(person))
    new = Action(
        label=pgettext("alert", "New rule"),
        icon="plus",
        is_primary=True,
        url=reverse("monitoring:alert_rule_new"),
    )
    return {
        "tabs": tabs("alert_rules", person),
        "actions": [new] if can_make else [],
        "items": [_rule(rule, person, open_counts[rule.pk]) for rule in found],
    }


def _rule(rule: AlertRule, person: str, raised: int) -> dict[str, Any]:
    return {
        "row": rule,
        "name": words.rule_name(rule),
        "watched": watched_words(rule),
        "told": told_words(rule),
        "raised": raised,
        "may_edit": rules.may_edit(person, rule.process_key),
    }


def watched_words(rule: AlertRule) -> str:
    """Return what a rule watches, as a line."""
    limit = f"{round(rule.limit * entered(rule.kind, rule.indicator), 2):g}"
    period = str(dict(PERIODS).get(rule.period, ""))
    parts = [
        words.process_name(rule.process_key) if rule.process_key else _("The whole company"),
        words.department_name(rule.department),
        str(AlertRule.Per(rule.per).label),
    ]
    if rule.kind == AlertRule.Kind.THRESHOLD:
        side = _("below %(limit)s") if rule.side == "below" else _("above %(limit)s")
        limit = words.limit_words(rule.indicator, rule.limit)
        parts += [words.indicator_name(rule.indicator), side % {"limit": limit}, period]
    elif rule.kind == AlertRule.Kind.TREND:
        said = {"limit": limit, "period": period}
        parts += [
            words.indicator_name(rule.indicator),
            _("worse %(limit)s times in a row, by %(period)s") % said,
        ]
    elif rule.kind == AlertRule.Kind.LATENESS:
        parts[2:] = [_("chance to be late from %(limit)s%% on") % {"limit": limit}]
    elif rule.kind == AlertRule.Kind.GOAL:
        parts[2:] = [str(AlertRule.Kind.GOAL.label)]
    else:
        parts += [_("more than %(limit)s open tasks") % {"limit": limit}]
    return words.DETAIL.join(part for part in parts if part)


def told_words(rule: AlertRule) -> str:
    """Return whom a rule tells, and how."""
    posts = directory.labels(get_language() or "zh-hans", "post")
    people = [
        _("process owner") if rule.to_owner else "",
        _("supervisor") if rule.to_supervisor else "",
        _("head of department") if rule.to_head else "",
        *(posts.get(code, code) for code in rule.to_posts),
    ]
    ways = [_("in the app"), _("mail") if rule.by_mail else "", *rule.channels]
    if rule.in_digest:
        ways.append(_("with the digest"))
    return f"{joined([one for one in people if one])}{words.DETAIL}{joined([one for one in ways if one])}"


# Channels, exceptions, the day ---------------------------------------------------------------------------


def channels_page(person: str, form: Any) -> dict[str, Any]:
    return {
        "tabs": tabs("alert_channels", person),
        "form": form,
        "channels": [{"row": row, "error": words.delivery_words(row.error)} for row in Channel.objects.all()],
        "hours": habits.habits(),
    }


def exceptions_page(request: HttpRequest) -> dict[str, Any]:
    person = request.user.get_username()
    rows = exceptions.reports_for(person)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found, owned = list(page.object_list), set(catalogue.owned_keys(person))
    names = Names([name for row in found for name in (row.reporter, row.answered_by)])
    new = reverse("monitoring:exception_new")
    return {
        "tabs": tabs("exceptions", person),
        "actions": [Action(label=_("Report an exception"), icon="flag", is_primary=True, url=new)],
        "page": page,
        "items": [_exception(row, names, row.process_key in owned) for row in found],
    }


def _exception(row: ExceptionReport, names: Names, may_answer: bool) -> dict[str, Any]:
    return {
        "row": row,
        "process": words.process_name(row.process_key),
        "kind": row.get_kind_display(),
        "who": names.full(row.reporter),
        "answerer": names.full(row.answered_by) if row.answered_by else "",
        "case_url": reverse("cases:case", args=[row.case_number]) if row.case_number else "",
        "may_answer": may_answer and not row.answer,
    }


def day_page(person: str, found: Any) -> dict[str, Any]:
    """Return what a head needs of a day: overdue, escalated, load."""
    return {
        "tabs": tabs("department_day", person),
        "found": found,
        "overdue_table": _late_table(found.overdue, _("Due")),
        "escalated_table": _late_table(found.escalated, _("Escalated")),
        "load_table": _load_table(found.load),
    }


def _late_table(rows: list[Any], when: str) -> Table:
    return Table(
        columns=[
            Column(label=_("Case"), phone="first"),
            Column(label=_("Step")),
            Column(label=_("Process")),
            Column(label=_("Department")),
            Column(label=when, phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(value=one.number, url=reverse("cases:case", args=[one.number]), note=one.title),
                    words.node_name(one.process, one.node),
                    words.process_name(one.process),
                    words.department_name(one.department),
                    moment(one.at),
                ]
            )
            for one in rows
        ],
    )


def _load_table(rows: list[Any]) -> Table:
    names = Names([one.person for one in rows])
    cases = reverse("cases:cases")
    return Table(
        columns=[
            Column(label=_("Person"), phone="first"),
            Column(label=_("Open tasks"), is_number=True),
            Column(label=_("Overdue"), is_number=True),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(value=names.full(one.person), url=f"{cases}?holder={one.person}&status=open"),
                    one.open,
                    one.overdue,
                ]
            )
            for one in rows
        ],
    )
