"""Reports by the clock."""

from shuli.apps.monitoring.reporting import making, sending
from shuli.kit import jobs


@jobs.every(minutes=5)
def make_reports() -> None:
    """Make the reports of the periods that are over."""
    making.make_due()


@jobs.job_once
def send_report_mail(report: int, person: str) -> None:
    sending.send(report, person)
