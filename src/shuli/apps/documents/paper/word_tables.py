"""Tables in Word files: of fixed widths, with heads that repeat and rows that are not torn apart."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from shuli.apps.documents.paper.codes import code_png
from shuli.apps.documents.paper.content import Card, Cell, Facts, Grid, Line
from shuli.apps.documents.paper.word_style import ACCENT, BAND, QUIET, RULE, SOFT, shade, written

LABEL = 30  # millimetres
TALLEST_WHOLE = 1200  # letters in a row; a longer one may go on on the next page


def facts_table(document: Any, facts: Facts, room: float, *, is_whole: bool = False) -> None:
    """Write label and text beside one another, all of it on one page where that is wanted."""
    if not facts.rows:
        return
    table = _table(document, (LABEL, room - LABEL), borders=("top", "bottom", "insideH"))
    for fact in facts.rows:
        row = table.add_row()
        shade(row.cells[0], BAND)
        written(_first(row.cells[0]), fact.label, size=9.5, colour=QUIET)
        _lines(row.cells[1], fact.lines, 9.5)
        _whole(row, sum(len(line.text) for line in fact.lines))
    for row in table.rows[:-1] if is_whole else ():
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    _sized(table, (LABEL, room - LABEL))


def grid_table(document: Any, grid: Grid, room: float) -> None:
    """Write a table; fields that reach over rows or columns are joined."""
    shares = sum(column.width for column in grid.columns)
    widths = [column.width / shares * room for column in grid.columns]
    table = _table(document, widths)
    size = 8 if grid.is_small else 9
    head = table.add_row()
    for cell, column in zip(head.cells, grid.columns, strict=True):
        shade(cell, ACCENT)
        written(_first(cell), column.title, size=size, colour="FFFFFF", bold=True)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _repeats(head)
    taken: set[tuple[int, int]] = set()
    for cells in grid.rows:
        row = table.add_row()
        _whole(row, max((len(cell.text) for cell in cells), default=0))
    for index, cells in enumerate(grid.rows, start=1):
        _grid_row(table, index, cells, taken, size)
    _sized(table, widths)


def _grid_row(
    table: Any, index: int, cells: Sequence[Cell], taken: set[tuple[int, int]], size: float
) -> None:
    place = 0
    for cell in cells:
        while (index, place) in taken:
            place += 1
        reach = {(index + down, place + right) for down in range(cell.rows) for right in range(cell.columns)}
        taken |= reach
        last = table.cell(index + cell.rows - 1, place + cell.columns - 1)
        field = table.cell(index, place)
        field = field.merge(last) if len(reach) > 1 else field
        _lines(field, cell.lines, size, bold=cell.look in {"strong", "band", "mark"})
        if cell.look == "band":
            shade(field, SOFT)
        if cell.look in {"centre", "mark"} or cell.rows > 1:
            field.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        if cell.look in {"centre", "mark"}:
            for paragraph in field.paragraphs:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        place += cell.columns


def card_head(document: Any, card: Card, room: float) -> None:
    """Write the band over a card's facts: number, title and marks, and its QR code."""
    widths = (room - 52, 38, 14)
    table = _table(document, widths, borders=())
    row = table.add_row()
    for cell in row.cells:
        shade(cell, SOFT)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    words = _first(row.cells[0])
    written(words, f"{card.number}  ", size=11, colour=ACCENT, bold=True)
    written(words, card.title, size=11, bold=True)
    for mark in card.marks:
        written(words, f"   [{mark}]", size=8, colour=ACCENT)
    if card.code is not None:
        written(_first(row.cells[1]), card.code.words, size=7, colour=QUIET)
        row.cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = _first(row.cells[2]).add_run()
        run.add_picture(io.BytesIO(code_png(card.code.url)), width=Mm(11))
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _whole(row, 0)
    _sized(table, widths)


def plain_table(document: Any, widths: Sequence[float]) -> Any:
    """Return a table of one row without lines, to put things beside one another."""
    table = _table(document, widths, borders=())
    table.add_row()
    _sized(table, widths)
    return table


def _table(document: Any, widths: Sequence[float], borders: Iterable[str] | None = None) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    all_sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = OxmlElement("w:tblBorders")
    for side in all_sides if borders is None else borders:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    table._tbl.tblPr.append(lines)  # noqa: SLF001  the library draws borders by style only
    return table


def _sized(table: Any, widths: Sequence[float]) -> None:
    """Set the widths at the columns and at every field: Word follows the one, LibreOffice the other."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:  # noqa: SLF001  joined fields once each
        place = 0
        for field in row.tc_lst:
            span = field.grid_span
            field.width = Mm(sum(widths[place : place + span]))
            place += span


def _first(cell: Any) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def _lines(cell: Any, lines: Sequence[Line], size: float, *, bold: bool = False) -> None:
    for index, line in enumerate(lines):
        paragraph = _first(cell) if index == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        if line.label:
            written(paragraph, line.label, size=size, bold=True)
        written(paragraph, line.text, size=size, bold=bold)


def _repeats(row: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)  # noqa: SLF001


def _whole(row: Any, letters: int) -> None:
    """Keep a row on one page unless it is longer than one."""
    if letters < TALLEST_WHOLE:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
