"""What people enter about actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.widgets import PersonPicker
from shuli.apps.monitoring.alerting.forms import entered
from shuli.apps.monitoring.goals.forms import THRESHOLD, choice_field, day_field, text_field
from shuli.apps.monitoring.indicators import INDICATORS
from shuli.apps.monitoring.knowledge.models import Entry
from shuli.apps.monitoring.places import owned_processes, place_choices, place_of
from shuli.apps.monitoring.remedies.models import Remedy
from shuli.apps.monitoring.remedies.recording import Action, Diagnosis, Verdict

WINDOWS = [("14", gettext_lazy("14 days")), ("30", gettext_lazy("30 days")), ("90", gettext_lazy("90 days"))]


class ActionForm(forms.Form):
    """What is to be done, by whom, until when."""

    kind = choice_field(gettext_lazy("Kind of action"), required=True, choices=Remedy.Kind.choices)
    action = text_field(pgettext_lazy("remedy", "What is to be done"))
    person = forms.CharField(label=gettext_lazy("Responsible person"), widget=PersonPicker)
    due = day_field(pgettext_lazy("remedy", "To be done by"))
    verify_on = day_field(
        gettext_lazy("To be verified on"), help_text=gettext_lazy("When its effect shows in the figures.")
    )

    def wanted(self) -> Action:
        return Action(**{name: self.cleaned_data[name] for name in Action.__struct_fields__})


class RemedyForm(ActionForm):
    problem = forms.CharField(label=gettext_lazy("Problem"), max_length=200)
    place = choice_field(gettext_lazy("Process or step"))
    department = choice_field(gettext_lazy("Department"))
    nature = choice_field(gettext_lazy("Nature of the problem"), required=True, choices=Remedy.Nature.choices)
    severity = choice_field(
        pgettext_lazy("problem", "Severity"), required=True, choices=Remedy.Severity.choices, initial="middle"
    )
    diagnosis = text_field(
        gettext_lazy("Diagnosis"), help_text=gettext_lazy("What is behind it, and how you know.")
    )
    entry = choice_field(gettext_lazy("It follows what is known"))
    indicator = choice_field(gettext_lazy("Indicator"), required=True)
    expected = forms.FloatField(
        label=gettext_lazy("Expected value"),
        min_value=0,
        help_text=gettext_lazy("Shares in %, working time in hours, cycle times in days."),
    )
    days = choice_field(gettext_lazy("Compared over"), required=True, choices=WINDOWS, initial="30")
    source = forms.CharField(widget=forms.HiddenInput, required=False)
    source_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    field_order = (
        "problem", "place", "department", "nature", "severity", "diagnosis", "entry", "kind", "action", "person", "due",
        "indicator", "expected", "days", "verify_on",
    )  # fmt: skip

    def __init__(self, *given: Any, person: str, **more: Any) -> None:
        super().__init__(*given, **more)
        keys = list(dict.fromkeys([*owned_processes(person), *catalogue.overseen_keys(person)]))
        entries = [
            (str(one.pk), f"{one.number}. {one.said('problem')}")
            for one in Entry.objects.filter(is_active=True)
        ]
        choices = {
            "indicator": [("", _("Choose")), *((one.key, one.name) for one in INDICATORS)],
            "place": place_choices(keys, _("No single process")),
            "department": [("", _("All departments")), *directory.choices("department")],
            "entry": [("", _("No entry")), *entries],
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]

    def found(self) -> Diagnosis:
        said = self.cleaned_data
        source = said["source"] if said["source"] in Remedy.Source.values else Remedy.Source.FIGURE
        return Diagnosis(
            where=place_of(said["place"], said["department"]),
            expected=said["expected"] / entered(THRESHOLD, said["indicator"]),
            days=int(said["days"]),
            entry=int(said["entry"]) if said["entry"] else None,
            source=source,
            source_key=said["source_key"],
            **{name: said[name] for name in ("problem", "nature", "severity", "diagnosis", "indicator")},
        )


class VerdictForm(forms.Form):
    """How the action is judged; what is done next is asked only where it did not help."""

    judgement = choice_field(gettext_lazy("Judgement"), required=True, choices=Remedy.Judgement.choices)
    why = text_field(gettext_lazy("Why you judge so"), rows=2)


class FurtherForm(ActionForm):
    use_required_attribute = False


def verdict_of(form: VerdictForm, further: FurtherForm) -> Verdict | None:
    """Return the verdict, with the next action where one is due; None where something is missing, which the forms say."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    if said["judgement"] == Remedy.Judgement.EFFECTIVE:
        return Verdict(judgement=said["judgement"], why=said["why"])
    if not further.is_valid():
        return None
    return Verdict(judgement=said["judgement"], why=said["why"], further=further.wanted())
