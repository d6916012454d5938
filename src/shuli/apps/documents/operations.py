"""What is done with documents: files attached and withdrawn, types registered, numbers issued."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from shuli.apps.documents import contents, queries
from shuli.apps.documents.contents import Upload
from shuli.apps.documents.models import Attachment, DocumentType
from shuli.apps.documents.names import clean_name, ending_of
from shuli.apps.documents.numbering import issue_number, issue_numbers
from shuli.apps.documents.queries import LOOSE
from shuli.apps.documents.sniffing import ALL, Kind, NotTaken, kind_of
from shuli.kit import clock, limits
from shuli.kit.errors import Refusal
from shuli.kit.failpoints import failpoint

__all__ = [
    "NotStored",
    "adopt",
    "issue_number",
    "issue_numbers",
    "lock",
    "register_document_types",
    "remove_old_loose_files",
    "store_attachment",
    "store_loose",
    "store_version",
    "withdraw_attachment",
]

LONGEST_REASON = 500

# Whoever works on one owner's files, or on one content, waits for the other; ends with the transaction.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, kw_only=True)
class NotStored:
    """The file was not taken; the code has a sentence in `wording`."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Checked:
    name: str
    size: int
    kind: Kind


# Files --------------------------------------------------------------------------------------------------


def store_attachment(
    owner_kind: str, owner_id: int, document: str, upload: Upload, person: str
) -> Attachment | NotStored:
    """Keep a file with its owner; a file of the same name for the same document is its next version.

    The caller has asked whether the person may.
    """
    checked = _check(upload)
    if isinstance(checked, NotStored):
        return checked
    sha256 = contents.hash_of(upload)
    with transaction.atomic():
        lock(f"content {sha256}")  # so that nobody removes it between keeping and naming it
        contents.keep(upload, sha256)
        failpoint("file.kept")
        _lock_owner(owner_kind, owner_id)
        named = Attachment.objects.create(
            owner_kind=owner_kind,
            owner_id=owner_id,
            document=document,
            file_name=checked.name,
            version=_next_version(owner_kind, owner_id, document, checked.name),
            size=checked.size,
            sha256=sha256,
            media_type=checked.kind.media_type,
            uploaded_by=person,
            uploaded_at=clock.now(),
        )
        failpoint("file.named")
        return named


def store_version(
    owner_kind: str, owner_id: int, former: int, upload: Upload, person: str
) -> Attachment | NotStored:
    """Keep a file as the next version of one that the owner has, under its name; it must be of the same kind."""
    row = Attachment.objects.filter(
        owner_kind=owner_kind, owner_id=owner_id, pk=former, withdrawn_at=None
    ).first()
    if row is None:
        return NotStored(code="no_such_file")
    wanted, sent = ending_of(row.file_name), ending_of(clean_name(upload.name or ""))
    if wanted != sent:
        return NotStored(code="version_of_another_kind", params={"name": row.file_name, "ending": wanted})
    upload.name = row.file_name
    return store_attachment(owner_kind, owner_id, row.document, upload, person)


def store_loose(upload: Upload, person: str) -> Attachment | NotStored:
    """Keep a file for a form that is being filled in; until the form is sent only its sender sees it."""
    if queries.loose_of(person).count() >= limits.LOOSE_FILES:
        return NotStored(code="too_many_loose_files", params={"most": limits.LOOSE_FILES})
    return store_attachment(LOOSE, 0, "", upload, person)


