"""Work that runs after the commit or by the clock."""

from django.core.mail import EmailMessage
from django.db import connection
from django.utils import translation

from shuli.apps.cases import substituting, timers, wording
from shuli.apps.cases.models import Notification
from shuli.apps.cases.operations import bulk
from shuli.apps.cases.outside import jobs as outside
from shuli.apps.directory import queries as directory
from shuli.kit import jobs

MONTHS_AHEAD = 3  # partitions of the event table made before they are needed

MAKE_PARTITIONS = """
    SELECT cases_event_partition((now() + make_interval(months => n))::date) FROM generate_series(0, %s) AS n
"""


@jobs.job_once
def send_notification_mail(notification: int) -> None:
    """Send one notification as mail in its reader's language; without an address it stays in the app only."""
    row = Notification.objects.select_related("case").get(pk=notification)
    person = directory.person(row.person)
    if person is None or not person.email:
        return
    with translation.override(person.language):
        subject, body = wording.mail(row)
    EmailMessage(subject=subject, body=body, to=[person.email]).send()


@jobs.job
def follow_substitutes() -> None:
    """Let open tasks follow a substitution that was just made or ended, without waiting for the clock."""
    substituting.follow()


@jobs.every(seconds=15)
def fire_due_timers() -> None:
    """Fire reminders, escalations and timer events that are due, until nothing is."""
    while timers.fire_due():
        pass


@jobs.every(hours=24)
def make_event_partitions() -> None:
    """Make the event table's partitions of the months to come."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE_PARTITIONS, [MONTHS_AHEAD])


@jobs.job
def carry_out_bulk(run: int) -> None:
    """Do the next cases of a bulk run, and ask for the rest; what a dead worker left is found waiting."""
    if bulk.carry_on(run):
        jobs.later(carry_out_bulk, run=run)


__all__ = [
    "carry_out_bulk",
    "fire_due_timers",
    "make_event_partitions",
    "outside",
    "send_notification_mail",
]
