"""A paper as a Word file that names its fields: {{ customer }}."""

import io
from typing import Any

from docx import Document
from docx.shared import Mm

from shuli.apps.documents.blanks.shipped import LABEL, Blank, Block, Facts, Head, Rows, Words
from shuli.apps.documents.paper import Paper
from shuli.apps.documents.paper import word_tables as tables
from shuli.apps.documents.paper.content import Cell, Column, Fact, Grid, Language, Line
from shuli.apps.documents.paper.content import Facts as PaperFacts
from shuli.apps.documents.paper.word import LONG_SIDE, MARGIN, SHORT_SIDE, steady
from shuli.apps.documents.paper.word_style import QUIET, set_styles, written

ROOM = SHORT_SIDE - 2 * MARGIN
MANY_COLUMNS = 6  # beyond these the letters get smaller


def word_blank(blank: Blank, language: Language) -> bytes:
    """Return the file; the same paper gives the same bytes."""
    document = Document()
    title = blank.name.in_language(language)
    set_styles(document, Paper(language=language, company="", kind="", title=title, chapters=()))
    document.core_properties.title = title
    document.core_properties.author = document.core_properties.comments = ""
    _page(document.sections[0])
    written(document.add_paragraph(style="Heading 1"), title)
    if table := table_words(blank.table, language):
        written(document.add_paragraph(), table, size=9, colour=QUIET)
    for block in blank.blocks:
        WRITERS[type(block)](document, block, language)
    file = io.BytesIO()
    document.save(file)
    return steady(file.getvalue())


def table_words(table: str, language: Language) -> str:
    """Return what the handbook calls the paper: 表3, Form 3."""
    return table.replace("表", "Form ") if language == "en" else table


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(SHORT_SIDE), Mm(LONG_SIDE)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)


def field(*path: str) -> str:
    """Return the mark at which a value is filled in."""
    return f"{{{{ {'.'.join(path)} }}}}"


def _head(document: Any, block: Head, language: Language) -> None:
    written(document.add_paragraph(style="Heading 2"), block.title.in_language(language))


def _facts(document: Any, block: Facts, language: Language) -> None:
    rows = tuple(
        Fact(label=one.label.in_language(language), lines=(Line(text=field(one.key)),)) for one in block.facts
    )
    tables.facts_table(document, PaperFacts(rows=rows), ROOM)


def _words(document: Any, block: Words, language: Language) -> None:
    _head(document, Head(title=block.title), language)
    if hint := block.hint.in_language(language):
        written(document.add_paragraph(), hint, size=9, colour=QUIET)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Mm(16)
    written(paragraph, field(block.key))


def _rows(document: Any, block: Rows, language: Language) -> None:
    _head(document, Head(title=block.title), language)
    columns = [(one.key, one.label.in_language(language)) for one in block.columns]
    if block.labels:
        columns = [(LABEL, ""), *columns]
    grid = Grid(
        columns=tuple(Column(title=title) for _key, title in columns),
        rows=(tuple(Cell(lines=(Line(text=field(block.key, key)),)) for key, _title in columns),),
        is_small=len(columns) > MANY_COLUMNS,
    )
    tables.grid_table(document, grid, ROOM)


WRITERS: dict[type[Block], Any] = {Head: _head, Facts: _facts, Words: _words, Rows: _rows}
