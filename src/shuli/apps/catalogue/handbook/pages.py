"""What the pages of the handbook show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation
from shuli.apps.catalogue.handbook.process import process_handbook
from shuli.apps.catalogue.models import ProcessVersion
from shuli.apps.documents.paper.content import Language, side
from shuli.apps.documents.paper.screen import chapters_html, front_html
from shuli.kit.components.values import Action


def language() -> Language:
    return side(presentation.language())


def handbook_page(version: ProcessVersion) -> dict[str, Any]:
    """Return the page of a version's handbook."""
    book = process_handbook(version.pk, language())
    key = version.process.key
    return {
        "process": version.process,
        "process_name": book.paper.title,
        "title": f"{book.paper.title} · {book.paper.kind}",
        "front": front_html(book.paper),
        "chapters": chapters_html(book.paper),
        "actions": file_actions(reverse("catalogue:handbook_file", args=[key]), f"&version={version.number}"),
        "is_old": version.status != ProcessVersion.Status.PUBLISHED,
        "version": version,
    }


def file_actions(url: str, query: str = "") -> list[Action]:
    """Return the buttons by which a handbook is taken away as a file, in the language of the page."""
    here = language()
    other: Language = "en" if here == "zh" else "zh"
    names = {"zh": _("in Chinese"), "en": _("in English")}
    found = [
        Action(label="PDF", icon="download", is_primary=True, url=f"{url}?format=pdf&lang={here}{query}"),
        Action(label="Word", icon="download", url=f"{url}?format=docx&lang={here}{query}"),
    ]
    for kind, label in (("pdf", "PDF"), ("docx", "Word")):
        words = _("%(format)s %(language)s") % {"format": label, "language": names[other]}
        found.append(
            Action(label=words, icon="download", is_rare=True, url=f"{url}?format={kind}&lang={other}{query}")
        )
    return found
