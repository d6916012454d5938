"""Work by the clock."""

from shuli.apps.documents import operations
from shuli.kit import jobs


@jobs.every(hours=24)
def remove_old_loose_files() -> None:
    """Remove the files that were sent for forms that nobody sent."""
    operations.remove_old_loose_files()
