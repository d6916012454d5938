"""The form by which somebody is held to account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.directory.widgets import Choice, PersonPicker
from shuli.apps.monitoring.appraisal.deciding import LONGEST, Decision
from shuli.apps.monitoring.models import Accountability


class DecisionForm(forms.Form):
    person = forms.CharField(label=_("Who answers for it"), widget=PersonPicker)
    finding = forms.CharField(
        label=pgettext_lazy("accountability", "What was found"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        help_text=_("Look at the process first: what is late or missing for everybody is nobody's fault."),
    )  # fmt: skip
    measure = forms.ChoiceField(label=pgettext_lazy("accountability", "Measure"), widget=Choice)
    detail = forms.CharField(
        label=_("Details"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["measure"].choices = Accountability.Measure.choices  # type: ignore[attr-defined]

    def decision(self) -> Decision:
        return Decision(**self.cleaned_data)
