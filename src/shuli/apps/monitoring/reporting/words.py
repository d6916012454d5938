"""What a report says, in the active language."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shuli.apps.cases.wording import Told
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring import words
from shuli.apps.monitoring.alerting.words import (
    department_name,
    indicator_name,
    node_name,
    process_name,
    words_of_share,
)
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.periods import Period, period_of
from shuli.apps.monitoring.reporting.models import Report
from shuli.core.figures import Finding
from shuli.core.forms import fields_of

SECTIONS = {
    "trend": gettext_lazy("Trends"),
    "problem": gettext_lazy("Potential problems"),
    "opportunity": gettext_lazy("Opportunities"),
}
KINDS = {
    "day": gettext_lazy("Daily report"),
    "week": gettext_lazy("Weekly report"),
    "month": gettext_lazy("Monthly report"),
    "quarter": gettext_lazy("Quarterly report"),
}
PATTERNS = {
    ("trend", "better"): gettext_lazy("%(what)s is getting better over %(n)s periods, now %(value)s"),
    ("trend", "worse"): gettext_lazy("%(what)s is getting worse over %(n)s periods, now %(value)s"),
    ("trend", "change"): gettext_lazy("%(what)s is changing over %(n)s periods, now %(value)s"),
    ("problem", "off_target"): gettext_lazy("%(what)s is %(value)s and misses its target of %(other)s"),
    ("problem", "near_target"): gettext_lazy(
        "%(what)s is %(value)s and close to missing its target of %(other)s"
    ),
    ("problem", "worse_in_a_row"): gettext_lazy(
        "%(what)s has become worse %(n)s times in a row, now %(value)s"
    ),
    ("problem", "outlier"): gettext_lazy("%(what)s is %(value)s and stands apart from its usual %(other)s"),
    ("opportunity", "best_practice"): gettext_lazy(
        "%(what)s is best with %(value)s, on average %(other)s: see what is done differently there"
    ),
    ("opportunity", "largest_part"): gettext_lazy(
        "%(what)s makes up %(other)s of the whole of %(n)s places: most is to be gained there"
    ),
}


def told(params: Mapping[str, Any]) -> Told:
    """Return the notification of a report."""
    period = period_of(params["period"], date.fromisoformat(params["first"]))
    title = f"{KINDS[params['period']]} {words.period_words(period)}"
    return Told(
        title=title,
        detail=_of(params["process_key"]),
        url=reverse("monitoring:report", args=[params["report"]]),
    )


NOTICES = {"report_made": told}
REFUSALS = {
    "no_such_report": gettext_lazy("There is no such report, or it is not open to you."),
    "no_such_outlier": gettext_lazy("There is no such value, or it is not yours to judge."),
}


def title(row: Report) -> str:
    return f"{KINDS[row.plan.period]} {period_words(row)}: {_of(row.plan.process_key)}"


def file_name(row: Report) -> str:
    return f"{KINDS[row.plan.period]}-{period_words(row)}-{_of(row.plan.process_key)}".replace(" ", "-")


def period_words(row: Report) -> str:
    return words.period_words(period_of(row.plan.period, row.first))  # type: ignore[arg-type]


def _of(process: str) -> str:
    return process_name(process) if process else _("The whole company")


def sentence(one: Finding, process: str = "") -> str:
    """Return a finding with its numbers."""
    other = one.other
    is_share = one.code == "largest_part"
    said = {
        "what": " · ".join(
            part for part in (place_name(one.place, process), indicator_name(one.figure)) if part
        ),
        "value": value_words(one.figure, one.value),
        "other": ""
        if other is None
        else words_of_share(round(other, 3))
        if is_share
        else value_words(one.figure, other).replace(".0%", "%"),
        "n": one.count,
    }
    return str(PATTERNS[one.section, one.code]) % said


def value_words(figure: str, value: float | None) -> str:
    if value is None:
        return words.NOTHING
    if figure not in BY_KEY:
        return f"{value:g}"
    return words.value_words(BY_KEY[figure], Fraction(value).limit_denominator(10**6))


def place_name(place: str, process: str = "") -> str:
    """Return the name of a place as the findings keep it: process:P-X, node:C1a, department:legal."""
    kind, _sign, key = place.partition(":")
    if kind == "process":
        return process_name(key)
    if kind == "node":
        return node_name(process, key)
    return department_name(key)


def address(one: Finding, process: str, period: Period) -> str:
    """Return where the reader sees what is behind a finding: the process, else the cases behind the figure."""
    kind, _sign, key = one.place.partition(":")
    if kind == "process":
        return f"{reverse('monitoring:process', args=[key])}?{urlencode({'period': period.kind, 'day': period.first})}"
    place = {kind: key} if kind else {}
    named = {
        "figure": one.figure,
        "period": period.kind,
        "process": process,
        "day": str(period.first),
        **place,
    }
    return f"{reverse('monitoring:cases')}?{urlencode({k: v for k, v in named.items() if v})}"


def cause_names() -> dict[str, str]:
    """Return what the causes of complaints are called, as the form on which they are entered calls them."""
    language, found = get_language() or "zh", {"unknown": _("Not said")}
    try:
        forms = catalogue.forms(catalogue.version_in_force("P-COMPLAINT").pk)
    except catalogue.NotInForceError:
        return found
    for form in forms.values():
        for one in fields_of(form):
            if one.key == "cause_category":
                found |= {
                    option.code: option.label.in_language(language)
                    for option in getattr(one, "options", None) or ()
                }
    return found
