"""Asking by the clock, and the mails of links."""

from shuli.apps.monitoring import counting
from shuli.apps.monitoring.survey import asking, mailing
from shuli.kit import jobs


@jobs.every(minutes=1)
def ask_after_closing() -> None:
    """Ask of the cases that were completed since the last look."""
    asking.ask_due()


@jobs.job_once
def send_survey_mail(survey: int) -> None:
    mailing.send(survey)


@jobs.job
def count_scores_again() -> None:
    """Count all days anew by scores that have changed."""
    counting.count_again()
