"""Handbooks as files."""

from collections.abc import Callable, Mapping
from datetime import datetime

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.handbook.content import Handbook
from shuli.apps.catalogue.handbook.process import PUBLISHED, process_handbook
from shuli.apps.catalogue.models import ProcessVersion
from shuli.apps.documents.paper import Paper
from shuli.apps.documents.paper.content import side
from shuli.apps.documents.paper.pdf import pdf_bytes
from shuli.apps.documents.paper.screen import file_html
from shuli.apps.documents.paper.word import word_bytes

Writer = Callable[[Paper, datetime | None], bytes]
WRITERS: Mapping[str, Writer] = {
    "pdf": pdf_bytes,
    "docx": word_bytes,
    "html": lambda paper, _made_at: file_html(paper),
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


def version_named(key: str, number: str | None = None) -> ProcessVersion | None:
    """Return a version of a process that was published: the one in force where no number is given."""
    if number is None:
        try:
            return queries.version_in_force(key)
        except queries.NotInForceError:
            return None
    rows = ProcessVersion.objects.filter(process__key=key, number=number, status__in=PUBLISHED)
    return rows.select_related("process").first()


def content(version_id: int, language: str, kind: str) -> bytes:
    """Return a version's handbook as a file. Raises NoFontError where letters could not be drawn."""
    book = process_handbook(version_id, side(language))
    return written(book, kind, queries.version(version_id).published_at)


def written(book: Handbook, kind: str, made_at: datetime | None) -> bytes:
    return WRITERS[kind](book.paper, made_at)
