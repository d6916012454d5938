"""What people enter about sources: the register, plans, and what a file's columns are."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.widgets import PersonPicker
from shuli.apps.monitoring.goals.forms import choice_field, day_field, text_field
from shuli.apps.monitoring.sources.cleaning import Columns
from shuli.apps.monitoring.sources.importing import Wanted
from shuli.apps.monitoring.sources.models import DataSource, ExtractionPlan, Measure

NONE = "-1"
DOUBLES = [
    ("refuse", gettext_lazy("They are wrong")),
    ("first", gettext_lazy("The first one counts")),
    ("last", gettext_lazy("The last one counts")),
]
EMPTY = [
    ("leave_out", gettext_lazy("The row is left out")),
    ("zero", gettext_lazy("It counts as 0")),
    ("refuse", gettext_lazy("The row is wrong")),
]
# Words by which a column is known, part of its head.
GUESSES = {
    "day": ("日期", "时间", "date", "day"),
    "process_column": ("流程", "process"),
    "node_column": ("节点", "环节", "step", "node"),
    "department_column": ("部门", "department"),
    "value": ("数值", "金额", "数量", "值", "value", "amount", "number"),
}
COLUMNS = tuple(GUESSES)


class SourceForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    kind = choice_field(gettext_lazy("Kind of system"), required=True, choices=DataSource.Kind.choices)
    department = choice_field(gettext_lazy("Department"), required=True)
    contact = forms.CharField(
        label=gettext_lazy("Contact person"),
        widget=PersonPicker,
        help_text=gettext_lazy("Who gives the data; often the liaison of the department."),
    )
    note = text_field(pgettext_lazy("source", "Note"), rows=2, required=False)
    is_active = forms.BooleanField(label=pgettext_lazy("source", "In use"), required=False, initial=True)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [("", _("Choose")), *directory.choices("department")]
        self.fields["department"].choices = choices  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    what = forms.CharField(label=gettext_lazy("What is taken"), max_length=200)
    place = forms.CharField(
        label=gettext_lazy("From where"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The report or page of the system."),
    )
    person = forms.CharField(label=gettext_lazy("Who takes it"), widget=PersonPicker)
    every = choice_field(
        gettext_lazy("How often"), required=True, choices=ExtractionPlan.Every.choices, initial="month"
    )
    next_due = day_field(gettext_lazy("Next due"))
    is_active = forms.BooleanField(label=pgettext_lazy("source", "In use"), required=False, initial=True)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("Excel or CSV, with a head; at most 5,000 rows.")
    )
    plan = choice_field(gettext_lazy("For which plan"))

    def __init__(self, *given: Any, plans: Sequence[ExtractionPlan], **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [("", _("For none")), *((str(one.pk), one.what) for one in plans)]
        self.fields["plan"].choices = choices  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs.update({"class": "form-control", "accept": ".xlsx,.csv"})


class ColumnsForm(forms.Form):
    """What the columns of a file are, and by which rules its rows are cleaned."""

    measure = forms.CharField(
        label=gettext_lazy("What is measured"),
        max_length=100,
        help_text=gettext_lazy("The same name continues the same series."),
    )
    unit = forms.CharField(label=pgettext_lazy("measure", "Unit"), max_length=20, required=False)
    adding = choice_field(
        gettext_lazy("Of a month it is"), required=True, choices=Measure.Adding.choices, initial="sum"
    )
    day = choice_field(gettext_lazy("Column of the date"), required=True)
    value = choice_field(gettext_lazy("Column of the value"), required=True)
    process_column = choice_field(gettext_lazy("Column of the process"), required=True)
    process = choice_field(gettext_lazy("Process where no column says it"))
    node_column = choice_field(gettext_lazy("Column of the step"), required=True)
    department_column = choice_field(gettext_lazy("Column of the department"), required=True)
    department = choice_field(gettext_lazy("Department where no column says it"))
    doubles = choice_field(
        gettext_lazy("Several rows of the same day and place"), required=True, choices=DOUBLES
    )
    empty = choice_field(gettext_lazy("Rows without a value"), required=True, choices=EMPTY)
    mends = forms.BooleanField(
        label=gettext_lazy("Read numbers and dates as people write them: ¥1,200, 1.2万, 12%, 2026年3月1日"),
        required=False,
    )

    def __init__(self, *given: Any, head: Sequence[str], **more: Any) -> None:
        super().__init__(*given, **more)
        columns = [(str(at), f"{at + 1}. {name}") for at, name in enumerate(head)]
        for name in COLUMNS:
            needed = name in {"day", "value"}
            nothing = [] if needed else [(NONE, _("No column"))]
            self.fields[name].choices = [*nothing, *columns]  # type: ignore[attr-defined]
        processes = [("", _("Choose")), *catalogue.choices()]
        departments = [("", _("No department")), *directory.choices("department")]
        self.fields["process"].choices = processes  # type: ignore[attr-defined]
        self.fields["department"].choices = departments  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        rules = ("process", "department", "doubles", "empty", "mends")
        columns: dict[str, Any] = {name: said[name] for name in rules}
        columns |= {name: int(said[name]) for name in COLUMNS}
        return Wanted(
            measure=said["measure"],
            unit=said["unit"],
            adding=said["adding"],
            columns=Columns(**columns),
        )


def guessed(head: Sequence[str], former: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the columns may be: as in the last file of the source, else by the words of their heads."""
    rules = {"doubles": "refuse", "empty": "leave_out", "mends": True, "adding": "sum"}
    if former:
        columns = {
            name: str(value) if name in COLUMNS else value for name, value in former["columns"].items()
        }
        return {**rules, **former, **columns}
    found: dict[str, Any] = {}
    for name, words in GUESSES.items():
        free = [(at, said.casefold()) for at, said in enumerate(head) if str(at) not in found.values()]
        at = next((at for at, said in free if any(word in said for word in words)), None)
        found[name] = NONE if at is None else str(at)
    value = int(found["value"])
    return {**rules, **found, "measure": head[value] if value >= 0 else ""}
