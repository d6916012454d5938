"""What an owner enters about an indicator."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuli.apps.directory.widgets import Choice
from shuli.apps.monitoring.own import operations
from shuli.apps.monitoring.own.models import OwnIndicator
from shuli.kit import limits

FREQUENCIES = [
    ("day", gettext_lazy("Day")),
    ("week", gettext_lazy("Week")),
    ("month", gettext_lazy("Month")),
    ("quarter", gettext_lazy("Quarter")),
]


class OwnForm(forms.Form):
    """An own indicator; of a process and grain that the page knows."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("Name (English)"), max_length=100, required=False)
    source = forms.CharField(
        label=gettext_lazy("Expression"),
        max_length=limits.EXPRESSION_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": "3", "spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy("FEEL, over the facts and fields beside. What gives null is not counted."),
    )
    together = forms.ChoiceField(
        label=gettext_lazy("Put together"), choices=OwnIndicator.Together.choices, widget=Choice
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        choices=OwnIndicator.Unit.choices,
        widget=Choice,
        help_text=gettext_lazy("Durations need hours or working days; a working day has 8 hours."),
    )
    better = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=OwnIndicator.Better.choices, widget=Choice, required=False
    )
    target = forms.DecimalField(
        label=pgettext_lazy("indicator", "Target"),
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=4,
        help_text=gettext_lazy("In the unit; of a share in %. Empty: none."),
    )
    frequency = forms.ChoiceField(
        label=pgettext_lazy("indicator", "Frequency"), choices=FREQUENCIES, widget=Choice, initial="month"
    )

    def __init__(self, *args: Any, process: str, grain: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process, self.grain = process, grain
        self.fields["source"].widget.attrs |= {"data-feel": "", "data-feel-scope": "feel-scope"}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        together, unit = found.get("together"), found.get("unit")
        if together == OwnIndicator.Together.SHARE and unit != OwnIndicator.Unit.SHARE:
            self.add_error("unit", _("A share has the unit share."))
        if together == OwnIndicator.Together.COUNT and unit != OwnIndicator.Unit.NUMBER:
            self.add_error("unit", _("A number of visits or cases has the unit number."))
        if found.get("target") is not None and not found.get("better"):
            self.add_error("better", _("With a target, say whether more or less is better."))
        if {"source", "together", "unit"} <= found.keys():
            for error in operations.found_problems(self.process, {**found, "grain": self.grain}):
                self.add_error("source", operations.told(error))
        return found

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "grain": self.grain}


def values_of(row: OwnIndicator) -> Mapping[str, Any]:
    found = {name: getattr(row, name) for name in OwnForm.base_fields}
    if row.target is not None:
        found["target"] = f"{row.target.normalize():f}"
    return found


def starting_values(grain: str) -> Mapping[str, Any]:
    """Return what a new indicator begins as: something that works, to be changed."""
    is_of_visits = grain == OwnIndicator.Grain.VISIT
    return {
        "source": "waiting" if is_of_visits else "cycle",
        "together": OwnIndicator.Together.MEAN,
        "unit": OwnIndicator.Unit.HOURS,
        "better": OwnIndicator.Better.DOWN,
        "frequency": "month",
    }
