"""The mail with a customer's link: it names the case by its number and its process, and nothing else."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.words import process_name
from shuli.apps.monitoring.survey import answering
from shuli.apps.monitoring.survey.models import Survey
from shuli.kit.components.moments import form_date


def send(key: int) -> None:
    """Send a customer the link, in the company's language; one that was answered or is over is not sent."""
    row = Survey.objects.select_related("case").get(pk=key)
    if answering.is_open(row) and "@" in row.contact:
        with translation.override(settings.LANGUAGE_CODE):
            subject, body = words_of(row)
        EmailMessage(subject=subject, body=body, to=[row.contact]).send()


def words_of(row: Survey) -> tuple[str, str]:
    said = {
        "company": directory.company_name(),
        "number": row.case.number,
        "process": process_name(row.case.process_key),
        "until": form_date(row.expires_at),
    }
    subject = _("How satisfied are you? %(number)s") % said
    body = _(
        "%(company)s has closed %(process)s %(number)s. One click tells us how satisfied you are, until %(until)s:"
    )
    return subject, f"{body % said}\n\n{answering.link(row)}"
