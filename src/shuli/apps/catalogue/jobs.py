"""Work of the catalogue that runs after the commit or by the clock."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shuli.apps.catalogue.handbook import editions
from shuli.apps.catalogue.models import ProcessVersion
from shuli.apps.catalogue.register import reviewing
from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper.fonts import NoFontError
from shuli.kit import jobs
from shuli.kit.components.moments import moment_within
from shuli.kit.forms.shown import in_language

logger = logging.getLogger(__name__)


@jobs.every(hours=1)
def archive_handbooks() -> None:
    """Keep the handbooks of versions that have come into force since the last time."""
    try:
        editions.archive_versions_in_force()
    except NoFontError as error:
        logger.warning("no handbook archived", extra={"reason": str(error)})


@jobs.every(hours=24)
def remind_of_reviews() -> None:
    """Remind owners of the processes that are to be reviewed."""
    reviewing.remind(directory.today())


@jobs.job_once
def send_reading_mail(version: int) -> None:
    """Tell everybody who has to read a new version by mail, each in their language."""
    found = ProcessVersion.objects.select_related("process").get(pk=version)
    names = found.readings.filter(read_at=None).values_list("person", flat=True)
    for card in directory.people_by_username(names).values():
        if card.email:
            with translation.override(card.language):
                _message(found, card.email).send()


def _message(version: ProcessVersion, address: str) -> EmailMessage:
    named = {"name": in_language(version.process.names), "number": version.number}
    url = reverse("catalogue:version", args=[version.process.key, version.number])
    lines = [
        version.summary,
        _("It takes effect %(at)s.") % {"at": moment_within(version.effective_at)},
        _("Please read it and say so: %(url)s") % {"url": f"{settings.SHULI_ADDRESS}{url}"},
    ]
    subject = _("%(name)s, version %(number)s: please read what changes") % named
    return EmailMessage(subject=subject, body="\n".join(filter(None, lines)), to=[address])
