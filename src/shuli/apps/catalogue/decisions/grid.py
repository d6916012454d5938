"""A decision table as a page edits it: plain rows and columns, from a model and back into it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from msgspec import Struct

from shuli.core.feel.dmn import Aggregation, DecisionTable, HitPolicy, Input, Model, Output, Rule
from shuli.core.feel.dmn.decided import annotations_of, main_decision, main_table, with_table
from shuli.core.feel.dmn.model import Decision, InputData, Variable
from shuli.core.feel.dmn.one_decision import model_of_table, variables_of_table
from shuli.core.feel.dmn.texts import english_labels, with_english_labels

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2_000, 60, 4_000
NUMBERED = re.compile(r"(.*?)(\d+)$")


class Column(Struct, kw_only=True):
    """An input column (with an expression) or an output column (with a name and a default)."""

    id: str = ""
    label: str = ""
    label_en: str = ""
    expression: str = ""
    name: str = ""
    type: str = ""
    values: str = ""
    default: str = ""


class Row(Struct, kw_only=True):
    id: str = ""
    tests: list[str] = []
    outputs: list[str] = []
    annotations: list[str] = []


class Grid(Struct, kw_only=True):
    hit_policy: str = "UNIQUE"
    aggregation: str = ""
    inputs: list[Column] = []
    outputs: list[Column] = []
    annotations: list[str] = []
    rows: list[Row] = []


class NotAGridError(ValueError):
    """What was sent is no table that could be kept."""


def read_grid(text: str | bytes) -> Grid:
    """Return the grid that a page sent as JSON; NotAGridError where it is none, or too large."""
    try:
        grid = msgspec.json.decode(text, type=Grid)
    except (msgspec.DecodeError, ValueError) as error:
        raise NotAGridError(str(error)) from None
    return squared(grid)


def squared(grid: Grid) -> Grid:
    """Return the grid with as many cells in every row as there are columns; NotAGridError where it is too large."""
    columns = len(grid.inputs) + len(grid.outputs) + len(grid.annotations)
    if len(grid.rows) > MOST_ROWS or columns > MOST_COLUMNS:
        raise NotAGridError(f"Expected at most {MOST_ROWS} rows and {MOST_COLUMNS} columns but found more.")
    if grid.hit_policy not in {one.value for one in HitPolicy}:
        raise NotAGridError(f"Expected a hit policy but found {grid.hit_policy}.")
    for row in grid.rows:
        row.tests = _fitted(row.tests, len(grid.inputs))
        row.outputs = _fitted(row.outputs, len(grid.outputs))
        row.annotations = _fitted(row.annotations, len(grid.annotations))
    return grid


def _fitted(cells: list[str], count: int) -> list[str]:
    return [cell[:LONGEST_CELL] for cell in cells[:count]] + [""] * (count - len(cells))


def grid_of(model: Model) -> Grid | None:
    """Return the model's main table for editing; None where its main decision is no table."""
    table = main_table(model)
    if table is None:
        return None
    english = english_labels(model)
    return Grid(
        hit_policy=table.hit_policy.value,
        aggregation=table.aggregation.value if table.aggregation else "",
        inputs=[_input_column(part, number, english) for number, part in enumerate(table.inputs, 1)],
        outputs=[_output_column(part, number, english) for number, part in enumerate(table.outputs, 1)],
        annotations=list(table.annotations or (("",) if any(r.annotation for r in table.rules) else ())),
        rows=[
            Row(
                id=rule.id,
                tests=list(rule.tests),
                outputs=list(rule.outputs),
                annotations=list(annotations_of(rule))[: max(len(table.annotations), 1)],
            )
            for rule in table.rules
        ],
    )


def _input_column(part: Input, number: int, english: Mapping[str, str]) -> Column:
    return Column(
        id=part.id or f"in-{number}",
        label=part.label,
        label_en=english.get(part.id, ""),
        expression=part.expression,
        type=part.type,
        values=part.values,
    )


def _output_column(part: Output, number: int, english: Mapping[str, str]) -> Column:
    return Column(
        id=part.id or f"out-{number}",
        label=part.label,
        label_en=english.get(part.id, ""),
        name=part.name,
        type=part.type,
        values=part.values,
        default=part.default,
    )


def table_of(grid: Grid, like: DecisionTable | None = None) -> DecisionTable:
    """Return the grid as a table; what a grid does not show (ids, name) is taken from the table before."""
    number_columns(grid)
    collects = grid.hit_policy == HitPolicy.COLLECT.value
    return DecisionTable(
        inputs=tuple(
            Input(id=c.id, label=c.label, expression=c.expression, type=c.type, values=c.values)
            for c in grid.inputs
        ),
        outputs=tuple(
            Output(id=c.id, label=c.label, name=c.name, type=c.type, values=c.values, default=c.default)
            for c in grid.outputs
        ),
        rules=tuple(_rule(row, number) for number, row in enumerate(grid.rows, 1)),
        hit_policy=HitPolicy(grid.hit_policy),
        aggregation=Aggregation(grid.aggregation) if grid.aggregation and collects else None,
        annotations=tuple(grid.annotations),
        name=like.name if like else "",
        id=like.id if like else "table",
    )


def _rule(row: Row, number: int) -> Rule:
    first, *others = [*row.annotations, ""]
    return Rule(
        id=row.id or f"rule-{number}",
        tests=tuple(cell.strip() or "-" for cell in row.tests),
        outputs=tuple(row.outputs),
        annotation=first,
        annotations=tuple(others[:-1]) if row.annotations else (),
    )


