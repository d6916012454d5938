"""Handbooks as files, and the archive of all that was ever handed out."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max, QuerySet

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.handbook.content import Handbook
from shuli.apps.catalogue.handbook.gathered import department_handbook, post_handbook
from shuli.apps.catalogue.handbook.process import PUBLISHED, process_handbook
from shuli.apps.catalogue.models import HandbookEdition, Process, ProcessVersion
from shuli.apps.documents import operations as documents
from shuli.apps.documents.paper import Paper
from shuli.apps.documents.paper.content import Language, side
from shuli.apps.documents.paper.pdf import pdf_bytes
from shuli.apps.documents.paper.screen import file_html
from shuli.apps.documents.paper.word import word_bytes
from shuli.kit import clock

OWNER = "handbook"  # the owner kind of editions among the files
ARCHIVED = ("pdf", "docx")
ARCHIVED_LANGUAGES: tuple[Language, ...] = ("zh", "en")

Writer = Callable[[Paper, datetime | None], bytes]
WRITERS: dict[str, Writer] = {
    "pdf": pdf_bytes,
    "docx": word_bytes,
    "html": lambda paper, _made_at: file_html(paper),
}
GATHERED: Mapping[str, Callable[[str, Language], Handbook]] = {
    "department": department_handbook,
    "post": post_handbook,
}


class NotArchivedError(RuntimeError):
    """A handbook was not taken into the archive, which takes all that we make: a mistake of ours."""


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
    return WRITERS[kind](book.paper, queries.version(version_id).published_at)


# The archive --------------------------------------------------------------------------------------------


def edition_of_version(
    version: ProcessVersion, language: Language, kind: str, person: str = ""
) -> HandbookEdition:
    """Return the edition of a version as it reads now; it is made and kept when it was never handed out before."""
    return _edition(process_handbook(version.pk, language), kind, person, version)


def gathered_edition(
    what: str, code: str, language: Language, kind: str, person: str = ""
) -> HandbookEdition:
    """Return the edition of a department's or a post's handbook as it reads now."""
    return _edition(GATHERED[what](code, language), kind, person, None)


def _edition(book: Handbook, kind: str, person: str, version: ProcessVersion | None) -> HandbookEdition:
    digest = hashlib.sha256(msgspec.json.encode(book)).hexdigest()
    wanted = {"kind": book.kind, "key": book.key, "language": book.paper.language, "format": kind}
    found = HandbookEdition.objects.filter(**wanted, digest=digest).first()
    if found is not None:
        return found
    made = WRITERS[kind](book.paper, version.published_at if version else None)
    with transaction.atomic():
        _lock(book)
        found = HandbookEdition.objects.filter(**wanted, digest=digest).first()
        if found is not None:
            return found
        last = HandbookEdition.objects.filter(**wanted).aggregate(last=Max("number"))["last"] or 0
        upload = SimpleUploadedFile(f"{book.file_name}.{kind}", made)
        owner_id = Process.objects.get(key=book.key).pk if version else 0
        stored = documents.store_attachment(OWNER, owner_id, book.paper.language, upload, "")
        if isinstance(stored, documents.NotStored):
            raise NotArchivedError(
                f"Expected the archive to take {upload.name} but it answered {stored.code}."
            )
        return HandbookEdition.objects.create(
            **wanted,
            version=version,
            number=last + 1,
            digest=digest,
            file=stored.pk,
            sha256=stored.sha256,
            made_at=clock.now(),
            made_by=person,
        )


def _lock(book: Handbook) -> None:
    """Let one edition of a thing be made at a time, so that their numbers follow one another."""
    documents.lock(f"handbook {book.kind} {book.key}")


def editions(kind: str, key: str) -> QuerySet[HandbookEdition]:
    """Return everything that was handed out of one handbook, the newest first."""
    return HandbookEdition.objects.filter(kind=kind, key=key).select_related("version")


def archive_versions_in_force() -> int:
    """Keep the handbooks of all versions in force of which none was kept yet, and return how many were made."""
    versions = ProcessVersion.objects.filter(status=ProcessVersion.Status.PUBLISHED).select_related("process")
    kept = set(HandbookEdition.objects.values_list("version", "language", "format"))
    made = 0
    for version in versions:
        for language in ARCHIVED_LANGUAGES:
            if (version.pk, language, "pdf") not in kept:
                edition_of_version(version, language, "pdf")
                made += 1
    return made
