"""What the pages of the handbook show."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec.structs import replace

from shuli.apps.catalogue import presentation
from shuli.apps.catalogue.handbook import editions
from shuli.apps.catalogue.handbook.content import Handbook
from shuli.apps.catalogue.handbook.process import process_handbook
from shuli.apps.catalogue.models import HandbookEdition, Process, ProcessVersion
from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper.content import Language, side
from shuli.apps.documents.paper.screen import chapters_html, front_html
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Table, TableRow

HASH_SHOWN = 16  # signs of a hash in a table; the whole one is its title


def language() -> Language:
    return side(presentation.language())


def handbook_page(version: ProcessVersion) -> dict[str, Any]:
    """Return the page of a version's handbook."""
    key = version.process.key
    book = process_handbook(version.pk, language())
    files = reverse("catalogue:handbook_file", args=[key])
    archive = reverse("catalogue:handbook_editions", args=[key])
    return {
        **_book_page(book, files, archive, f"&version={version.number}"),
        "process": version.process,
        "is_old": version.status != ProcessVersion.Status.PUBLISHED,
        "version": version,
    }


def description_page(version: ProcessVersion) -> dict[str, Any]:
    """Return the page of the description table alone, as the handbook prints it."""
    paper = process_handbook(version.pk, language()).paper
    chapter = next(one for one in paper.chapters if one.key == "description")
    return {
        "process": version.process,
        "name": paper.title,
        "title": chapter.title,
        "chapters": chapters_html(replace(paper, chapters=(chapter,))),
    }


def gathered_page(kind: str, code: str) -> dict[str, Any]:
    """Return the page of a department's or a post's handbook."""
    book = editions.GATHERED[kind](code, language())
    files = reverse("catalogue:gathered_file", args=[kind, code])
    return _book_page(book, files, reverse("catalogue:gathered_editions", args=[kind, code]), "")


def _book_page(book: Handbook, files: str, archive: str, query: str) -> dict[str, Any]:
    return {
        "name": book.paper.title,
        "title": f"{book.paper.title} · {book.paper.kind}",
        "kind": book.paper.kind,
        "front": front_html(book.paper),
        "chapters": chapters_html(book.paper),
        "actions": [
            *_file_actions(files, query),
            Action(label=_("All editions"), icon="archive", url=archive, is_rare=True),
        ],
    }


def _file_actions(url: str, query: str) -> list[Action]:
    """Return the buttons by which a handbook is taken away as a file, in the language of the page first."""
    here = language()
    other: Language = "en" if here == "zh" else "zh"
    names = {"zh": _("in Chinese"), "en": _("in English")}
    found = [
        Action(
            label="PDF", icon="file-type-pdf", is_primary=True, url=f"{url}?format=pdf&lang={here}{query}"
        ),
        Action(label="Word", icon="file-type-doc", url=f"{url}?format=docx&lang={here}{query}"),
    ]
    for kind, label in (("pdf", "PDF"), ("docx", "Word")):
        words = _("%(format)s %(language)s") % {"format": label, "language": names[other]}
        target = f"{url}?format={kind}&lang={other}{query}"
        found.append(Action(label=words, icon="download", is_rare=True, url=target))
    return found


# The archive --------------------------------------------------------------------------------------------


def process_editions_page(process: Process) -> dict[str, Any]:
    back = reverse("catalogue:handbook", args=[process.key])
    return _editions_page(presentation.words(process.names), back, editions.editions("process", process.key))


def gathered_editions_page(kind: str, code: str) -> dict[str, Any]:
    name = directory.labels(presentation.language()).get(code, code)
    back = reverse("catalogue:gathered", args=[kind, code])
    return _editions_page(name, back, editions.editions(kind, code))


def _editions_page(name: str, back: str, rows: Iterable[HandbookEdition]) -> dict[str, Any]:
    table = editions_table(rows)
    return {"title": _("All editions"), "name": name, "back": back, "table": table, "count": len(table.rows)}


def editions_table(rows: Iterable[HandbookEdition]) -> Table:
    """Return every file that was handed out, with its hash."""
    columns = [
        Column(label=_("File"), phone="first"),
        Column(label=_("Version")),
        Column(label=_("Language")),
        Column(label=_("Made at"), phone="key"),
        Column(label=_("Made by")),
        Column(label="SHA-256", phone="wide"),
    ]
    return Table(columns=columns, rows=[_edition_row(row) for row in rows])


def _edition_row(row: HandbookEdition) -> TableRow:
    names = {"zh": _("Chinese"), "en": _("English")}
    label = _("%(format)s, edition %(n)s") % {"format": row.format.upper(), "n": row.number}
    return TableRow(
        cells=[
            Cell(value=label, url=reverse("documents:attachment", args=[row.file]) + "?download"),
            f"v{row.version.number}" if row.version else "",
            names[row.language],
            moment(row.made_at),
            directory.display_names([row.made_by]) if row.made_by else _("the program"),
            Cell(value=row.sha256[:HASH_SHOWN], note=row.sha256[HASH_SHOWN:]),
        ]
    )
