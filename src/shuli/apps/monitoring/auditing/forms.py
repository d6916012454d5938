"""The form by which a violation is recorded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.directory import queries as directory
from shuli.apps.directory.widgets import Choice, PersonPicker
from shuli.apps.monitoring.auditing.recording import LONGEST, Facts
from shuli.apps.monitoring.models import Violation


class ViolationForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("violation", "Kind"), widget=Choice)
    severity = forms.ChoiceField(label=pgettext_lazy("violation", "Severity"), widget=Choice)
    node = forms.ChoiceField(label=_("Step"), widget=Choice, required=False)
    department = forms.ChoiceField(label=_("Department"), widget=Choice)
    text = forms.CharField(
        label=_("What was violated"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )
    person = forms.CharField(
        label=_("About whom"),
        widget=PersonPicker,
        required=False,
        help_text=_(
            "Only they, who leads them and supervisors read the name. Leave it empty if the process is the cause."
        ),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        help_text=_("Where it can be seen: a form, a document, a line of the timeline."),
    )
    file = forms.FileField(label=_("File"), required=False)
    demand = forms.CharField(
        label=_("What is to be put right"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        help_text=_(
            "With this, an order to rectify goes to the head of the department; it is verified afterwards."
        ),
    )
    due = forms.DateField(
        label=_("To be done by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        help_text=_("5 working days if empty."),
    )

    def __init__(self, *given: Any, steps: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        choices = {
            "kind": Violation.Kind.choices,
            "severity": Violation.Severity.choices,
            "node": [("", _("The whole case")), *steps],
            "department": [("", _("Choose")), *directory.choices("department")],
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["class"] = "form-control"

    def facts(self) -> Facts:
        said = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return Facts(**said)
