"""Match the rows of an answered table with those that the case already holds.

Every stored row carries its key under `row`: that of the fixed row, or a number given once. So a cell that a node may not
write stays with its row when rows before it are removed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from shuli.core.forms.definition import ROW_KEY, TableField
from shuli.core.forms.outcome import Wrong, wrong
from shuli.core.forms.scalars import is_empty

LONGEST_ROW_KEY = 60

Row = Mapping[str, Any]


class AnsweredRow(Struct, frozen=True, kw_only=True):
    """One row as it came in, its key, and the same row as the case holds it."""

    key: str
    answers: Row = {}
    current: Row = {}


class AnsweredRows(Struct, frozen=True, kw_only=True):
    """The rows in their order; problems carry a path such as ".3"."""

    rows: tuple[AnsweredRow, ...]
    problems: tuple[Wrong, ...] = ()


def current_rows(table: TableField, held: Any) -> dict[str, Row]:
    """Return the rows that the case holds, by key; of fixed rows that it lacks, the first values."""
    items = [item for item in held if isinstance(item, Mapping)] if isinstance(held, list | tuple) else []
    rows: dict[str, Row] = {}
    for number, item in enumerate(items, 1):
        key = _row_key(item) or str(number)
        rows.setdefault(key, {**item, ROW_KEY: key})
    if not table.fixed_rows:
        return rows
    return {row.key: rows.get(row.key) or {**row.values, ROW_KEY: row.key} for row in table.fixed_rows}


def read_rows(table: TableField, raw: Any, current: Mapping[str, Row]) -> AnsweredRows | Wrong:
    """Return the answered rows beside the rows that they change."""
    if not is_empty(raw) and (isinstance(raw, str | bytes) or not isinstance(raw, Sequence)):
        return wrong("not_list", found=raw)
    items = [] if is_empty(raw) else list(raw)
    problems = tuple(
        wrong("not_row", f".{number}", found=item)
        for number, item in enumerate(items[: table.max_rows])
        if not isinstance(item, Mapping)
    )
    rows = [item if isinstance(item, Mapping) else {} for item in items]
    if table.fixed_rows:
        return AnsweredRows(rows=_fixed(table, rows, current), problems=problems)
    if len(rows) > table.max_rows:
        problems += (wrong("too_many", limit=table.max_rows, found=len(rows)),)
    return AnsweredRows(rows=_free(rows[: table.max_rows], current), problems=problems)


def _fixed(table: TableField, rows: Sequence[Row], current: Mapping[str, Row]) -> tuple[AnsweredRow, ...]:
    named = {_row_key(row): row for row in rows}
    found = []
    for number, fixed in enumerate(table.fixed_rows):
        by_place = rows[number] if number < len(rows) and not _row_key(rows[number]) else {}
        answers = named.get(fixed.key, by_place)
        found.append(AnsweredRow(key=fixed.key, answers=answers, current=current[fixed.key]))
    return tuple(found)


def _free(rows: Sequence[Row], current: Mapping[str, Row]) -> tuple[AnsweredRow, ...]:
    taken: set[str] = set()
    keys: list[str] = []
    for row in rows:
        key = _row_key(row)
        keys.append("" if key in taken else key)
        taken.add(key)
    following = 1 + max((int(key) for key in taken | set(current) if key.isdecimal()), default=0)
    found = []
    for key, row in zip(keys, rows, strict=True):
        if not key:
            key, following = str(following), following + 1  # noqa: PLW2901 - a new row gets the next number
        found.append(AnsweredRow(key=key, answers=row, current=current.get(key, {})))
    return tuple(found)


def _row_key(row: Row) -> str:
    key = row.get(ROW_KEY)
    if isinstance(key, int) and not isinstance(key, bool) and 0 < key < 10**9:
        return str(key)
    if not isinstance(key, str) or len(key) > LONGEST_ROW_KEY:
        return ""
    is_plain = key.isascii() and key.replace("_", "a").isalnum()
    # a number of many digits would make the next one longer and longer
    return key if is_plain and not (key.isdecimal() and len(key) > 9) else ""
