"""What people enter about alerts: rules, quiet hours, channels, exceptions."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.widgets import Choice, Ticks
from shuli.apps.monitoring.alerting import words
from shuli.apps.monitoring.alerting.models import AlertRule, Channel, ExceptionReport, Habits
from shuli.apps.monitoring.indicators import INDICATORS
from shuli.apps.monitoring.own.figures import find_indicator, indicator, own_of
from shuli.apps.monitoring.own.measuring import WORKING_DAY
from shuli.apps.monitoring.own.models import OwnIndicator

PERIODS = [
    ("day", gettext_lazy("Day")),
    ("week", gettext_lazy("Week")),
    ("month", gettext_lazy("Month")),
    ("quarter", gettext_lazy("Quarter")),
]
SIDES = [("below", gettext_lazy("is below")), ("above", gettext_lazy("is above"))]
WORKING_HOUR = 3_600
DAY = 86_400
# In what people enter a limit, and how much of the indicator's own measure that is.
ENTERED = {
    "share": 100.0, "working_seconds": 1 / WORKING_HOUR, "working_days": 1 / WORKING_DAY, "seconds": 1 / DAY,
}  # fmt: skip


def _indicators(now: str = "", of: Collection[str] = ()) -> list[tuple[str, Any]]:
    """Return what can be watched: what is measured everywhere, and the own indicators of these processes."""
    known = [(one.key, one.name) for one in INDICATORS]
    own = [
        (row.key, f"{words.process_name(row.process_key)}{words.DETAIL}{indicator(row).name}")
        for row in OwnIndicator.objects.filter(is_active=True)
        if row.process_key in of
    ]
    listed = {key for key, _name in (*known, *own)}
    later = [(now, words.indicator_name(now))] if now and now not in listed else []
    return [("", pgettext_lazy("indicator", "None")), *known, *own, *later]


def _processes() -> list[tuple[str, Any]]:
    return [("", _("The whole company")), *catalogue.choices()]


def _departments() -> list[tuple[str, Any]]:
    return [("", pgettext_lazy("department", "All")), *directory.choices("department")]


def _choice(label: Any, choices: Any, *, required: bool = False, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=Choice, **more)


class RuleForm(forms.Form):
    """A rule; which fields count depends on its kind."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    name_en = forms.CharField(label=gettext_lazy("Name (English)"), max_length=100, required=False)
    kind = _choice(gettext_lazy("It is an alert when"), AlertRule.Kind.choices, required=True)
    indicator = _choice(gettext_lazy("Indicator"), _indicators)
    process_key = _choice(gettext_lazy("Process"), _processes)
    department = _choice(gettext_lazy("Department"), _departments)
    per = _choice(gettext_lazy("Looked at by"), AlertRule.Per.choices)
    period = _choice(gettext_lazy("Period"), PERIODS)
    side = _choice(gettext_lazy("An alert when it"), SIDES)
    limit = forms.FloatField(
        label=pgettext_lazy("alert", "Limit"),
        min_value=0,
        required=False,
        help_text=gettext_lazy(
            "Shares and chances in %, working time in hours, cycle times in days; of a trend, how many periods in a row."
        ),
    )
    least = forms.IntegerField(
        label=gettext_lazy("Least number behind a value"),
        min_value=0,
        max_value=10_000,
        initial=5,
        help_text=gettext_lazy("With fewer visits, answers or cases nothing is said."),
    )
    to_owner = forms.BooleanField(label=gettext_lazy("Tell the process owner"), required=False, initial=True)
    to_supervisor = forms.BooleanField(label=gettext_lazy("Tell the supervisor"), required=False)
    to_head = forms.BooleanField(label=gettext_lazy("Tell the department’s head"), required=False)
    to_posts = forms.MultipleChoiceField(
        label=gettext_lazy("Tell these posts too"), required=False, widget=forms.SelectMultiple
    )
    by_mail = forms.BooleanField(label=gettext_lazy("By mail as well"), required=False, initial=True)
    in_digest = forms.BooleanField(
        label=gettext_lazy("With the daily digest instead of one by one"), required=False
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Into these channels"), required=False, widget=Ticks
    )

    def __init__(self, *args: Any, indicator: str = "", of: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = _indicators(indicator, of)  # type: ignore[attr-defined]
        posts, names = self.fields["to_posts"], list(Channel.objects.values_list("name", flat=True))
        posts.choices = directory.choices("post")  # type: ignore[attr-defined]
        posts.widget.attrs = {"class": "form-select", "size": "5"}
        self.fields["channels"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["channels"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        kind, per = found.get("kind"), found.get("per", "")
        is_of_indicator = kind in (AlertRule.Kind.THRESHOLD, AlertRule.Kind.TREND)
        if is_of_indicator and not found.get("indicator"):
            self.add_error("indicator", _("Choose what is measured."))
        if kind != AlertRule.Kind.GOAL and found.get("limit") is None:
            self.add_error("limit", _("Say from when on it is an alert."))
        own = own_of(found.get("indicator", ""))
        if is_of_indicator and own is not None and own.process_key != found.get("process_key"):
            self.add_error("process_key", _("This indicator belongs to one process: choose that one."))
        if is_of_indicator and per == AlertRule.Per.PERSON:
            self.add_error("per", _("Indicators are not looked at by person."))
        if kind == AlertRule.Kind.OVERLOAD and per not in (AlertRule.Per.PERSON, AlertRule.Per.DEPARTMENT):
            self.add_error("per", _("Open tasks are counted by person or by department."))
        if kind == AlertRule.Kind.TREND and not 1 <= (found.get("limit") or 0) <= 24:
            self.add_error("limit", _("Between 1 and 24 periods."))
        return found

    def facts(self) -> dict[str, Any]:
        """Return the rule's values, the limit in its own measure."""
        found = {"channels": [], **self.cleaned_data}
        found["limit"] = (found["limit"] or 0.0) / entered(found["kind"], found["indicator"])
        return found


def entered(kind: str, key: str) -> float:
    """Return by how much a limit is multiplied to be read and entered."""
    if kind == AlertRule.Kind.LATENESS:
        return ENTERED["share"]
    found = find_indicator(key) if kind == AlertRule.Kind.THRESHOLD else None
    return ENTERED.get(found.unit, 1.0) if found else 1.0


def rule_values(rule: AlertRule) -> Mapping[str, Any]:
    names = [name for name in RuleForm.base_fields if name != "limit"]
    limit = round(rule.limit * entered(rule.kind, rule.indicator), 4)
    return {**{name: getattr(rule, name) for name in names}, "limit": f"{limit:g}"}


def _time(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **more)


class HabitsForm(forms.Form):
    quiet_from = _time(gettext_lazy("Quiet from"))
    quiet_until = _time(gettext_lazy("Quiet until"))
    quiet_days_off = forms.BooleanField(label=gettext_lazy("Days off are quiet, too"), required=False)
    digest_at = _time(
        gettext_lazy("Digest at"), help_text=gettext_lazy("On working days; heads get theirs then, too.")
    )


def habits_values(row: Habits) -> dict[str, Any]:
    return {name: getattr(row, name) for name in HabitsForm.base_fields}


class ChannelForm(forms.Form):
    name = forms.SlugField(
        label=gettext_lazy("Name"),
        max_length=64,
        help_text=gettext_lazy("Small letters, digits and hyphens; it stays."),
    )
    address = forms.CharField(
        label=gettext_lazy("Address of the robot"),
        max_length=500,
        help_text=gettext_lazy(
            "As WeCom, DingTalk or Feishu shows it; it is kept sealed and not shown again."
        ),
    )
    secret = forms.CharField(
        label=gettext_lazy("Secret of the signature (DingTalk)"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ExceptionForm(forms.Form):
    process_key = _choice(gettext_lazy("Process"), catalogue.choices, required=True)
    kind = _choice(gettext_lazy("What happened"), ExceptionReport.Kind.choices, required=True)
    case_number = forms.CharField(label=gettext_lazy("Number of the case"), max_length=40, required=False)
    text = forms.CharField(
        label=gettext_lazy("What is out of the ordinary, and since when?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_urgent = forms.BooleanField(label=gettext_lazy("It cannot wait"), required=False)
