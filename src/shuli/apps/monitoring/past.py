"""What monitoring would have done in a past that was played: the same work by the clock, at the moments of that past."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db.models import F

from shuli.apps.monitoring import counting
from shuli.apps.monitoring.alerting import raising
from shuli.apps.monitoring.alerting.models import AlertRule, Letter
from shuli.apps.monitoring.alerting.watching import readings
from shuli.apps.monitoring.appraisal import reckoning
from shuli.apps.monitoring.reporting import making
from shuli.apps.monitoring.survey import asking
from shuli.apps.monitoring.survey.models import Survey, SurveyPlan
from shuli.kit import clock

# What is reckoned from the counts of days; the others look at what is open at the moment, of which the past left nothing.
OF_COUNTS = (AlertRule.Kind.THRESHOLD, AlertRule.Kind.TREND)
FIELDS = ["answered_at", "answer", "answered_by", "comment"]


def ask_and_answer(facts: Mapping[str, Any], chance: Random, *, since: datetime, until: datetime) -> None:
    """Ask of what was closed since a moment, and let some answer within the days after, not later than `until`.

    facts: the share that answers, weights of the answers by kind and by the department that is rated, and comments.
    """
    SurveyPlan.objects.filter(through=None).update(through=since)
    asking.ask_due()
    asked = [one for one in Survey.objects.filter(asked_at=clock.now()) if chance.random() < facts["share"]]
    for one in asked:
        weights = facts["about"].get(one.about_department) or facts[one.kind]
        one.answer = chance.choices(list(weights), list(weights.values()))[0]
        one.answered_at = min(one.asked_at + timedelta(hours=chance.randint(3, 140)), until)
        one.comment = chance.choice(facts["comments"])
        one.answered_by = (
            next(iter(asking.speakers(one.asked_department)), "") if one.asked_department else ""
        )
    Survey.objects.bulk_update(asked, FIELDS, batch_size=500)


def count() -> None:
    """Count all days of the past."""
    counting.count_again()


def watch_figures() -> None:
    """Hold the rules of figures against the counts as they stand at the moment."""
    now = clock.now()
    for rule in AlertRule.objects.filter(is_active=True, kind__in=OF_COUNTS):
        raising.follow(rule, readings(rule, now), now)


def watch_everything() -> None:
    """Hold every rule against what is; letters about the past are not carried any more."""
    raising.watch()
    Letter.objects.filter(handed_at=None, not_before__lt=clock.now()).update(handed_at=F("not_before"))


def close_month(*, makes_reports: bool) -> None:
    """Reckon the scorecards that are due, and make the reports."""
    reckoning.reckon_what_is_over()
    if makes_reports:
        making.make_due()
