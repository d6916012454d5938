"""What the pages of surveys show."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.queries import NotInForceError
from shuli.apps.directory.widgets import Choice
from shuli.apps.monitoring.alerting.words import department_name, process_name, words_of_share
from shuli.apps.monitoring.models import SatisfactionAnswer
from shuli.apps.monitoring.survey import answering, plans
from shuli.apps.monitoring.survey.models import Survey, SurveyPlan
from shuli.core.forms import fields_of
from shuli.kit import clock
from shuli.kit.components.amounts import figure
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Cell, Column, Table, TableRow

PAGE = 50
LOOKED_BACK = timedelta(days=90)
KINDS = {
    Survey.Kind.CUSTOMER.value: gettext_lazy("Customers"),
    Survey.Kind.DEPARTMENT.value: gettext_lazy("Departments of one another"),
}


# What is asked of me ------------------------------------------------------------------------------------


def ratings_page(person: str) -> dict[str, Any]:
    rows = list(answering.asked_of(person)[:PAGE])
    return {
        "items": [
            {
                "row": row,
                "about": department_name(row.about_department),
                "asked": department_name(row.asked_department),
                "process": process_name(row.case.process_key),
            }
            for row in rows
        ],
        "answers": answering.ANSWERS.items(),
    }


# What came of it ----------------------------------------------------------------------------------------


def surveys_page(request: HttpRequest) -> dict[str, Any]:
    person = request.user.get_username()
    overseen = list(dict.fromkeys(catalogue.overseen_keys(person)))
    since = clock.now() - LOOKED_BACK
    given = Survey.objects.select_related("case").filter(case__process_key__in=overseen)
    page = Paginator(given.exclude(answered_at=None).order_by("-answered_at"), PAGE)
    return {
        "rates": _rates(overseen, since),
        "page": page.get_page(request.GET.get("page")),
        "answers": [_given(row) for row in page.get_page(request.GET.get("page")).object_list],
        "links": [_link(row) for row in _to_pass_on(person, overseen)],
        "owned": [(key, process_name(key)) for key in catalogue.owned_keys(person)],
    }


def _rates(overseen: list[str], since: datetime) -> Table:
    """Return for each process and kind how many were asked, how many answered, and what they said."""
    rows = []
    for one in plans.responses(overseen, since):
        points = plans.mean_points(one.process, one.kind, since)
        rate = words_of_share(float(one.rate)) if one.rate is not None else "–"
        name = Cell(value=process_name(one.process), note=str(KINDS[one.kind]))
        said = "–" if points is None else figure(round(points, 1))
        rows.append(TableRow(cells=[name, one.asked, one.answered, rate, said]))
    heads = (_("Asked"), _("Answered"), _("Response rate"), _("Points"))
    columns = [
        Column(label=_("Process"), phone="first"),
        *(Column(label=one, is_number=True) for one in heads),
    ]
    return Table(columns=columns, rows=rows)


def _given(row: Survey) -> dict[str, Any]:
    return {
        "row": row,
        "url": reverse("cases:case", args=[row.case.number]),
        "process": process_name(row.case.process_key),
        "answer": str(answering.ANSWERS.get(row.answer, row.answer)),
        "kind": "ok" if row.answer == "satisfied" else "late" if row.answer == "dissatisfied" else "risk",
        "who": _who(row),
    }


def _who(row: Survey) -> str:
    if row.kind == Survey.Kind.CUSTOMER:
        return _("Customer")
    said = {"asked": department_name(row.asked_department), "about": department_name(row.about_department)}
    return _("%(asked)s about %(about)s") % said


def _to_pass_on(person: str, overseen: list[str]) -> list[Survey]:
    """Return the customers' links that nobody has used: of processes that are overseen, and of one's own cases."""
    rows = Survey.objects.select_related("case").filter(
        kind=Survey.Kind.CUSTOMER, answered_at=None, expires_at__gt=clock.now()
    )
    mine = rows.filter(case__starter=person) | rows.filter(case__process_key__in=overseen)
    return list(mine.order_by("-asked_at")[:PAGE])


def _link(row: Survey) -> dict[str, Any]:
    return {
        "number": row.case.number,
        "process": process_name(row.case.process_key),
        "contact": row.contact,
        "link": answering.link(row),
        "until": moment(row.expires_at),
    }


# The plan ------------------------------------------------------------------------------------------------


class PlanForm(forms.Form):
    """Whom a process asks, and what each answer counts."""

    asks_customer = forms.BooleanField(label=gettext_lazy("Ask the customer after closing"), required=False)
    asks_departments = forms.BooleanField(
        label=gettext_lazy("Ask the departments that worked on a case about one another"), required=False
    )
    contact_field = forms.ChoiceField(
        label=gettext_lazy("Where the customer is reached"),
        required=False,
        widget=Choice,
        help_text=gettext_lazy(
            "A mail address gets the link by itself; with anything else, whoever started the case passes it on."
        ),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days in which an answer is taken"), min_value=1, max_value=180
    )

    def __init__(self, *args: Any, process: str, scores: list[SatisfactionAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_field"].choices = _text_fields(process)  # type: ignore[attr-defined]
        self.scores = scores
        names = _answer_names(process)
        for row in scores:
            self.fields[f"points_{row.pk}"] = forms.IntegerField(
                label=_score_words(row, names), min_value=0, max_value=100, initial=row.points
            )

    def points(self) -> dict[int, int]:
        return {row.pk: self.cleaned_data[f"points_{row.pk}"] for row in self.scores}

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PlanForm.base_fields}


def plan_values(plan: SurveyPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PlanForm.base_fields}


def _forms(process: str) -> dict[str, Any]:
    try:
        return dict(catalogue.forms(catalogue.version_in_force(process).pk))
    except NotInForceError:
        return {}


def _text_fields(process: str) -> list[tuple[str, str]]:
    """Return the fields of the process's forms in which a person writes a line."""
    found = {
        one.key: process_words(one.label)
        for form in _forms(process).values()
        for one in fields_of(form)
        if type(one).__name__ in {"TextField", "PhoneField", "EmailField"}
    }
    return [("", pgettext("contact", "Nowhere")), *found.items()]


def _answer_names(process: str) -> dict[tuple[str, str, str], str]:
    """Return what the answers of the process's forms are called."""
    return {
        (key, one.key, option.code): f"{process_words(one.label)}: {process_words(option.label)}"
        for key, form in _forms(process).items()
        for one in fields_of(form)
        for option in getattr(one, "options", None) or ()
        if hasattr(option, "code")
    }


def process_words(text: Any) -> str:
    from django.utils.translation import get_language

    return str(text.in_language(get_language() or "zh")) if text is not None else ""


def _score_words(row: SatisfactionAnswer, names: dict[tuple[str, str, str], str]) -> str:
    """Return of which question and answer a score is."""
    if row.form_key == plans.FORM:
        return f"{KINDS[row.field]}: {answering.ANSWERS.get(row.answer, row.answer)}"
    return names.get((row.form_key, row.field, row.answer), f"{row.form_key} {row.answer}")
