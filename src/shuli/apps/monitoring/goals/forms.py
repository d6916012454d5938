"""What people enter about goals."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuli.apps.directory import queries as directory
from shuli.apps.directory.widgets import Choice, PeoplePicker
from shuli.apps.monitoring.alerting.forms import entered
from shuli.apps.monitoring.goals.models import Goal
from shuli.apps.monitoring.goals.reckoning import Span, where_of
from shuli.apps.monitoring.goals.setting import LONGEST, Facts
from shuli.apps.monitoring.indicators import BY_KEY, INDICATORS
from shuli.apps.monitoring.measuring import half_year_before
from shuli.apps.monitoring.places import chosen_of, owned_processes, place_choices, place_of

SIDES = [
    ("", gettext_lazy("As the indicator says")),
    ("up", gettext_lazy("More is better")),
    ("down", gettext_lazy("Less is better")),
]
THRESHOLD = "threshold"  # targets are entered as the limits of alerts are


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def text_field(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=widget, **more)


def choice_field(label: Any, *, required: bool = False, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, widget=Choice, **more)


def several(label: Any) -> forms.MultipleChoiceField:
    widget = forms.SelectMultiple(attrs={"class": "form-select", "size": "5"})
    return forms.MultipleChoiceField(label=label, required=False, widget=widget)


class PeopleField(forms.Field):
    """People who are found by typing; their usernames."""

    widget = PeoplePicker

    def to_python(self, value: Any) -> tuple[str, ...]:
        return tuple(name for name in value or () if directory.active_username(name))


class GoalForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("goal", "Goal"), max_length=120)
    indicator = choice_field(gettext_lazy("Indicator"), required=True)
    place = choice_field(gettext_lazy("Process or step"))
    department = choice_field(gettext_lazy("Department"))
    better = choice_field(
        pgettext_lazy("goal", "Direction"),
        choices=SIDES,
        help_text=gettext_lazy(
            "Needed only for indicators such as cases started, of which neither is better."
        ),
    )
    target = forms.FloatField(
        label=pgettext_lazy("goal", "Target"),
        min_value=0,
        help_text=gettext_lazy(
            "Shares in %, working time in hours, cycle times in days. Of a number or a cost: over the whole time of the goal."
        ),
    )
    first = day_field(pgettext_lazy("goal", "From"))
    last = day_field(pgettext_lazy("goal", "Until"))
    baseline_first = day_field(gettext_lazy("Baseline from"), required=False)
    baseline_last = day_field(
        gettext_lazy("Baseline until"),
        required=False,
        help_text=gettext_lazy(
            "Left empty: the half year before the goal begins. It is reckoned from the counts."
        ),
    )
    standard = text_field(
        gettext_lazy("Assessment standard"),
        help_text=gettext_lazy("By what the work of those concerned is assessed."),
    )
    people = PeopleField(label=gettext_lazy("It concerns these people"), required=False)
    posts = several(gettext_lazy("It concerns these posts"))
    departments = several(gettext_lazy("It concerns these departments"))

    def __init__(self, *given: Any, person: str, **more: Any) -> None:
        super().__init__(*given, **more)
        choices = {
            "indicator": [("", _("Choose")), *((one.key, one.name) for one in INDICATORS)],
            "place": place_choices(owned_processes(person), _("No single process")),
            "department": [("", _("All departments")), *directory.choices("department")],
            "posts": directory.choices("post"),
            "departments": directory.choices("department"),
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """Return what was said, the target in the indicator's own measure."""
        said = self.cleaned_data
        first, last = half_year_before(said["first"])
        return Facts(
            title=said["title"],
            indicator=said["indicator"],
            where=place_of(said["place"], said["department"]),
            baseline=Span(first=said["baseline_first"] or first, last=said["baseline_last"] or last),
            span=Span(first=said["first"], last=said["last"]),
            target=said["target"] / entered(THRESHOLD, said["indicator"]),
            standard=said["standard"],
            better=said["better"],
            **{name: tuple(said[name]) for name in ("people", "posts", "departments")},
        )


def goal_values(goal: Goal) -> dict[str, Any]:
    """Return a goal as its form shows it."""
    names = ("title", "indicator", "department", "first", "last", "baseline_first", "baseline_last", "standard",
             "people", "posts", "departments")  # fmt: skip
    target = round(goal.target * entered(THRESHOLD, goal.indicator), 4)
    better = "" if goal.indicator in BY_KEY and BY_KEY[goal.indicator].better else goal.better
    return {
        **{name: getattr(goal, name) for name in names},
        "place": chosen_of(where_of(goal)),
        "target": f"{target:g}",
        "better": better,
    }
