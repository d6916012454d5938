"""Answers that not everybody may see whole, and those that lists can be searched by."""

from collections.abc import Mapping
from typing import Any

from shuli.core.forms.definition import FieldBase, FormDefinition, TableField, fields_of
from shuli.core.forms.scalars import is_empty

# Shorter texts are masked whole; of longer ones a third stays readable at each end, at most this much.
SHORTEST_SHOWN = 5
MOST_SHOWN = 4


def mask(value: Any) -> str:
    """Return a masked text: 138****5678 for a telephone number, nothing but stars for lists and short texts."""
    text = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if len(text) < SHORTEST_SHOWN:
        return "****"
    shown = min(MOST_SHOWN, len(text) // 3)
    start = min(3, shown)
    return f"{text[:start]}****{text[-shown:]}"


def masked_values(form: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the answers of sensitive fields and columns masked."""
    masked = dict(values)
    for one in fields_of(form):
        if isinstance(one, TableField) and not one.sensitive:
            masked |= {one.key: _masked_rows(one, values[one.key])} if one.key in values else {}
        else:
            _mask_into(one, masked)
    return masked


def searchable_values(form: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of the fields that lists are searched by; empty ones are left out."""
    keys = [one.key for one in fields_of(form) if one.searchable]
    return {key: values[key] for key in keys if not is_empty(values.get(key))}


def _masked_rows(table: TableField, rows: Any) -> Any:
    if not isinstance(rows, list):
        return rows
    masked = [dict(row) if isinstance(row, Mapping) else {} for row in rows]
    for row in masked:
        for column in table.columns:
            _mask_into(column, row)
    return masked


def _mask_into(one: FieldBase, cells: dict[str, Any]) -> None:
    if one.sensitive and not is_empty(cells.get(one.key)):
        cells[one.key] = mask(cells[one.key])
