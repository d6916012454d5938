"""Plans of extraction remind by the clock."""

from shuli.apps.monitoring.sources import keeping
from shuli.kit import jobs


@jobs.every(hours=1)
def remind_of_extractions() -> None:
    """Tell whoever gives the data that an extraction is due."""
    keeping.remind_due()
