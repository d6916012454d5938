"""Excel files as tables of texts: a head and rows each way, and never a formula."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a small file may unpack to; a bomb is refused before it is opened.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_COLUMNS = 200
MOST_LETTERS = 32_767  # what a cell of Excel holds
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
# A broken file fails in many ways, and all of them mean the same.
BROKEN = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    SyntaxError, NotImplementedError, EOFError, zlib.error,
)  # fmt: skip
GREY = PatternFill("solid", fgColor="EEF1F4")
TITLE_FORBIDS = r"[]:*?/\\"
LONGEST_TITLE = 31


class NotAWorkbookError(ValueError):
    """What was sent is no Excel file that can be read."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: a title, a head, and rows of texts under it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()  # in letters, one a column


def workbook_of(*sheets: Sheet) -> bytes:
    """Return the sheets as an Excel file; a text that looks like a formula stays a text."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for sheet in sheets:
        _write(book, sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    title = "".join(letter for letter in sheet.title if letter not in TITLE_FORBIDS)[:LONGEST_TITLE]
    page = book.create_sheet(title or "sheet")
    _put(page, 1, sheet.head, is_head=True)
    for number, row in enumerate(sheet.rows, 2):
        _put(page, number, row)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width


def _put(page: Any, row: int, texts: Sequence[str], *, is_head: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        cell = page.cell(row=row, column=column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST_LETTERS]
        # what looks like a formula is shown, never reckoned
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(DANGEROUS)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if is_head:
            cell.font, cell.fill = Font(bold=True), GREY


def rows_of(data: bytes, most_rows: int) -> list[list[str]]:
    """Return the cells of an Excel file's first sheet as texts, head included; NotAWorkbookError for anything else.

    One row more than asked for is read, so that the caller sees that there are too many.
    """
    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(BytesIO(data)).infolist())
        rows = _cells(data, most_rows + 1) if unpacked <= MOST_UNPACKED else None
    except BROKEN as error:
        raise NotAWorkbookError(f"Expected an Excel file but could not read one: {error}") from None
    if rows is None:
        raise NotAWorkbookError("Expected a smaller Excel file but this one unpacks to too much.")
    return rows


def _cells(data: bytes, most_rows: int) -> list[list[str]]:
    page = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0]
    found = page.iter_rows(values_only=True, max_row=most_rows, max_col=MOST_COLUMNS)
    rows = [[text_of(value) for value in row] for row in found]
    width = max((at for row in rows for at, text in enumerate(row, 1) if text), default=0)
    return [row[:width] for row in rows]


def text_of(value: Any) -> str:
    """Return a cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
