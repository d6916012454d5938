"""Processes whose next review is near or past: their owners are reminded in My work, and by mail."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Process
from shuli.apps.directory import queries as directory
from shuli.kit import clock
from shuli.kit.components.moments import form_date
from shuli.kit.forms.shown import in_language

AHEAD = timedelta(days=14)
MAIL_DAYS = (14, 7, 0)  # days before the review on which its owner gets a mail


def due_for(person: str) -> list[dict[str, Any]]:
    """Return the processes of an owner that are to be reviewed within two weeks, or should have been."""
    rows = Process.objects.filter(
        key__in=queries.owned_keys(person), next_review_on__lte=directory.today() + AHEAD, retired_at=None
    )
    return [
        {
            "title": _("%(name)s is due for review on %(day)s")
            % {
                "name": in_language(row.names),
                "day": form_date(row.next_review_on) if row.next_review_on else "",
            },
            "detail": _("Look at its figures and problems, then set the date of the next review."),
            "at": clock.now(),
            "url": reverse("catalogue:entry_edit", args=[row.key]),
        }
        for row in rows.order_by("next_review_on")
    ]


def remind(today: date) -> int:
    """Send a mail to the owner of every process whose review is so many days away; return how many went out."""
    wanted = [today + timedelta(days=days) for days in MAIL_DAYS]
    mails = [
        mail
        for row in Process.objects.filter(next_review_on__in=wanted, retired_at=None)
        for mail in _mails(row)
    ]
    for mail in mails:
        mail.send()
    return len(mails)


def _mails(process: Process) -> Iterator[EmailMessage]:
    owners = directory.members(f"post:{process.owner_post}") if process.owner_post else []
    url = settings.SHULI_ADDRESS + reverse("catalogue:process", args=[process.key])
    for card in directory.people_by_username(owners).values():
        if card.email and process.next_review_on:
            with translation.override(card.language):
                said = {
                    "name": in_language(process.names),
                    "day": form_date(process.next_review_on),
                    "url": url,
                }
                subject = _("%(name)s: review due on %(day)s") % said
                body = (
                    _("It was last to be reviewed by %(day)s. Set the next date when it is done: %(url)s")
                    % said
                )
                yield EmailMessage(subject=subject, body=body, to=[card.email])
