"""A paper as an Excel file: every cell is a text, so that nothing typed into a case is ever reckoned."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from shuli.apps.documents.blanks.shipped import LABEL, Blank, Facts, Head, Rows, Words
from shuli.apps.documents.merging import text_of
from shuli.apps.documents.paper.content import Language
from shuli.apps.documents.paper.word import steady
from shuli.kit.workbooks import DANGEROUS, MOST_LETTERS

GREY = PatternFill("solid", fgColor="EEF1F4")
LINE = Side(style="thin", color="C3CAD4")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WIDTH, LABEL_WIDTH = 18, 22
FEWEST_COLUMNS = 4
# The moment of saving, which would make every file another one.
SAVED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
NEVER = rb"\g<1>2000-01-01T00:00:00Z"


Values = Mapping[str, Any] | None


class _Page:
    """Where the next line goes."""

    def __init__(self, sheet: Any, language: Language, values: Values, columns: int) -> None:
        self.sheet, self.language, self.values, self.columns = sheet, language, values, columns
        self.row = 1

    def value(self, *path: str) -> str:
        """Return what a field holds, or its mark where the template is wanted."""
        if self.values is None:
            return f"{{{{ {'.'.join(path)} }}}}"
        return text_of(self.values.get(path[0]))

    def put(self, column: int, text: str, *, is_head: bool = False, is_framed: bool = True) -> Any:
        cell = self.sheet.cell(row=self.row, column=column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST_LETTERS]
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(DANGEROUS)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if is_framed:
            cell.border = FRAME
        if is_head:
            cell.font, cell.fill = Font(bold=True), GREY
        return cell

    def over(self, first: int, text: str, **looks: bool) -> Any:
        """Write a text over all columns from the first."""
        cell = self.put(first, text, **looks)
        if self.columns > first:
            self.sheet.merge_cells(
                start_row=self.row, start_column=first, end_row=self.row, end_column=self.columns
            )
        return cell


def excel_blank(blank: Blank, language: Language, values: Values) -> bytes:
    """Return the file; without values its cells name their fields."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("Expected a new workbook to have a sheet but found none.")
    title = blank.name.in_language(language)
    sheet.title = title.replace("/", "／")[:31]
    book.properties.title, book.properties.creator = title, ""
    page = _Page(sheet, language, values, _columns(blank))
    page.over(1, title, is_framed=False).font = Font(bold=True, size=15)
    page.row += 2
    for block in blank.blocks:
        _write(page, block)
    _set_widths(sheet, page.columns)
    file = io.BytesIO()
    book.save(file)
    return steady(file.getvalue(), core=lambda said: SAVED.sub(NEVER, said))


def _columns(blank: Blank) -> int:
    tables = [len(one.columns) + bool(one.labels) for one in blank.blocks if isinstance(one, Rows)]
    return max([FEWEST_COLUMNS, *tables])


def _set_widths(sheet: Any, columns: int) -> None:
    for number in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(number)].width = LABEL_WIDTH if number == 1 else WIDTH
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write(page: _Page, block: Any) -> None:
    if isinstance(block, Head):
        _title(page, block.title.in_language(page.language))
    elif isinstance(block, Facts):
        for one in block.facts:
            page.put(1, one.label.in_language(page.language), is_head=True)
            page.over(2, page.value(one.key))
            page.row += 1
        page.row += 1
    elif isinstance(block, Words):
        _title(page, block.title.in_language(page.language))
        page.over(1, page.value(block.key))
        page.row += 2
    elif isinstance(block, Rows):
        _table(page, block)


def _title(page: _Page, title: str) -> None:
    page.over(1, title, is_framed=False).font = Font(bold=True, size=12)
    page.row += 1


def _table(page: _Page, block: Rows) -> None:
    _title(page, block.title.in_language(page.language))
    columns = [(one.key, one.label.in_language(page.language)) for one in block.columns]
    if block.labels:
        columns = [(LABEL, ""), *columns]
    _line(page, [title for _key, title in columns], is_head=True)
    if page.values is None:
        _line(page, [page.value(block.key, key) for key, _title in columns])
    else:
        for row in page.values.get(block.key) or [{}]:
            _line(page, [text_of(row.get(key)) for key, _title in columns])
    page.row += 1


def _line(page: _Page, texts: Sequence[str], *, is_head: bool = False) -> None:
    for number, text in enumerate(texts, 1):
        page.put(number, text, is_head=is_head)
    page.row += 1
