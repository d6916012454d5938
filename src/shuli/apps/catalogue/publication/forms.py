"""What is said when a change is handed in."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shuli.apps.catalogue.models import Change, Draft
from shuli.apps.catalogue.publication.first import First
from shuli.apps.catalogue.publication.operations import MOST_TRANSITION, USUAL_TRANSITION, Wish
from shuli.apps.catalogue.queries import fixed_text
from shuli.apps.directory import queries as directory
from shuli.apps.directory.widgets import Ticks
from shuli.core.bpmn import compile_process, read_bpmn


def _departments() -> list[tuple[str, str]]:
    return directory.choices("department")


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ChangeForm(forms.Form):
    """What changes and why, from when, who countersigns, who has to read it."""

    summary = forms.CharField(label=_("What changes"), max_length=300)
    reason = forms.CharField(label=_("Why"), max_length=4000, widget=_area())
    effective_on = forms.DateField(
        label=_("Effective date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: as soon as it is approved."),
    )
    transition_days = forms.IntegerField(
        label=_("Transition in days"),
        min_value=0,
        max_value=MOST_TRANSITION,
        initial=USUAL_TRANSITION,
        help_text=_("So long the old version may still be started beside the new one."),
    )
    training = forms.CharField(label=_("Training"), max_length=4000, required=False, widget=_area())
    trial = forms.CharField(
        label=_("What the trial run has shown"), max_length=4000, required=False, widget=_area()
    )
    departments = forms.MultipleChoiceField(
        label=_("Departments that countersign"), choices=_departments, widget=Ticks
    )
    told = forms.MultipleChoiceField(
        label=_("Departments whose people have to read it"),
        choices=_departments,
        widget=Ticks,
        required=False,
    )
    compliance_note = forms.CharField(
        label=_("Held against which laws and rules, with what result"),
        max_length=4000,
        required=False,
        widget=_area(),
    )
    complies = forms.BooleanField(label=_("It complies with laws and with the company’s own rules"))

    def wish(self, post: QueryDict) -> Wish:
        return Wish(
            **{
                **self.cleaned_data,
                "departments": tuple(self.cleaned_data["departments"]),
                "told": tuple(self.cleaned_data["told"]),
                "front_line": front_line(post),
            }
        )


class FirstForm(forms.Form):
    """What P-DOC asks of a version, as far as it concerns one by which nobody works yet."""

    summary = forms.CharField(
        label=_("What it is for, in a sentence"),
        max_length=300,
        help_text=_("Whoever has to read it sees this first."),
    )
    trial = forms.CharField(
        label=_("What the trial run has shown"), max_length=4000, required=False, widget=_area()
    )
    told = forms.MultipleChoiceField(
        label=_("Departments whose people have to read it"),
        choices=_departments,
        widget=Ticks,
        required=False,
    )
    compliance_note = forms.CharField(
        label=_("Held against which laws and rules, with what result"),
        max_length=4000,
        required=False,
        widget=_area(),
    )
    complies = forms.BooleanField(label=_("It complies with laws and with the company’s own rules"))

    def said(self) -> First:
        return First(**{**self.cleaned_data, "told": tuple(self.cleaned_data["told"])})


def front_line(post: QueryDict) -> tuple[str, ...]:
    """Return the people whom the picker named, once each, who are still here."""
    known = directory.people_by_username(post.getlist("front_line"))
    return tuple(name for name in dict.fromkeys(post.getlist("front_line")) if name in known)


def first_values(draft: Draft, person: str) -> dict[str, Any]:
    """Return what the form begins with: the departments of the model read it, all but the drafter's countersign."""
    found, own = departments_in(draft.bpmn), directory.main_department(person)
    others = [code for code in found if code != own]
    return {"departments": others, "told": found, "transition_days": USUAL_TRANSITION}


def departments_in(bpmn: str) -> list[str]:
    """Return the departments that lead or cooperate at a step of a model, where the model names them itself."""
    document = read_bpmn(bpmn.encode()).document
    graph = compile_process(document).graph if document is not None else None
    if graph is None:
        return []
    named = [text for node in graph.nodes.values() for text in (node.duty.lead, *node.duty.cooperating)]
    named += [lane.department for lane in graph.lanes]
    known = directory.departments()
    codes = dict.fromkeys(fixed_text(text) or "" for text in named if text)
    return [code for code in codes if code in known and known[code].is_active]


def values_of(change: Change) -> dict[str, Any]:
    """Return what a change said the last time, to go on from there after a return."""
    return {name: getattr(change, name) for name in ChangeForm.base_fields if name != "complies"}