def adopt(
    ids: Iterable[int], person: str, owner_kind: str, owner_id: int, document: str = ""
) -> tuple[int, ...]:
    """Give the loose files that a sent form names to their owner; return the ids that the person may not name.

    Those are files of others and of other owners. Files that the owner has already stay as they are.
    """
    refused = []
    with transaction.atomic():
        _lock_owner(owner_kind, owner_id)
        rows = Attachment.objects.select_for_update().in_bulk(list(ids))
        for pk in dict.fromkeys(ids):
            row = rows.get(pk)
            if row is not None and row.owner_kind == LOOSE and row.uploaded_by == person:
                row.version = _next_version(owner_kind, owner_id, document, row.file_name)
                row.owner_kind, row.owner_id, row.document = owner_kind, owner_id, document
                row.save(update_fields=["owner_kind", "owner_id", "document", "version"])
            elif row is None or (row.owner_kind, row.owner_id) != (owner_kind, owner_id):
                refused.append(pk)
    return tuple(refused)


def remove_old_loose_files() -> int:
    """Remove the files that no form ever named, and return how many; they were never part of any record."""
    before = clock.now() - timedelta(days=limits.LOOSE_FILE_DAYS)
    old = Attachment.objects.filter(owner_kind=LOOSE, uploaded_at__lt=before)
    removed = 0
    for sha256 in set(old.values_list("sha256", flat=True)):
        with transaction.atomic():
            lock(f"content {sha256}")
            removed += old.filter(sha256=sha256).delete()[0]
            if not Attachment.objects.filter(sha256=sha256).exists():
                contents.remove(sha256)
    return removed


def withdraw_attachment(pk: int, person: str, reason: str) -> Attachment | Refusal:
    """Take a file out of sight, with a reason; its content and who withdrew it stay on record."""
    words = reason.strip()[:LONGEST_REASON]
    with transaction.atomic():
        row = Attachment.objects.select_for_update().filter(pk=pk).first()
        if row is None or not queries.may_read(person, row):
            return Refusal("no_such_file", status=404)
        if not queries.may_withdraw(person, row):
            return Refusal("withdrawal_not_allowed", status=403)
        if row.withdrawn_at:
            return Refusal("withdrawn_already", status=409)
        if not words:
            return Refusal("withdrawal_reason_missing")
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = clock.now(), person, words
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return row


def _check(upload: Upload) -> _Checked | NotStored:
    """Return the file's clean name and kind, or why it is not taken."""
    name = clean_name(upload.name or "")
    if not name:
        return NotStored(code="file_name_missing")
    if not upload.size or upload.file is None:
        return NotStored(code="file_empty", params={"name": name})
    if upload.size > limits.ATTACHMENT_BYTES:
        most = limits.ATTACHMENT_BYTES // limits.MB
        return NotStored(code="file_too_large", params={"name": name, "most": most})
    kind = kind_of(upload.file)
    if isinstance(kind, NotTaken):
        return NotStored(code=kind.code, params={"name": name, "endings": _all_endings()})
    if ending_of(name) not in kind.endings:
        return NotStored(code="file_kind_differs", params={"name": name, "endings": ", ".join(kind.endings)})
    return _Checked(name=name, size=upload.size, kind=kind)


def _all_endings() -> str:
    return ", ".join(ending for kind in ALL for ending in kind.endings)


def _lock_owner(owner_kind: str, owner_id: int) -> None:
    if owner_kind != LOOSE:
        lock(f"attachments {owner_kind} {owner_id}")


def lock(name: str) -> None:
    """Let whoever asks for the same name wait until this transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [name])


def _next_version(owner_kind: str, owner_id: int, document: str, name: str) -> int:
    if owner_kind == LOOSE:
        return 1
    rows = Attachment.objects.filter(
        owner_kind=owner_kind, owner_id=owner_id, document=document, file_name=name
    )
    return (rows.aggregate(last=Max("version"))["last"] or 0) + 1


# Types --------------------------------------------------------------------------------------------------


def register_document_types(names: Mapping[str, Mapping[str, str]]) -> None:
    """Know these documents by name: key → {"zh": …, "en": …}; a key that is known keeps its template note."""
    rows = [
        DocumentType(key=key, name=words["zh"].strip("《》"), name_en=words.get("en", ""))
        for key, words in names.items()
    ]
    DocumentType.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["name", "name_en"]
    )
