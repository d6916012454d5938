"""Excel files as tables of texts, both ways."""

from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from shuli.kit.workbooks import NotAWorkbookError, Sheet, rows_of, text_of, workbook_of

CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40).map(str.strip)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_again(rows):
    data = workbook_of(Sheet(title="清单[1]", head=["a", "b"], rows=rows))

    assert rows_of(data, 100) == [["a", "b"], *rows]


@given(st.sampled_from("=+-@").flatmap(lambda sign: CELL.map(lambda text: sign + text)))
def test_no_cell_is_ever_a_formula(text):
    data = workbook_of(Sheet(title="x", head=[text], rows=[[text]]))

    cells = [cell for row in load_workbook(BytesIO(data)).active for cell in row]
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04broken"])
def test_what_is_no_excel_file_is_refused(data):
    with pytest.raises(NotAWorkbookError):
        rows_of(data, 10)


def test_one_row_too_many_is_seen():
    data = workbook_of(Sheet(title="x", head=["a"], rows=[["1"]] * 9))

    assert len(rows_of(data, 5)) == 6


def test_numbers_and_days_are_read_as_a_person_types_them():
    assert [text_of(one) for one in (None, 3.0, 2.5, date(2027, 3, 31), datetime(2027, 3, 31), " x ")] == [
        "", "3", "2.5", "2027-03-31", "2027-03-31", "x",
    ]  # fmt: skip


def test_a_formula_in_a_file_that_is_read_is_never_reckoned():
    book = Workbook()
    book.active.append(["=1+1"])
    out = BytesIO()
    book.save(out)

    assert rows_of(out.getvalue(), 5) in ([], [[]])
