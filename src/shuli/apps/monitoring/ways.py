"""The ways from the first page of monitoring to the others, for what the reader has to do with."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.cases.reviewing import REVIEWED
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.rules import alerts_for
from shuli.apps.monitoring.survey.answering import asked_of
from shuli.kit.components.values import Tab


def ways(request: HttpRequest) -> list[Tab]:
    """Return the pages of monitoring; how many alerts are open, and how many ratings are waited for."""
    person = request.user.get_username()
    overseen, ratings = set(catalogue.overseen_keys(person)), asked_of(person).count()
    found = [
        _way("company", pgettext("monitoring", "Figures"), is_current=True),
        *([_way("department_day", _("My departments today"))] if directory.departments_led(person) else []),
        _way("alerts", _("Alerts"), alerts_for(person).filter(cleared_at=None).count()),
        _way("exceptions", _("Exceptions")),
        _way("goals", pgettext("monitoring", "Goals")),
        _way("remedies", pgettext("monitoring", "Actions")),
        _way("knowledge", _("Problems and solutions")),
        _way("reports", pgettext("monitoring", "Reports")),
    ]
    if overseen:
        found += [_way("outliers", _("Outliers")), _way("surveys", _("Satisfaction"))]
    if {REVIEWED, "P-REVIEW"} & overseen:
        found.append(_way("complaints", _("Complaints by weight")))
    return [*found, *([_way("ratings", _("Rate other departments"), ratings)] if ratings else [])]


def _way(name: str, label: str, count: int = 0, *, is_current: bool = False) -> Tab:
    return Tab(label=label, url=reverse(f"monitoring:{name}"), count=count or None, is_current=is_current)
