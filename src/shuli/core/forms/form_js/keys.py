"""Names from elsewhere as names that our expressions can say."""

import re
from typing import Any

from shuli.core.forms.form_js.notes import Note
from shuli.core.forms.linting import IDENTIFIER, RESERVED

LONGEST = 60
CONDITIONS = ("visible", "required", "readonly", "min", "max", "expression")


def settle_keys(form: dict[str, Any], notes: list[Note]) -> None:
    """Give every field a key that is an identifier and no other field's, and rename it in the expressions of the form."""
    fields = [field for section in form["sections"] for field in section["fields"]]
    renamed = _settle(fields, notes)
    for table in fields:
        inner = _settle(table.get("columns", []), notes)
        for column in table.get("columns", []):
            _rename(column, {**renamed, **inner})
        _rename(table, renamed)


def _settle(fields: list[dict[str, Any]], notes: list[Note]) -> dict[str, str]:
    taken: set[str] = set()
    renamed: dict[str, str] = {}
    for field in fields:
        found = field["key"]
        key = _free(identifier(found) or str(field["type"]), taken)
        taken.add(key)
        if not found:
            notes.append(Note(code="key_invented", key=key, params={"key": key}))
        elif key != found:
            renamed.setdefault(found, key)
            notes.append(Note(code="key_changed", key=key, params={"found": found[:60], "key": key}))
        field["key"] = key
    return renamed


def identifier(found: str) -> str:
    """Return a name such as order_date for orderDate, Order date or order.date; empty where nothing is left of it."""
    if IDENTIFIER.fullmatch(found) and found not in RESERVED:
        return found
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", found)
    key = re.sub(r"[^a-z0-9]+", "_", apart.lower()).strip("_")
    key = key.lstrip("0123456789_")[: LONGEST - 4]
    return f"{key}_value" if key in RESERVED else key


def _free(key: str, taken: set[str]) -> str:
    number, free = 2, key
    while free in taken:
        number, free = number + 1, f"{key}_{number}"
    return free


def _rename(field: dict[str, Any], renamed: dict[str, str]) -> None:
    for name in CONDITIONS:
        source = field.get(name)
        if isinstance(source, str):
            field[name] = _renamed(source, renamed)


def _renamed(source: str, renamed: dict[str, str]) -> str:
    """Return the expression with the new names; what stands between quotation marks stays."""
    parts = re.split(r'("(?:[^"\\]|\\.)*")', source)
    for old, new in renamed.items():
        whole = re.compile(rf"(?<![\w.]){re.escape(old)}(?!\w)")
        parts[::2] = [whole.sub(lambda _: new, part) for part in parts[::2]]  # noqa: B023 — used at once
    return "".join(parts)
