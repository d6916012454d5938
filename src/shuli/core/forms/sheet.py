"""The sheet: the answers of a form in typed shape, with the state of every field and cell at this moment.

First every answer is read by its type, without looking at conditions. Then conditions and computed fields are reckoned over
the result, again and again until nothing changes, because one may depend on another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shuli.core.forms.answers import (
    Cells,
    decided,
    effective_cells,
    effective_rows,
    may_write,
    read_cells,
    right_of,
    right_paths,
)
from shuli.core.forms.conditions import evaluate, holds, to_json
from shuli.core.forms.conversion import to_feel
from shuli.core.forms.definition import (
    AutoNumberField,
    ChoiceField,
    ChoicesField,
    ComputedField,
    DecisionField,
    Field,
    FieldBase,
    FormDefinition,
    RatingField,
    TableField,
    companion_key,
    fields_of,
)
from shuli.core.forms.outcome import FieldState, Setting, Wrong
from shuli.core.forms.rows import current_rows
from shuli.core.forms.scalars import is_empty

# Fields that depend on one another in a circle stop here, with the last state.
MOST_ROUNDS = 10


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
    # stored as null like what nobody answered, but a decision tells the two apart: an empty list, and null
    none_chosen: frozenset[str] = frozenset()


def make_sheet(form: FormDefinition, answers: Mapping[str, Any], setting: Setting) -> Sheet:
    """Return the sheet of these answers."""
    fields = tuple(fields_of(form))
    given, problems = read_cells(fields, answers, setting.context, setting)
    effective = effective_cells(fields, given, setting.context, "", setting)
    for one in fields:
        if isinstance(one, TableField):
            rows = given.get(one.key) if may_write(one, one.key, setting) else None
            current = current_rows(one, setting.context.get(one.key))
            effective[one.key] = effective_rows(one, rows, current, setting)
    sheet = Sheet(setting=setting, given=given, effective=effective, problems=problems)
    sheet.none_chosen = _none_chosen(fields, sheet)
    settle_states(fields, sheet)
    return sheet


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
        _compute(one, cells, scope, sheet)
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


def _compute(one: ComputedField, cells: Cells, scope: Cells, sheet: Sheet) -> None:
    if isinstance(one, DecisionField):
        chosen: Cells = {key: [] for key in sheet.none_chosen if key not in sheet.absent}
        value, by = decided(one, scope | chosen, sheet.setting)
        cells[f"{one.key}_by"] = by
    else:
        value = evaluate(one.expression, scope, sheet.setting.now)
    scope[one.key], cells[one.key] = value, to_json(value)


def _none_chosen(fields: Iterable[FieldBase], sheet: Sheet) -> frozenset[str]:
    """Return the choices that were answered with none of their options; on completing, those left alone as well."""
    return frozenset(
        one.key
        for one in fields
        if isinstance(one, ChoicesField)
        and is_empty(sheet.effective.get(one.key))
        and (sheet.setting.complete or one.key in sheet.effective)
    )


def _settle_companion_state(one: FieldBase, path: str, cells: Cells, sheet: Sheet) -> None:
    """Show the text beside "other" while "other" is chosen, and a rating's remark with its rating."""
    key = companion_key(one)
    if key is None:
        return
    if isinstance(one, DecisionField):
        # what decided stands beside the value, and nobody types it
        path = path.removesuffix(one.key) + key
        sheet.states[path] = FieldState(visible=False, required=False, readonly=True, value=cells.get(key))
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
