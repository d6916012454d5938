"""Actions remind by the clock."""

from shuli.apps.monitoring.remedies import reminding
from shuli.kit import jobs


@jobs.every(hours=1)
def remind_of_actions() -> None:
    """Remind whoever is to do or to verify an action, once a day at most."""
    reminding.remind_due()
