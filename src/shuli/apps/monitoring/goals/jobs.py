"""Goals are followed by the clock."""

from shuli.apps.monitoring.goals import following
from shuli.kit import jobs


@jobs.every(minutes=30)
def follow_goals() -> None:
    """Hold every running goal against the figures."""
    following.follow()
