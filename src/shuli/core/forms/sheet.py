"""The sheet: the answers of a form in typed shape, with the state of every field and cell at this moment.

First every answer is read by its type, without looking at conditions. Then conditions and computed fields are reckoned over
the result, again and again until nothing changes, because one may depend on another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shuli.core.forms.conditions import evaluate, holds, to_json
from shuli.core.forms.conversion import convert, to_feel
from shuli.core.forms.definition import (
    ROW_KEY,
    AutoNumberField,
    ComputedField,
    Field,
    FieldBase,
    FormDefinition,
    TableField,
    companion_key,
    fields_of,
)
from shuli.core.forms.outcome import FieldState, Right, Setting, Wrong
from shuli.core.forms.rows import current_rows, read_rows
from shuli.core.forms.scalars import read_text

# Fields that depend on one another in a circle stop here, with the last state.
MOST_ROUNDS = 10

# The text beside "other" and a rating's remark.
LONGEST_COMPANION = 500

Cells = dict[str, Any]


@dataclass(kw_only=True, slots=True)
class Sheet:
    """`given` holds what was answered now, `effective` also what the case already knew; both by key of the field.

    `problems`, `scopes` (what expressions in a row see), `states` and `absent` (what a condition hides) go by path.
    """

    setting: Setting
    given: Cells
    effective: Cells
    problems: dict[str, Wrong]
    scope: Cells = field(default_factory=dict)
    scopes: dict[str, Cells] = field(default_factory=dict)
    states: dict[str, FieldState] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)


def right_of(setting: Setting, *paths: str) -> Right:
    """Return the right that the first of these paths has at the node."""
    for path in (*paths, "*"):
        if path in setting.rights:
            return setting.rights[path]
    return "write"


def make_sheet(form: FormDefinition, answers: Mapping[str, Any], setting: Setting) -> Sheet:
    """Return the sheet of these answers."""
    fields = tuple(fields_of(form))
    given, problems = read_cells(fields, answers, setting.context, setting)
    kept = {key: setting.context[key] for key in _keys(fields) if key in setting.context}
    sheet = Sheet(setting=setting, given=given, effective=kept | given, problems=problems)
    for one in fields:
        if isinstance(one, TableField):
            sheet.effective[one.key] = _effective_rows(one, given.get(one.key), setting.context.get(one.key))
    settle_states(fields, sheet)
    return sheet


def _effective_rows(table: TableField, given: list[Cells] | None, held: Any) -> list[Cells]:
    current = current_rows(table, held)
    if given is None:
        return [dict(row) for row in current.values()]
    return [{**current.get(row[ROW_KEY], {}), **row} for row in given]


def read_cells(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    current: Mapping[str, Any],
    setting: Setting,
) -> tuple[Cells, dict[str, Wrong]]:
    """Return the values of the answers that are there, and by path what is wrong with the others."""
    cells: Cells = {}
    problems: dict[str, Wrong] = {}
    for one in fields:
        if one.key in answers and not isinstance(one, ComputedField | AutoNumberField):
            _read_cell(one, answers[one.key], current.get(one.key), setting, cells, problems)
        companion = companion_key(one)
        if companion in answers and companion is not None:
            text = read_text(answers[companion], LONGEST_COMPANION, one_line=False)
            _keep(companion, text, cells, problems)
    return cells, problems


def _read_cell(
    one: Field,
    raw: Any,
    current: Any,
    setting: Setting,
    cells: Cells,
    problems: dict[str, Wrong],
) -> None:
    if isinstance(one, TableField):
        rows = read_rows(one, raw, current_rows(one, current))
        if isinstance(rows, Wrong):
            problems[one.key] = rows
            return
        found = []
        for number, row in enumerate(rows.rows):
            values, wrongs = read_cells(one.columns, row.answers, row.current, setting)
            found.append({ROW_KEY: row.key} | values)
            problems |= {f"{one.key}.{number}.{path}": reason for path, reason in wrongs.items()}
        problems |= {f"{one.key}{reason.path}": reason for reason in rows.problems}
        cells[one.key] = found
    elif current is not None and raw == current:
        # unchanged: also a signature of somebody else, or an option that the form no longer offers
        cells[one.key] = current
    else:
        _keep(one.key, convert(one, raw, setting), cells, problems)


def _keep(key: str, value: Any, cells: Cells, problems: dict[str, Wrong]) -> None:
    if isinstance(value, Wrong):
        problems[f"{key}.{value.path}" if value.path else key] = value
    else:
        cells[key] = value


def _keys(fields: Iterable[Field]) -> Iterable[str]:
    for one in fields:
        yield one.key
        companion = companion_key(one)
        if companion:
            yield companion


def settle_states(fields: Iterable[Field], sheet: Sheet) -> None:
    """Reckon conditions and computed fields until they no longer change."""
    for _ in range(MOST_ROUNDS):
        before = sheet.states
        scope = {**sheet.setting.context, **_feel_cells(fields, sheet.effective, "", sheet.absent)}
        sheet.scope, sheet.states, sheet.absent = scope, {}, set()
        for one in fields:
            _settle_cell(one, one.key, sheet.effective, scope, sheet)
            if isinstance(one, TableField):
                _settle_table(one, scope, sheet)
        if sheet.states == before:
            break


def _settle_table(table: TableField, scope: Cells, sheet: Sheet) -> None:
    parent = sheet.states[table.key]
    absent = set(sheet.absent)
    for column in table.columns:
        _settle_cell(column, f"{table.key}.{column.key}", {}, scope, sheet, parent)
    for number, row in enumerate(sheet.effective[table.key]):
        path = f"{table.key}.{number}"
        row_scope = scope | _feel_cells(table.columns, row, f"{path}.", absent)
        sheet.scopes[path] = row_scope
        for column in table.columns:
            _settle_cell(column, f"{path}.{column.key}", row, row_scope, sheet, parent)


def _settle_cell(
    one: FieldBase,
    path: str,
    cells: Cells,
    scope: Cells,
    sheet: Sheet,
    parent: FieldState | None = None,
) -> None:
    now = sheet.setting.now
    if isinstance(one, ComputedField):
        value = evaluate(one.expression, scope, now)
        scope[one.key], cells[one.key] = value, to_json(value)
    is_shown = holds(one.visible, scope, now)
    if not is_shown:
        sheet.absent.add(path)
    right = right_of(sheet.setting, *right_paths(path))
    visible = is_shown and right != "hidden" and (parent is None or parent.visible)
    readonly = (
        right == "read" or isinstance(one, ComputedField | AutoNumberField) or holds(one.readonly, scope, now)
    )
    readonly = readonly or (parent is not None and parent.readonly)
    sheet.states[path] = FieldState(
        visible=visible,
        required=visible and not readonly and holds(one.required, scope, now),
        readonly=readonly,
        value=cells.get(one.key),
    )


def right_paths(path: str) -> tuple[str, ...]:
    """Return where the right of a field or cell is named: "goals.0.metric" in "goals.metric", else in "goals"."""
    parts = path.split(".")
    return (path,) if len(parts) == 1 else (f"{parts[0]}.{parts[-1]}", parts[0])


def _feel_cells(
    fields: Iterable[FieldBase], cells: Mapping[str, Any], prefix: str, absent: set[str]
) -> Cells:
    """Return cells as FEEL sees them; what a condition hides is null."""
    found = dict(cells)
    for one in fields:
        value = cells.get(one.key)
        if prefix + one.key in absent:
            found[one.key] = None
        elif isinstance(one, TableField):
            rows = enumerate(value or ())
            found[one.key] = [_feel_cells(one.columns, row, f"{one.key}.{n}.", absent) for n, row in rows]
        else:
            found[one.key] = to_feel(one, value)
    return found
