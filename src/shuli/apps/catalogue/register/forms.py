"""What people enter about processes and operating rules."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import OperatingRule, Process
from shuli.apps.catalogue.register import shipped
from shuli.apps.catalogue.register.facts import LEVELS, read_regulations, write_regulations
from shuli.apps.directory import queries as directory
from shuli.apps.directory.widgets import Choice


def _units(kind: str) -> Any:
    return lambda: [("", pgettext_lazy("choice", "Not said")), *directory.choices(kind)]


def _processes() -> list[tuple[str, Any]]:
    return [("", pgettext_lazy("rule of", "No process")), *queries.choices()]


def text(label: Any, longest: int, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, **more)


def long_text(label: Any, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=4000, required=False, widget=widget, **more)


class EntryForm(forms.Form):
    """An entry of the register."""

    name = text(_("Name of the process"), 200, required=True)
    name_en = text(_("Name (English)"), 200)
    code = text(_("Number"), 40, help_text=_("As the company counts its processes: L3-KF-01"))
    level = forms.ChoiceField(
        label=_("Level"), choices=[(one, one) for one in LEVELS], widget=Choice, initial="L3"
    )
    category = forms.ChoiceField(label=_("Category"), choices=Process.Category.choices, widget=Choice)
    importance = forms.ChoiceField(
        label=_("Importance"),
        choices=Process.Importance.choices,
        widget=Choice,
        initial=Process.Importance.MAJOR,
    )
    domain = text(_("Domain"), 100, widget=forms.TextInput(attrs={"list": "domains"}))
    domain_en = text(_("Domain (English)"), 100)
    department = forms.ChoiceField(
        label=_("Department in charge"), choices=_units("department"), widget=Choice, required=False
    )
    owner_post = forms.ChoiceField(
        label=_("Process owner"), choices=_units("post"), widget=Choice, required=False
    )
    supervisor_post = forms.ChoiceField(
        label=_("Supervisor"), choices=_units("post"), widget=Choice, required=False
    )
    next_review_on = forms.DateField(
        label=_("Next review"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    regulations = long_text(
        _("Regulations"),
        help_text=_("One a line; the English name may follow behind a bar: 产品质量法 | Product Quality Law"),
    )
    goal = long_text(_("Goal"))
    goal_en = long_text(_("Goal (English)"))
    next_step = text(_("Next step"), 300)
    next_step_en = text(_("Next step (English)"), 300)

    def __init__(self, *args: Any, has_model: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_model:
            for name in ("owner_post", "supervisor_post", "next_step", "next_step_en"):
                del self.fields[name]

    def clean_regulations(self) -> list[dict[str, str]]:
        return read_regulations(self.cleaned_data["regulations"])

    def clean(self) -> dict[str, Any]:
        """Give a usual domain its English name."""
        found: dict[str, Any] = super().clean() or {}
        usual = {words.zh: words.en for words, _category in shipped.domains()}
        found["domain_en"] = found.get("domain_en") or usual.get(found.get("domain", ""), "")
        return found


class NewEntryForm(EntryForm):
    key = text(
        _("Key"),
        63,
        required=True,
        help_text=_("Capital letters, digits and hyphens, such as P-PAYMENT; it never changes."),
    )

    field_order = ("key",)

    def __init__(self, *args: Any, posts: Collection[str] | None = None, **kwargs: Any) -> None:
        """`posts` are those that may own the process; None: any post, or none yet."""
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner_post"]
        if posts is not None:
            owner.choices = [one for one in directory.choices("post") if one[0] in posts]
            owner.required = True


def entry_values(process: Process) -> dict[str, Any]:
    """Return what the form begins with."""
    names = [name for name in EntryForm.base_fields if name != "regulations"]
    values = {name: getattr(process, name) for name in names}
    return {**values, "regulations": write_regulations(process.regulations)}


class RuleForm(forms.Form):
    """One operating rule with the nine columns of the register of rules."""

    number = text(_("Number"), 40, required=True)
    name = text(_("Name"), 200, required=True)
    kind = forms.ChoiceField(label=_("Kind of rule"), choices=OperatingRule.Kind.choices, widget=Choice)
    process = forms.ChoiceField(
        label=_("Belongs to the process"), choices=_processes, widget=Choice, required=False
    )
    scope = long_text(_("Scope of application"))
    performer = text(_("Carried out by"), 300)
    steps = long_text(_("Steps"), help_text=_("One a line."))
    resources = long_text(_("Resources needed"))
    deliverables = long_text(_("Deliverables"))
    frequency = text(_("Frequency"), 200)
    issues = long_text(_("Known problems"))


def rule_values(rule: OperatingRule) -> dict[str, Any]:
    names = [name for name in RuleForm.base_fields if name != "process"]
    return {
        **{name: getattr(rule, name) for name in names},
        "process": rule.process.key if rule.process else "",
    }


class ReviewForm(forms.Form):
    """What was found when a rule was held against what is done."""

    state = forms.ChoiceField(
        label=_("Finding"),
        choices=[one for one in OperatingRule.State.choices if one[0] != OperatingRule.State.OPEN],
        widget=Choice,
    )
    note = long_text(_("What was found"))
