"""What notifications and refusals about surveys say."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.cases.wording import Told
from shuli.apps.monitoring.alerting.words import department_name


def told_ratings(params: Mapping[str, Any]) -> Told:
    title = _("Rate the departments that worked on %(number)s with you") % {"number": params["number"]}
    return Told(title=title, detail=department_name(params["department"]), url=reverse("monitoring:ratings"))


def told_link(params: Mapping[str, Any]) -> Told:
    title = _("Pass the survey’s link on to the customer of %(number)s") % {"number": params["number"]}
    return Told(title=title, detail="", url=f"{reverse('monitoring:surveys')}#links")


NOTICES = {"rate_partners": told_ratings, "survey_link": told_link}

REFUSALS = {
    "no_such_survey": gettext_lazy("There is no such question, or it is not yours to answer."),
    "survey_without_answer": gettext_lazy("Choose one of the answers first."),
    "survey_over": gettext_lazy("This was answered already, or its time is over."),
    "scores_of_others": gettext_lazy(
        "Only the process owner says whom the process asks and what answers count."
    ),
}
