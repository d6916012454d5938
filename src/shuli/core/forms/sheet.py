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
    ChoiceField,
    ChoicesField,
    ComputedField,
    Field,
    FieldBase,
    FormDefinition,
    RatingField,
    SignatureField,
    TableField,
    companion_key,
    fields_of,
)
from shuli.core.forms.outcome import FieldState, Right, Setting, Wrong
from shuli.core.forms.rows import current_rows, read_rows
from shuli.core.forms.scalars import is_empty, read_text

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
    kept = _held_cells(fields, setting.context, setting)
    sheet = Sheet(setting=setting, given=given, effective=kept | given, problems=problems)
    for one in fields:
        if isinstance(one, TableField):
            current = current_rows(one, setting.context.get(one.key))
            sheet.effective[one.key] = effective_rows(one, given.get(one.key), current, setting)
    settle_states(fields, sheet)
    return sheet


def effective_rows(
    table: TableField,
    given: list[Cells] | None,
    current: Mapping[str, Mapping[str, Any]],
    setting: Setting,
) -> list[Cells]:
    """Return the answered rows over those that the case holds; the held ones alone when none were given."""
    rows = [{ROW_KEY: key} for key in current] if given is None else given
    return [_held_cells(table.columns, current.get(row[ROW_KEY], {}), setting) | row for row in rows]


def _held_cells(fields: Iterable[FieldBase], cells: Mapping[str, Any], setting: Setting) -> Cells:
    """Return what the case holds for these fields, in their shape."""
    kept: Cells = {}
    for one in fields:
        if one.key in cells:
            kept[one.key] = held(one, cells[one.key], setting)
        companion = companion_key(one)
        if companion is not None and companion in cells:
            text = read_text(cells[companion], LONGEST_COMPANION, one_line=False)
            kept[companion] = None if isinstance(text, Wrong) else text
    return kept


def held(one: FieldBase, value: Any, setting: Setting) -> Any:
    """Return a value of the case as the field would have stored it; None for one that does not fit it."""
    if _keeps_as_it_is(one, value) or isinstance(one, ComputedField | AutoNumberField):
        return value
    if isinstance(one, TableField | SignatureField):
        return None
    fitting = convert(one, value, setting)
    return None if isinstance(fitting, Wrong) else fitting


def _keeps_as_it_is(one: FieldBase, value: Any) -> bool:
    """Return whether a held value stays valid although a new one like it might not: signatures, options once offered."""
    if isinstance(one, SignatureField):
        return isinstance(value, Mapping) and set(value) == {"by", "at"}
    if isinstance(one, ChoiceField):
        return isinstance(value, str)
    return (
        isinstance(one, ChoicesField)
        and isinstance(value, list)
        and all(isinstance(code, str) for code in value)
    )


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
    elif raw == current and not is_empty(raw) and _keeps_as_it_is(one, current):
        cells[one.key] = current
    else:
        _keep(one.key, convert(one, raw, setting), cells, problems)


def _keep(key: str, value: Any, cells: Cells, problems: dict[str, Wrong]) -> None:
    if isinstance(value, Wrong):
        problems[f"{key}.{value.path}" if value.path else key] = value
    else:
        cells[key] = value


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
    _settle_companion_state(one, path, cells, sheet)


def _settle_companion_state(one: FieldBase, path: str, cells: Cells, sheet: Sheet) -> None:
    """Show the text beside "other" while "other" is chosen, and a rating's remark with its rating."""
    key = companion_key(one)
    if key is None:
        return
    state, asked = sheet.states[path], asks_for_companion(one, cells.get(one.key))
    sheet.states[path.removesuffix(one.key) + key] = FieldState(
        visible=state.visible and asked,
        required=state.visible and asked and not state.readonly and not isinstance(one, RatingField),
        readonly=state.readonly,
        value=cells.get(key),
    )


def asks_for_companion(one: FieldBase, value: Any) -> bool:
    """Return whether the text beside the answer is wanted: always with a rating, else when "other" is chosen."""
    chosen = value if isinstance(value, list) else [value]
    options = one.options if isinstance(one, ChoiceField | ChoicesField) else ()
    return isinstance(one, RatingField) or any(option.other and option.code in chosen for option in options)


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
