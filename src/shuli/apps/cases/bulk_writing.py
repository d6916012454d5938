"""Writing the changes of many cases together: few statements for a lot, whatever each case has become.

The changes of one case keep their order within each table; different tables, and different cases, do not depend on one
another. New rows go by COPY, changed rows by one UPDATE whose parameters are columns of values.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any, cast

from django.db import connection
from psycopg import RawCursor
from psycopg.types.array import ListBinaryDumper
from psycopg.types.numeric import Int8BinaryDumper

from shuli.apps.cases.changes import STATEMENTS, TABLES, UPDATES, Change
from shuli.kit.failpoints import failpoint

_INSERT = re.compile(r"\s*INSERT INTO (\w+) \(([^)]*)\)\s+VALUES \(([^)]*)\)\s*(ON CONFLICT.*)?$", re.DOTALL)
LITERALS = {"''": "", "false": False, "0": 0, "'pending'": "pending"}
# Whose last two parameters say which rows it is about, and nothing else does.
_ONE_ROW = re.compile(r"WHERE case_id = %s AND (?:number|seat|visit_number) = %s(?!.*%s)", re.DOTALL)
PRECISE = {name for name, text in STATEMENTS.items() if _ONE_ROW.search(text)}

TYPES = "SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = 'types_of_a_change'"


@dataclass(kw_only=True)
class Group:
    """Changes of one kind that may be made at once: none of them depends on another."""

    name: str
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    keys: set[Any] = field(default_factory=set)


def write_many(changes_of_cases: Iterable[Sequence[Change]]) -> None:
    """Make the changes of many cases, each list in its order; the first failure fails the transaction."""
    for group in grouped(changes_of_cases):
        _write(group)
    failpoint("rows.sent")


def grouped(changes_of_cases: Iterable[Sequence[Change]]) -> list[Group]:
    """Return the changes as groups, such that each case finds its own of one table in their order."""
    tables: dict[str, list[Group]] = {}
    for number, changes in enumerate(changes_of_cases):
        places: dict[str, int] = {}
        for name, values in changes:
            table = TABLES[name]
            groups = tables.setdefault(table, [])
            places[table] = _put(groups, places.get(table, 0), (name, values), number)
    return [group for groups in tables.values() for group in groups]


def _put(groups: list[Group], place: int, change: Change, case: int) -> int:
    """Put a change into the first group of its kind from this place on that bears it, or behind all; return where."""
    name, values = change
    key = _key(name, values, case)
    for here in range(place, len(groups)):
        if groups[here].name == name and (key is None or key not in groups[here].keys):
            break
    else:
        here = len(groups)
        groups.append(Group(name=name))
    groups[here].rows.append(
        tuple([json.dumps(value) if isinstance(value, dict) else value for value in values])
    )
    groups[here].keys.add(key)
    return here


def _key(name: str, values: tuple[Any, ...], case: int) -> Any:
    """Return what must not be twice in one statement: rows that it changes; None where it only adds rows."""
    if name == "set_timer":
        return values[:2]
    if name in PRECISE:
        return values[-2:]
    return case if name in UPDATES else None


def _write(group: Group) -> None:
    found = _INSERT.match(STATEMENTS[group.name])
    parts = [part.strip() for part in found[3].split(",")] if found else []
    if found and not found[4] and all(part == "%s" or part in LITERALS for part in parts):
        copy(found[1], found[2], [_filled(parts, row) for row in group.rows])
        return
    columns = [list(column) for column in zip(*group.rows, strict=True)]
    cursor = RawCursor(_raw())
    cursor.adapters.register_dumper(int, Int8BinaryDumper)  # one plan, however large a number is
    cursor.adapters.register_dumper(list, ListBinaryDumper)  # JSON as text would be escaped sign by sign
    statement = _together(group.name)
    with connection.wrap_database_errors:
        cursor.execute(statement, columns, prepare=True)


def _filled(parts: list[str], row: tuple[Any, ...]) -> list[Any]:
    values = iter(row)
    return [next(values) if part == "%s" else LITERALS[part] for part in parts]


def copy(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Add rows by COPY."""
    with (
        connection.wrap_database_errors,
        _raw().cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target,
    ):
        for row in rows:
            target.write_row(row)


def _raw() -> Any:
    connection.ensure_connection()
    return cast("Any", connection.connection)


def _together(name: str) -> str:
    """Return the statement that makes a change for every place of its parameters' columns."""
    types = _types(name)
    named = count(1)
    text = re.sub("%s", lambda _: f"v.p{next(named)}", STATEMENTS[name])
    arrays = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(types, start=1))
    source = f"FROM unnest({arrays}) AS v({', '.join(f'p{n}' for n in range(1, len(types) + 1))})"
    if name in UPDATES:
        before, _, after = text.rpartition("WHERE")
        return f"{before} {source} WHERE {after}"
    if values := re.search(r"VALUES \((.*?)\)(?=\s*(?:ON CONFLICT|$))", text, re.DOTALL):
        return f"{text[: values.start()]} SELECT {values[1]} {source} {text[values.end() :]}"
    return text.replace("FROM (", f"{source}, LATERAL (", 1)


@lru_cache(maxsize=200)
def _types(name: str) -> tuple[str, ...]:
    """Return the types of a statement's parameters, as PostgreSQL finds them."""
    number = count(1)
    text = re.sub("%s", lambda _: f"${next(number)}", STATEMENTS[name])
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE types_of_a_change AS {text}")
        cursor.execute(TYPES)
        (types,) = cursor.fetchone()
        cursor.execute("DEALLOCATE types_of_a_change")
    return tuple(types)
