"""A report by mail: what it finds in a few lines, and the whole of it as PDF."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper.content import side
from shuli.apps.documents.paper.fonts import NoFontError
from shuli.apps.documents.paper.pdf import pdf_bytes
from shuli.apps.monitoring.reporting import papers, words
from shuli.apps.monitoring.reporting.models import Report

LISTED = 5


def send(key: int, username: str) -> None:
    person = directory.person(username)
    if person is None or not person.email:
        return
    row = Report.objects.select_related("plan").get(pk=key)
    with translation.override(person.language):
        title = words.title(row)
        lines = [words.sentence(one) for one in papers.content(row).findings[:LISTED]]
        url = f"{settings.SHULI_ADDRESS}{reverse('monitoring:report', args=[row.pk])}"
        body = "\n".join([*(lines or [_("Nothing out of the ordinary.")]), "", url])
        mail = EmailMessage(subject=title, body=body, to=[person.email])
        try:
            paper = papers.paper(row, side(get_language() or "zh"))
            mail.attach(f"{words.file_name(row)}.pdf", pdf_bytes(paper, row.made_at), "application/pdf")
        except NoFontError:
            pass  # the page has it all; the health page says what to install
        mail.send()
