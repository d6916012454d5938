"""Bring together what was answered now and what the case already holds.

An answer that the node may not give stays out of what conditions and computed fields see: it changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from shuli.core.forms.conditions import json_value
from shuli.core.forms.conversion import convert
from shuli.core.forms.definition import (
    ROW_KEY,
    AutoNumberField,
    ChoiceField,
    ChoicesField,
    ComputedField,
    DecisionField,
    Field,
    FieldBase,
    SignatureField,
    TableField,
    companion_key,
)
from shuli.core.forms.outcome import Right, Setting, Wrong
from shuli.core.forms.rows import current_rows, read_rows
from shuli.core.forms.scalars import is_empty, read_text

# The text beside "other" and a rating's remark.
LONGEST_COMPANION = 500

Cells = dict[str, Any]


def typed_companion(one: FieldBase) -> str | None:
    """Return the key of the text that somebody may type beside the answer."""
    return None if isinstance(one, ComputedField) else companion_key(one)


def decided(one: DecisionField, scope: Mapping[str, Any], setting: Setting) -> tuple[Any, Any]:
    """Return what the field's decision gives for these variables, and what is kept of how it came about."""
    if setting.decide is None:
        # a filled form to be read: what was decided then, not what would be today
        return setting.context.get(one.key), setting.context.get(f"{one.key}_by")
    found = setting.decide(one.decision, scope, setting.now)
    if found is None:
        return None, None
    value = found.value
    if one.output:
        value = value.get(one.output) if isinstance(value, Mapping) else None
    return value, found.record()


def right_of(setting: Setting, *paths: str) -> Right:
    """Return the right that the first of these paths has at the node."""
    for path in (*paths, "*"):
        if path in setting.rights:
            return setting.rights[path]
    return "write"


def right_paths(path: str) -> tuple[str, ...]:
    """Return where the right of a field or cell is named: "goals.0.metric" in "goals.metric", else in "goals"."""
    parts = path.split(".")
    return (path,) if len(parts) == 1 else (f"{parts[0]}.{parts[-1]}", parts[0])


def may_write(one: FieldBase, path: str, setting: Setting) -> bool:
    """Return whether the node and the form let this field be written at all, whatever its condition says."""
    return right_of(setting, *right_paths(path)) == "write" and one.readonly is not True


def effective_cells(
    fields: Iterable[FieldBase],
    given: Cells,
    current: Mapping[str, Any],
    prefix: str,
    setting: Setting,
) -> Cells:
    """Return the answers over what the case holds, without those that may not be given here."""
    cells: Cells = {}
    for one in fields:
        writable = may_write(one, prefix + one.key, setting)
        if writable and one.key in given:
            cells[one.key] = given[one.key]
        elif one.key in current or one.readonly is True:
            cells[one.key] = expected_value(one, current, prefix, setting)
        companion = typed_companion(one)
        if companion is not None and (companion in given or companion in current):
            text = read_text(current.get(companion), LONGEST_COMPANION, one_line=False)
            kept = None if isinstance(text, Wrong) else text
            cells[companion] = given.get(companion, kept) if writable else kept
    return cells


def effective_rows(
    table: TableField,
    given: list[Cells] | None,
    current: Mapping[str, Mapping[str, Any]],
    setting: Setting,
) -> list[Cells]:
    """Return the answered rows over those that the case holds; the held ones alone when none were given."""
    rows = [{ROW_KEY: key} for key in current] if given is None else given
    prefix = f"{table.key}.*."
    return [
        {ROW_KEY: row[ROW_KEY]}
        | effective_cells(table.columns, row, current.get(row[ROW_KEY], {}), prefix, setting)
        for row in rows
    ]


def expected_value(one: FieldBase, current: Mapping[str, Any], prefix: str, setting: Setting) -> Any:
    """Return what the case holds, or the default of a field that nobody but the form itself fills."""
    value = held(one, current.get(one.key), setting)
    is_ours = one.readonly is True and right_of(setting, *right_paths(prefix + one.key)) == "write"
    if is_empty(value) and is_ours:
        return default_value(one, {**setting.context, **current}, setting)
    return value


def default_value(one: FieldBase, scope: Mapping[str, Any], setting: Setting) -> Any:
    """Return a field's default as it would be stored; None where it has none that fits."""
    if one.default is None or isinstance(one, TableField | ComputedField | AutoNumberField):
        return None
    value = convert(one, json_value(one.default, scope, setting.now), setting)
    return None if isinstance(value, Wrong) else value


def proposed_rows(table: TableField, scope: Mapping[str, Any], setting: Setting) -> list[Cells]:
    """Return the rows with which a table begins: what its default gives, as far as there are columns for it."""
    if not isinstance(table.default, str) or table.fixed_rows:
        return []
    found = json_value(table.default, scope, setting.now)
    rows = [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []
    keys = [column.key for column in table.columns]
    return [{key: row[key] for key in keys if not is_empty(row.get(key))} for row in rows[: table.max_rows]]


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
    """Return the values of the answers that are there, and by path of field or cell what is wrong with the others."""
    cells: Cells = {}
    problems: dict[str, Wrong] = {}
    for one in fields:
        if one.key in answers and not isinstance(one, ComputedField | AutoNumberField):
            _read_cell(one, answers[one.key], current.get(one.key), setting, cells, problems)
        companion = typed_companion(one)
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
        problems |= {f"{one.key}{reason.path}": replace(reason, path="") for reason in rows.problems}
        cells[one.key] = found
    elif raw == current and not is_empty(raw) and _keeps_as_it_is(one, current):
        cells[one.key] = current
    else:
        _keep(one.key, convert(one, raw, setting), cells, problems)


def _keep(key: str, value: Any, cells: Cells, problems: dict[str, Wrong]) -> None:
    if isinstance(value, Wrong):
        problems[key] = value
    else:
        cells[key] = value
