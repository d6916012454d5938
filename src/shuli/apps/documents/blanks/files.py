"""A paper as a file: with its fields for whoever adapts it, empty to write on, or filled in from a case."""

from collections.abc import Mapping
from typing import Any

from shuli.apps.documents.blanks.excel import excel_blank
from shuli.apps.documents.blanks.shipped import LABEL, Blank, Rows
from shuli.apps.documents.blanks.word import word_blank
from shuli.apps.documents.merging import fill_template
from shuli.apps.documents.paper.content import Language
from shuli.apps.documents.paper.word import steady
from shuli.core.text import Text
from shuli.kit.workbooks import XLSX

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {"word": "docx", "excel": "xlsx"}
MEDIA = {"word": DOCX, "excel": XLSX}
NAMES_OF_KINDS = {"word": "Word", "excel": "Excel"}


def blank_file(
    blank: Blank, language: Language, values: Mapping[str, Any] | None = None, *, with_fields: bool = False
) -> bytes:
    """Return the paper: filled in with the values, empty without them, or with the names of its fields."""
    given = None if with_fields else {**_empty(blank, language), **_labelled(blank, language, values or {})}
    if blank.kind == "excel":
        return excel_blank(blank, language, given)
    template = word_blank(blank, language)
    return template if given is None else steady(fill_template(template, given))


def file_name(blank: Blank, language: Language, number: str = "") -> str:
    name = words(blank.name, language).replace("/", "／")
    return f"{f'{number} ' if number else ''}{name}.{ENDINGS[blank.kind]}"


def media_type(blank: Blank) -> str:
    return MEDIA[blank.kind]


def words(text: Text, language: Language) -> str:
    return text.in_language(language)


def _tables(blank: Blank) -> list[Rows]:
    return [block for block in blank.blocks if isinstance(block, Rows)]


def _empty(blank: Blank, language: Language) -> dict[str, Any]:
    """Return the rows of tables that nobody has filled in: their labels, or room to write."""
    return {
        one.key: [{LABEL: words(label, language)} for label in one.labels] or [{}] * one.rows
        for one in _tables(blank)
    }


def _labelled(blank: Blank, language: Language, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values, the rows of tables with fixed rows under their labels."""
    found = dict(values)
    for one in _tables(blank):
        rows = found.get(one.key)
        if not rows or not isinstance(rows, list):
            found.pop(one.key, None)
        elif one.labels:
            labels = [words(label, language) for label in one.labels]
            found[one.key] = [{LABEL: label, **row} for label, row in zip(labels, rows, strict=False)]
    return found
