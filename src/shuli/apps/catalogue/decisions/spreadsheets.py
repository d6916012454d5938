"""Decision tables as Excel files: one sheet, columns as on the page, cells as texts.

A: hit policy | UNIQUE                                   (row 1)
B: kind of each column: in, out, note                    (row 2)
C: label, English label, expression or name, type, values, default   (rows 3 to 8)
D: the rows of the table                                 (from row 10)
"""

import zipfile
import zlib
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from shuli.apps.catalogue.decisions.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Column,
    Grid,
    NotAGridError,
    Row,
    squared,
)

FACTS = ("label", "label_en", "expression", "name", "type", "values", "default")
HEADS = ("hit policy", "kind", *FACTS)
FIRST_ROW = len(HEADS) + 2
# What a small file may unpack to; a bomb is refused before it is opened.
MOST_UNPACKED = 40 * 1024 * 1024
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
# A broken file fails in many ways, and all of them mean the same.
BROKEN = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    SyntaxError, NotImplementedError, EOFError, zlib.error,
)  # fmt: skip
GREY = PatternFill("solid", fgColor="EEF1F4")


def workbook_of(grid: Grid, title: str) -> bytes:
    """Return the table as an Excel file; no cell is ever a formula."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise ValueError("Expected a new workbook to have a sheet but found none.")
    sheet.title = "".join(c for c in title if c not in r"[]:*?/\\")[:31] or "decision"
    columns = [*(("in", one) for one in grid.inputs), *(("out", one) for one in grid.outputs)]
    _put(sheet, 1, ["hit policy", grid.hit_policy, grid.aggregation])
    _put(sheet, 2, ["kind", *(kind for kind, _ in columns), *("note" for _ in grid.annotations)])
    for at, name in enumerate(FACTS, 3):
        notes = grid.annotations if name == "label" else [""] * len(grid.annotations)
        _put(sheet, at, [name, *(getattr(one, name) for _, one in columns), *notes])
    for number, row in enumerate(grid.rows, 1):
        _put(sheet, FIRST_ROW + number - 1, [str(number), *row.tests, *row.outputs, *row.annotations])
    _dress(sheet, len(columns) + len(grid.annotations) + 1)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Any, row: int, texts: list[str]) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row=row, column=column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        # a text stays a text: what looks like a formula is shown, never reckoned
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(DANGEROUS)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if row < FIRST_ROW or column == 1:
            cell.font, cell.fill = Font(bold=row == 3, color="5B6672" if row != 3 else "1D2733"), GREY


def _dress(sheet: Any, columns: int) -> None:
    sheet.freeze_panes = sheet.cell(row=FIRST_ROW, column=2)
    for number in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 14 if number == 1 else 24


def grid_of_workbook(data: bytes) -> Grid:
    """Return the table of an Excel file that was exported here; NotAGridError for any other."""
    rows = _rows(data)
    heads = [row[0] if row else "" for row in rows[: len(HEADS)]]
    if heads != list(HEADS):
        raise NotAGridError(f"Expected the head {HEADS} in column A but found {heads}.")
    kinds = [kind for kind in rows[1][1:] if kind]
    grid = Grid(hit_policy=_cell(rows[0], 1) or "UNIQUE", aggregation=_cell(rows[0], 2))
    for at, kind in enumerate(kinds, 1):
        column = Column(**{name: _cell(rows[2 + n], at) for n, name in enumerate(FACTS)})
        if kind == "note":
            grid.annotations.append(column.label)
        else:
            (grid.inputs if kind == "in" else grid.outputs).append(column)
    grid.rows = [_row(cells, kinds) for cells in rows[FIRST_ROW - 1 :] if any(cells[1:])]
    return squared(grid)


def _row(cells: list[str], kinds: list[str]) -> Row:
    by_kind: dict[str, list[str]] = {"in": [], "out": [], "note": []}
    for at, kind in enumerate(kinds, 1):
        by_kind.get(kind, []).append(_cell(cells, at))
    return Row(tests=by_kind["in"], outputs=by_kind["out"], annotations=by_kind["note"])


def _cell(cells: list[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _rows(data: bytes) -> list[list[str]]:
    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(BytesIO(data)).infolist())
        rows = _cells_of(data) if unpacked <= MOST_UNPACKED else None
    except BROKEN as error:
        raise NotAGridError(f"Expected an Excel file but could not read one: {error}") from None
    if rows is None:
        raise NotAGridError("Expected a smaller Excel file but this one unpacks to too much.")
    return rows


def _cells_of(data: bytes) -> list[list[str]]:
    sheet = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0]
    most = {"max_row": MOST_ROWS + FIRST_ROW, "max_col": MOST_COLUMNS + 1}
    return [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True, **most)]


def _text(value: Any) -> str:
    """Return a cell as FEEL writes it: what Excel made a number or a truth is text again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
