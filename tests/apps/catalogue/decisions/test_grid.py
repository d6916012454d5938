"""A table as a page edits it: there and back, cell by cell, and what is refused."""

import msgspec
import pytest

from library.shipped import decision_model
from shuli.apps.catalogue.decisions.difference import difference
from shuli.apps.catalogue.decisions.grid import (
    Grid,
    NotAGridError,
    Row,
    empty_grid,
    grid_from_post,
    grid_of,
    model_with,
    new_model,
    read_grid,
    step,
)
from shuli.apps.catalogue.decisions.spreadsheets import grid_of_workbook, workbook_of
from shuli.core.feel.dmn import read_dmn, write_dmn


@pytest.fixture
def model():
    return decision_model("P-COMPLAINT", "complaint-level")


def test_a_model_survives_the_way_through_the_grid(model):
    assert write_dmn(model_with(model, grid_of(model))) == write_dmn(model)


def test_a_variable_that_the_table_reads_anew_becomes_input_data(model):
    grid = grid_of(model)
    grid.inputs[0].expression = "urgency"

    found = read_dmn(write_dmn(model_with(model, grid)))

    assert found.findings == ()
    assert "urgency" in {element.name for element in found.model.elements}


def test_the_grid_survives_excel_and_no_cell_is_a_formula(model):
    from io import BytesIO

    from openpyxl import load_workbook

    grid = grid_of(model)
    grid.rows[0].annotations[0] = '=HYPERLINK("http://x")'

    data = workbook_of(grid, "level")

    kinds = {cell.data_type for row in load_workbook(BytesIO(data)).active for cell in row}
    assert "f" not in kinds
    back = grid_of_workbook(data)
    assert (back.rows[0].annotations[0], back.hit_policy) == ('=HYPERLINK("http://x")', "FIRST")
    assert [row.tests for row in back.rows] == [row.tests for row in grid.rows]
    assert [column.label_en for column in back.inputs] == [column.label_en for column in grid.inputs]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"a;b;c"])
def test_what_is_no_excel_file_is_refused(data):
    with pytest.raises(NotAGridError):
        grid_of_workbook(data)


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"hit_policy": "BEST"}', '{"rows": 1}', '{"rows": [' + ", ".join(["{}"] * 2001) + "]}"],
)
def test_what_is_no_grid_is_refused(text):
    with pytest.raises(NotAGridError):
        read_grid(text)


def test_short_rows_are_filled_and_long_ones_cut():
    grid = empty_grid()
    grid.rows = [Row(), Row(tests=["1", "2", "3"], outputs=["1"], annotations=["x"])]

    found = read_grid(msgspec.json.encode(grid))

    assert [(row.tests, row.outputs) for row in found.rows] == [([""], [""]), (["1"], ["1"])]


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [("add-row-1", 3, 2), ("remove-row-0", 1, 2), ("add-input", 2, 3), ("remove-output-0", 2, 2), ("up-row-1", 2, 2), ("nonsense", 2, 2)],
)  # fmt: skip
def test_a_button_changes_the_table(name, rows, columns):
    found = step(empty_grid(), name)

    assert (len(found.rows), len(found.inputs) + len(found.outputs)) == (rows, columns)


def test_cells_of_a_page_without_script_are_read():
    post = {"hit_policy": "ANY", "in-0-id": "in-1", "in-0-expression": "a", "out-0-id": "out-1", "row-0": "rule-1",
            "t-0-0": "> 1", "o-0-0": "2", "note-0": "说明", "a-0-0": "因为"}  # fmt: skip

    grid = grid_from_post(post)

    assert (grid.hit_policy, grid.inputs[0].expression, grid.annotations) == ("ANY", "a", ["说明"])
    assert (grid.rows[0].tests, grid.rows[0].outputs, grid.rows[0].annotations) == (["> 1"], ["2"], ["因为"])


def test_columns_without_an_id_get_one_of_their_own():
    grid = step(step(empty_grid(), "add-input"), "add-input")

    found = grid_of(new_model("x", "x", grid))

    assert [column.id for column in found.inputs] == ["in-1", "in-2", "in-3"]


def test_the_difference_names_rows_that_came_went_and_changed(model):
    before, now = grid_of(model), grid_of(model)
    del now.rows[4]
    now.rows[1].outputs = ['"minor"']
    now.rows.append(Row(tests=["true"] * 5, outputs=['"minor"'], annotations=["a", "b"]))

    found = difference(before, now)

    assert [row.state for row in found.rows if row.state != "same"] == ["changed", "removed", "added"]
    assert not found.is_empty
    assert difference(before, grid_of(model)).is_empty
    assert difference(before, Grid(hit_policy="ANY", inputs=before.inputs)).policy == ("FIRST", "ANY")