def number_columns(grid: Grid) -> None:
    """Give every column and row that has none an id of its own."""
    for prefix, parts in (("in", grid.inputs), ("out", grid.outputs), ("rule", grid.rows)):
        seen: set[str] = set()
        highest = max((int(m[2]) for one in parts if (m := NUMBERED.match(one.id))), default=0)
        for one in parts:
            if not one.id or one.id in seen:
                highest += 1
                one.id = f"{prefix}-{highest}"
            seen.add(one.id)


def model_with(model: Model, grid: Grid) -> Model:
    """Return the model with the grid as its main table; everything else of the model stays as it is."""
    changed = with_table(model, table_of(grid, main_table(model)))
    columns = [*grid.inputs, *grid.outputs]
    return _with_inputs(with_english_labels(changed, {one.id: one.label_en for one in columns}))


def _with_inputs(model: Model) -> Model:
    """Return the model with input data for every variable that the table reads and nothing gives yet."""
    main, table = main_decision(model), main_table(model)
    if main is None or table is None:
        return model
    known = {element.name: element for element in model.elements}
    wanted = variables_of_table(table)
    ids = {element.id for element in model.elements}
    made: list[InputData] = []
    for name in wanted:
        if name not in known:
            identity = next(f"input-{n}" for n in range(1, 10_000) if f"input-{n}" not in ids)
            ids.add(identity)
            made.append(InputData(id=identity, name=name, variable=Variable(name=name)))
    inputs = {one.name: one for one in (*made, *known.values()) if isinstance(one, InputData)}
    required = tuple(f"#{inputs[name].id}" for name in wanted if name in inputs)
    others = tuple(href for href in main.required_inputs if href not in required)
    changed: Decision = replace(main, required_inputs=(*others, *required))
    elements = tuple(changed if element is main else element for element in model.elements)
    return replace(model, elements=(*made, *elements))


def new_model(key: str, name: str, grid: Grid) -> Model:
    """Return a model around a new table."""
    model = model_of_table(table_of(grid), name=name, namespace=f"urn:shuli:decision:{key}")
    columns = [*grid.inputs, *grid.outputs]
    return with_english_labels(model, {one.id: one.label_en for one in columns})


def empty_grid() -> Grid:
    """Return a table to begin with."""
    return Grid(
        inputs=[Column(id="in-1", expression="", type="")],
        outputs=[Column(id="out-1", name="result", type="string")],
        annotations=["说明"],
        rows=[Row(tests=["-"], outputs=[""], annotations=[""]) for _ in range(2)],
    )


# What a page without script may ask for; `at` counts from 0.
def _insert_row(grid: Grid, at: int) -> None:
    grid.rows.insert(min(at, len(grid.rows)), Row())


def _remove(parts: list[Any], at: int, least: int = 0) -> None:
    if 0 <= at < len(parts) and len(parts) > least:
        del parts[at]


def _move_row(grid: Grid, at: int, by: int) -> None:
    if 0 <= at < len(grid.rows) and 0 <= at + by < len(grid.rows):
        grid.rows.insert(at + by, grid.rows.pop(at))


def _remove_column(grid: Grid, at: int, columns: str, cells: str, least: int) -> None:
    if len(getattr(grid, columns)) <= least:
        return
    _remove(getattr(grid, columns), at)
    for row in grid.rows:
        _remove(getattr(row, cells), at)


STEPS: dict[str, Callable[[Grid, int], None]] = {
    "add-row": _insert_row,
    "remove-row": lambda grid, at: _remove(grid.rows, at),
    "up-row": lambda grid, at: _move_row(grid, at, -1),
    "down-row": lambda grid, at: _move_row(grid, at, 1),
    "add-input": lambda grid, _at: grid.inputs.append(Column()),
    "add-output": lambda grid, _at: grid.outputs.append(Column(type="string")),
    "add-annotation": lambda grid, _at: grid.annotations.append(""),
    "remove-input": lambda grid, at: _remove_column(grid, at, "inputs", "tests", 0),
    "remove-output": lambda grid, at: _remove_column(grid, at, "outputs", "outputs", 1),
    "remove-annotation": lambda grid, at: _remove_column(grid, at, "annotations", "annotations", 0),
}


def step(grid: Grid, name: str) -> Grid:
    """Carry out a button such as `add-row-3` or `remove-input-0`; an unknown one changes nothing."""
    found = NUMBERED.match(name)
    verb, at = (found[1].rstrip("-"), int(found[2])) if found else (name, 0)
    if verb in STEPS:
        STEPS[verb](grid, at)
    return squared(grid)


def grid_from_post(post: Mapping[str, str]) -> Grid:
    """Return the grid that a page without script sent cell by cell."""
    grid = Grid(hit_policy=post.get("hit_policy", "UNIQUE"), aggregation=post.get("aggregation", ""))
    grid.inputs = _columns(post, "in")
    grid.outputs = _columns(post, "out")
    grid.annotations = _cells(post, "note-{}")
    for number in range(MOST_ROWS + 1):
        if f"row-{number}" not in post:
            break
        grid.rows.append(
            Row(
                id=post[f"row-{number}"],
                tests=_cells(post, f"t-{number}-{{}}"),
                outputs=_cells(post, f"o-{number}-{{}}"),
                annotations=_cells(post, f"a-{number}-{{}}"),
            )
        )
    return squared(grid)


def _columns(post: Mapping[str, str], prefix: str) -> list[Column]:
    found: list[Column] = []
    while f"{prefix}-{len(found)}-id" in post and len(found) <= MOST_COLUMNS:
        place = f"{prefix}-{len(found)}-"
        said = {name: post.get(place + name, "") for name in Column.__struct_fields__}
        found.append(Column(**said))
    return found


def _cells(post: Mapping[str, str], pattern: str) -> list[str]:
    found: list[str] = []
    while (key := pattern.format(len(found))) in post and len(found) <= MOST_COLUMNS:
        found.append(post[key])
    return found
