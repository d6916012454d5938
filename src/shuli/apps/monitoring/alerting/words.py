"""What an alert says, in the active language."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from shuli.apps.cases.wording import OUTGOING, Told
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import words
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.own.figures import find_indicator
from shuli.kit.components import amounts

DETAIL = " · "


def told(params: Mapping[str, Any]) -> Told:
    """Return the notification of an alert."""
    title = _("Alert: %(what)s") % {"what": sentence(params)}
    return Told(title=title, detail=place_words(params), url=address(params))


def told_exception(params: Mapping[str, Any]) -> Told:
    who = directory.display_names([params["author"]])
    pattern = (
        _("Urgent: %(who)s reports an exception")
        if params.get("urgent")
        else _("%(who)s reports an exception")
    )
    return Told(
        title=pattern % {"who": who}, detail=process_name(params["process_key"]), url=_of_report(params)
    )


def told_answer(params: Mapping[str, Any]) -> Told:
    title = _("Your report of an exception was answered")
    return Told(title=title, detail=process_name(params["process_key"]), url=_of_report(params))


def _of_report(params: Mapping[str, Any]) -> str:
    return f"{reverse('monitoring:exceptions')}#report-{params['report']}"


def address(params: Mapping[str, Any]) -> str:
    """Return where the reader sees what is behind an alert: the case, else the alert itself."""
    if params.get("case_number"):
        return reverse("cases:case", args=[params["case_number"]])
    if params.get("kind") in ADDRESSES:
        return ADDRESSES[params["kind"]](params)
    return f"{reverse('monitoring:alerts')}#alert-{params.get('alert', '')}"


def sentence(params: Mapping[str, Any]) -> str:
    """Return what was found, with its number and what it is held against."""
    return SENTENCES[params["kind"]](params)


def _threshold(params: Mapping[str, Any]) -> str:
    said = {
        "name": indicator_name(params["indicator"]),
        "value": value_words(params["indicator"], params["value"]),
        "limit": limit_words(params["indicator"], params["limit"]),
    }
    if params["side"] == "below":
        return _("%(name)s %(value)s, below %(limit)s") % said
    return _("%(name)s %(value)s, above %(limit)s") % said


def _trend(params: Mapping[str, Any]) -> str:
    count = int(params["like"]) or int(params["limit"])
    pattern = {
        "day": ngettext(
            "%(name)s worse for %(n)s day, now %(value)s",
            "%(name)s worse for %(n)s days, now %(value)s",
            count,
        ),
        "week": ngettext(
            "%(name)s worse for %(n)s week, now %(value)s",
            "%(name)s worse for %(n)s weeks, now %(value)s",
            count,
        ),
        "month": ngettext(
            "%(name)s worse for %(n)s month, now %(value)s",
            "%(name)s worse for %(n)s months, now %(value)s",
            count,
        ),
        "quarter": ngettext(
            "%(name)s worse for %(n)s quarter, now %(value)s",
            "%(name)s worse for %(n)s quarters, now %(value)s",
            count,
        ),
    }[params["period"]]
    value = value_words(params["indicator"], params["value"])
    return pattern % {"name": indicator_name(params["indicator"]), "n": count, "value": value}


def _lateness(params: Mapping[str, Any]) -> str:
    return _("Likely to be late: %(chance)s of %(n)s like steps took longer") % {
        "chance": words_of_share(params["value"]),
        "n": params["like"],
    }


def _overload(params: Mapping[str, Any]) -> str:
    said = {"n": f"{params['value']:g}", "limit": f"{params['limit']:g}"}
    if params["person"]:
        return _("%(who)s has %(n)s open tasks, more than %(limit)s") % {
            **said,
            "who": directory.display_names([params["person"]]),
        }
    return _("%(n)s open tasks, more than %(limit)s") % said


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    AlertRule.Kind.THRESHOLD.value: _threshold,
    AlertRule.Kind.TREND.value: _trend,
    AlertRule.Kind.LATENESS.value: _lateness,
    AlertRule.Kind.OVERLOAD.value: _overload,
}

# Of the kinds that other rooms add: where its page is, and how a value is said.
ADDRESSES: dict[str, Callable[[Mapping[str, Any]], str]] = {}
VALUES: dict[str, Callable[[Mapping[str, Any], float], str]] = {}


def indicator_name(key: str) -> str:
    found = find_indicator(key)
    return str(found.name) if found else _("An indicator that is not measured yet")


def value_words(key: str, value: float) -> str:
    """Return an indicator's value with its unit."""
    found = find_indicator(key)
    if found is None:
        return amounts.figure(value)
    return words.value_words(found, Fraction(value).limit_denominator(10**6))


def limit_words(key: str, limit: float) -> str:
    """Return a limit as it was entered: 95%, not 95.0%."""
    return value_words(key, limit).replace(".0%", "%")


def words_of_share(share: float) -> str:
    return amounts.percent(share).replace(".0%", "%")


def place_words(params: Mapping[str, Any]) -> str:
    """Return where something was found: process, step, department, case; all of them where nothing is said."""
    process = params.get("process_key", "")
    parts = [
        params.get("case_number", ""),
        process_name(process) if process else "",
        node_name(process, params.get("node", "")),
        department_name(params.get("department", "")),
    ]
    return DETAIL.join(part for part in parts if part) or _("The whole company")


def process_name(key: str) -> str:
    names = catalogue.names().get(key)
    return names.in_language(get_language() or "zh") if names else key


def node_name(process: str, node: str) -> str:
    found = catalogue.node_in_force(process, node) if process and node else None
    return found.name.in_language(get_language() or "zh") if found else node


def department_name(code: str) -> str:
    return directory.labels(get_language() or "zh-hans", "department").get(code, code) if code else ""


def delivery_words(error: str) -> str:
    """Return why a message to a channel did not arrive."""
    if error.startswith("http_"):
        return _("It answered %(status)s.") % {"status": error.removeprefix("http_")}
    if error.startswith("robot_"):
        return _("The robot refused the message (%(code)s).") % {"code": error.removeprefix("robot_")}
    if error == "seal_broken":
        return _("Its key was sealed by another installation. Arrange the channel anew.")
    return str(OUTGOING.get(error, error))


def rule_name(rule: AlertRule) -> str:
    zh = (get_language() or "zh").startswith("zh")
    return rule.name if zh or not rule.name_en else rule.name_en


# Codes of notifications, and how they are said.
NOTICES = {"alert": told, "exception": told_exception, "exception_answered": told_answer}

REFUSALS = {
    "channel_name_taken": gettext_lazy("There is a channel of this name already."),
    "channel_address_unknown": gettext_lazy(
        "This is no address of a robot in WeCom, DingTalk or Feishu. Copy it from the group’s settings as it is."
    ),
    "no_such_channel": gettext_lazy("There is no such channel."),
    "no_such_rule": gettext_lazy("There is no such rule."),
    "rule_of_others": gettext_lazy(
        "Rules are kept by the owner of the process; those for the whole company by the process office."
    ),
    "no_such_alert": gettext_lazy("There is no such alert, or it is not open to you."),
    "alert_taken": gettext_lazy("%(who)s already looks after this alert."),
    "no_such_process_here": gettext_lazy("There is no such process."),
    "case_not_of_process": gettext_lazy("There is no such case of this process that you may see."),
    "no_such_exception": gettext_lazy("There is no such report, or it is not open to you."),
    "owner_answers": gettext_lazy("Only the process owner answers a report."),
}
