"""What the page of one file shows: the file itself where that is safe, and its versions."""

from typing import Any

from django.template.defaultfilters import filesizeformat as size
from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.directory import queries as directory
from shuli.apps.documents import queries
from shuli.apps.documents.models import Attachment
from shuli.apps.documents.sniffing import BMP, GIF, JPEG, PDF, PNG, TEXT, WEBP, decoded
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Pair, Table, TableRow

# What every browser shows by itself; HEIC and TIFF are not among it.
PICTURES = frozenset(kind.media_type for kind in (PNG, JPEG, GIF, WEBP, BMP))
TEXT_SHOWN = 200_000  # bytes of a text


def preview_page(row: Attachment) -> dict[str, Any]:
    """Return the page of a file. Raises FileNotFoundError where the disk has lost it."""
    url = reverse("documents:attachment", args=[row.pk])
    rows = queries.versions(row)
    return {
        "title": row.file_name,
        "owner": queries.page_of(row),
        "facts": _facts(row),
        "actions": [Action(label=_("Download"), icon="download", is_primary=True, url=f"{url}?download")],
        "shown": shown_as(row),
        "url": f"{url}?framed",
        "text": _text(row) if row.media_type == TEXT.media_type else "",
        "versions": _versions(rows, row) if len(rows) > 1 else None,
        "version_count": len(rows),
        "pairs": _pairs(row),
    }


def shown_as(row: Attachment) -> str:
    """Say how a file is shown: as picture, PDF or text, or not at all."""
    if row.media_type in PICTURES:
        return "picture"
    return {PDF.media_type: "pdf", TEXT.media_type: "text"}.get(row.media_type, "")


def _facts(row: Attachment) -> list[str]:
    return [size(row.size), _("version %(n)s") % {"n": row.version}, moment(row.uploaded_at), _who(row)]


def _who(row: Attachment) -> str:
    return directory.display_names([row.uploaded_by]) if row.uploaded_by else _("the program")


def _pairs(row: Attachment) -> list[Pair]:
    names = queries.document_names()
    found = [
        Pair(label=_("Document"), value=names.get(row.document, row.document)),
        Pair(label=_("Kind of file"), value=row.media_type),
        Pair(label="SHA-256", value=row.sha256),
    ]
    return [pair for pair in found if pair.value]


def _text(row: Attachment) -> str:
    """Return the beginning of a text; what a cut splits at its end is left out."""
    with queries.open_attachment(row) as file:
        content = file.read(TEXT_SHOWN)
    for cut in range(4):
        text = decoded(content[: len(content) - cut])
        if text is not None:
            return text
    return ""


def _versions(rows: list[Attachment], current: Attachment) -> Table:
    columns = [
        Column(label=_("Version"), phone="first"),
        Column(label=_("When"), phone="key"),
        Column(label=_("Who")),
        Column(label=_("Size")),
        Column(label="SHA-256", phone="wide"),
    ]
    return Table(columns=columns, rows=[_version_row(row, is_current=row.pk == current.pk) for row in rows])


def _version_row(row: Attachment, *, is_current: bool) -> TableRow:
    label = _("version %(n)s") % {"n": row.version}
    url = reverse("documents:preview", args=[row.pk])
    first = label if is_current else Cell(value=label, url=url)
    return TableRow(cells=[first, moment(row.uploaded_at), _who(row), size(row.size), row.sha256[:16]])
