"""What others ask of documents. Who may read a file is asked of its owner, an app further up that registers itself."""

from collections.abc import Callable, Iterable
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import get_language

from shuli.apps.directory.queries import in_language
from shuli.apps.documents import contents
from shuli.apps.documents.models import Attachment as Attachment  # noqa: PLC0414 -- others name the type
from shuli.apps.documents.models import DocumentType

LOOSE = "upload"  # the owner kind of a file that no sent form names yet

Place = tuple[str, str]
"""What a page is called, and its address."""

May = Callable[[str, int], bool]
"""Whether a person (username) may do something with an owner's files (owner's id)."""


def _nobody(_person: str, _owner_id: int) -> bool:
    return False


_readers: dict[str, May] = {}
_withdrawers: dict[str, May] = {}
_pages: "dict[str, Callable[[int], Place]]" = {}


def register_owner(
    kind: str, may_read: May, may_withdraw: May = _nobody, page: Callable[[int], Place] | None = None
) -> None:
    """Say who may read the files of this kind of owner, who beside the uploader may withdraw them, and where it is."""
    _readers[kind] = may_read
    _withdrawers[kind] = may_withdraw
    if page is not None:
        _pages[kind] = page


def page_of(row: Attachment) -> Place | None:
    """Return where a file belongs, as name and address of its owner's page; None where it has none."""
    page = _pages.get(row.owner_kind)
    return page(row.owner_id) if page else None


def versions(row: Attachment) -> list[Attachment]:
    """Return all versions of a file that were not withdrawn, the newest first."""
    rows = _present(row.owner_kind, row.owner_id).filter(document=row.document, file_name=row.file_name)
    return [row] if row.owner_kind == LOOSE else list(rows.order_by("-version"))


def may_read(person: str, row: Attachment) -> bool:
    """Say whether the person may read the file: its uploader while it is loose, then whoever its owner lets.

    A withdrawn file is nobody's any more but its record's.
    """
    if row.owner_kind == LOOSE:
        return row.uploaded_by == person
    return _readers.get(row.owner_kind, _nobody)(person, row.owner_id)


def may_withdraw(person: str, row: Attachment) -> bool:
    return row.uploaded_by == person or _withdrawers.get(row.owner_kind, _nobody)(person, row.owner_id)


def attachment_for(person: str, pk: int) -> Attachment | None:
    """Return the file, or None where there is none that the person may read; withdrawn ones are gone."""
    row = Attachment.objects.filter(pk=pk, withdrawn_at=None).first()
    return row if row is not None and may_read(person, row) else None


def attachments(owner_kind: str, owner_id: int) -> list[Attachment]:
    """Return the files of an owner that were not withdrawn, all versions, oldest first."""
    return list(_present(owner_kind, owner_id))


def withdrawn(owner_kind: str, owner_id: int) -> list[Attachment]:
    """Return what was withdrawn, for the record: who, when and why."""
    rows = Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id, withdrawn_at__isnull=False)
    return list(rows)


def present(owner_kind: str, owner_id: int) -> frozenset[str]:
    """Return the keys of the documents for which the owner has a file."""
    rows = _present(owner_kind, owner_id).exclude(document="").order_by()
    return frozenset(rows.values_list("document", flat=True).distinct())


def present_of(owner_kind: str, owner_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return the keys of the documents for which each of several owners has a file."""
    found: dict[int, set[str]] = {}
    rows = Attachment.objects.filter(owner_kind=owner_kind, owner_id__in=list(owner_ids), withdrawn_at=None)
    for owner_id, document in rows.exclude(document="").values_list("owner_id", "document"):
        found.setdefault(owner_id, set()).add(document)
    return found


def _present(owner_kind: str, owner_id: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id, withdrawn_at=None)


def loose_of(person: str) -> QuerySet[Attachment]:
    """Return the files that the person sent for forms that are not sent yet."""
    return _present(LOOSE, 0).filter(uploaded_by=person)


def open_attachment(row: Attachment) -> IO[bytes]:
    """Open a file's content; close it after use."""
    return contents.read(row.sha256)


def document_names(language: str = "") -> dict[str, str]:
    """Return the names of all registered documents by key."""
    chosen = language or get_language() or ""
    rows = DocumentType.objects.values_list("key", "name", "name_en")
    return {key: in_language(name, name_en, chosen) for key, name, name_en in rows}
