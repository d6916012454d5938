"""Work by the clock: counting, so that a page is at most a few seconds behind a click."""

from shuli.apps.monitoring import counting
from shuli.apps.monitoring.alerting import jobs as alerting
from shuli.apps.monitoring.appraisal import reckoning
from shuli.apps.monitoring.goals import jobs as goals
from shuli.apps.monitoring.own import counting as own_counting
from shuli.apps.monitoring.remedies import jobs as remedies
from shuli.apps.monitoring.reporting import jobs as reporting
from shuli.apps.monitoring.sources import jobs as sources
from shuli.apps.monitoring.survey import jobs as survey
from shuli.kit import jobs


@jobs.every(seconds=2)
def count_what_happened() -> None:
    """Bring the counts of today up to now where something has happened: open pages show it within seconds."""
    if counting.is_due():
        counting.count_up()
        own_counting.count_newest()


@jobs.every(seconds=5)
def count_own_indicators() -> None:
    """Bring the own indicators up to now, and count changed ones back to the first case."""
    own_counting.count_up()


@jobs.every(minutes=10)
def reckon_scorecards() -> None:
    """Reckon the scorecards of the month and quarter that are over, once each."""
    reckoning.reckon_what_is_over()


__all__ = [
    "alerting",
    "count_own_indicators",
    "count_what_happened",
    "goals",
    "reckon_scorecards",
    "remedies",
    "reporting",
    "sources",
    "survey",
]
