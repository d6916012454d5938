"""Filling in Word templates: `{{ customer }}` becomes what the case says.

A field is a name or a path, nothing else: no expressions, no loops, no code, so that whoever writes a template can do
no more with it than have words filled in. `{{ contact.phone }}` looks into a value that has parts. A row of a table
that names a column of a list, `{{ tasks.owner }}`, is repeated for every entry of the list. What has no value leaves
its place empty; what a value says is never read as a field again.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from shuli.apps.documents.sniffing import DOCX, NotTaken, kind_of
from shuli.kit import limits

Values = Mapping[str, Any]
Element = Any  # of the XML library, whose types are the core's alone

FIELD = re.compile(r"\{\{\s*(\w[\w.-]*)\s*\}\}")
FILLED = re.compile(r"/word/(document|header\d*|footer\d*)\.xml")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
# What a template may reach for outside itself when it is opened: a link that somebody has to click.
HARMLESS = (RELATIONSHIP_TYPE.HYPERLINK,)


class UnusableTemplateError(ValueError):
    """A file was to be filled in that `template_problem` would have refused."""


def template_problem(template: bytes) -> str | None:
    """Return the code of what makes a file no template, or None; the codes have sentences in `wording`."""
    kind = kind_of(io.BytesIO(template))
    if isinstance(kind, NotTaken):
        return kind.code
    if kind != DOCX:
        return "template_is_no_word_file"
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > limits.TEMPLATE_UNPACKED_BYTES:
            return "template_too_large"
    try:
        parts = list(Document(io.BytesIO(template)).part.package.iter_parts())
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError):  # lxml's errors are SyntaxErrors
        return "file_broken"
    if any(isinstance(part, XmlPart) and part.element.getroottree().docinfo.doctype for part in parts):
        return "file_broken"  # office programs define no entities
    outside = [rel for part in parts for rel in part.rels.values() if rel.is_external]
    return "template_reaches_outside" if any(rel.reltype not in HARMLESS for rel in outside) else None


def template_fields(template: bytes) -> tuple[str, ...]:
    """Return the fields that a template names, each once, in order of their first place."""
    document = _opened(template)
    found = (match[1] for root in _roots(document) for p in root.iter(qn("w:p")) for match in _fields(p))
    return tuple(dict.fromkeys(found))


def fill_template(template: bytes, values: Values) -> bytes:
    """Return the Word file with its fields filled in.

    `values` holds texts, numbers, dates, mappings of these, and lists of mappings for tables.
    Raises UnusableTemplateError for a file that `template_problem` refuses.
    """
    document = _opened(template)
    for root in _roots(document):
        _repeat_rows(root, values)
        for paragraph in list(root.iter(qn("w:p"))):
            _fill(paragraph, values)
    filled = io.BytesIO()
    document.save(filled)
    return filled.getvalue()


def _opened(template: bytes) -> Any:
    problem = template_problem(template)
    if problem:
        raise UnusableTemplateError(f"Expected a Word file without macros but found one with {problem}.")
    return Document(io.BytesIO(template))


def _roots(document: Any) -> Iterator[Element]:
    """Yield the text of the document, of its headers and of its footers."""
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart) and FILLED.fullmatch(str(part.partname)):
            yield part.element


# Rows ---------------------------------------------------------------------------------------------------


def _repeat_rows(root: Element, values: Values) -> None:
    for row in list(root.iter(qn("w:tr"))):
        name = _list_named(row, values)
        if name is None:
            continue
        for entry in values[name] or [{}]:
            copy = deepcopy(row)
            row.addprevious(copy)
            for paragraph in list(copy.iter(qn("w:p"))):
                _fill(paragraph, {**values, name: entry})
        row.getparent().remove(row)


def _list_named(row: Element, values: Values) -> str | None:
    """Return the list whose columns the row names; rows around an inner table stay as they are."""
    if next(row.iter(qn("w:tbl")), None) is not None:
        return None
    named = (match[1].partition(".") for p in row.iter(qn("w:p")) for match in _fields(p))
    return next((name for name, dot, _ in named if dot and isinstance(values.get(name), list | tuple)), None)


# Paragraphs ---------------------------------------------------------------------------------------------


def _texts(paragraph: Element) -> list[Element]:
    """Return the pieces of text of a paragraph, without those of text boxes that hang on it."""
    return [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]


def _fields(paragraph: Element) -> list[re.Match[str]]:
    return list(FIELD.finditer("".join(t.text or "" for t in _texts(paragraph))))


def _fill(paragraph: Element, values: Values) -> None:
    """Fill in a paragraph's fields from the last to the first, so that the places before stay where they are.

    Word cuts a text into pieces wherever its spelling or its looks change, also within a field; what is filled in
    looks like the field's first letter.
    """
    pieces, fields = _texts(paragraph), _fields(paragraph)
    for field in reversed(fields):
        _replace(pieces, field.start(), field.end(), text_of(_value(field[1], values)))
    if fields:
        for piece in pieces:
            _break_lines(piece)


def _replace(pieces: Sequence[Element], start: int, end: int, text: str) -> None:
    at = 0
    for piece in pieces:
        own = piece.text or ""
        begin, stop = max(start - at, 0), min(end - at, len(own))
        if begin < stop:
            is_first = start >= at
            piece.text = own[:begin] + (text if is_first else "") + own[stop:]
            piece.set(qn("xml:space"), "preserve")
        at += len(own)


def _break_lines(piece: Element) -> None:
    first, *others = (piece.text or "").split("\n")
    if not others:
        return
    piece.text = first
    after = piece
    for line in others:
        for element in (OxmlElement("w:br"), OxmlElement("w:t")):
            after.addnext(element)
            after = element
        after.text = line
        after.set(qn("xml:space"), "preserve")


# Values -------------------------------------------------------------------------------------------------


def _value(path: str, values: Values) -> Any:
    found: Any = values
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def text_of(value: Any) -> str:
    """Return a value as it stands in a document; several stand one after the other."""
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, list | tuple):
        return "、".join(filter(None, map(text_of, value)))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return FORBIDDEN.sub("", text)
