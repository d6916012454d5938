"""Writing the changes of many cases together: few statements for a lot, whatever each case has become.

The changes of one case keep their order within each table; different tables, and different cases, do not depend on one
another. New rows go by COPY, changed rows by one UPDATE. Cases that change alike are a block: what they have in common is
said once, and only what differs (their keys, hashes, titles) goes as a column of values.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any, cast

from django.db import connection
from psycopg import RawCursor
from psycopg.types.array import ListBinaryDumper
from psycopg.types.numeric import Int8BinaryDumper

from shuli.apps.cases.changes import STATEMENTS, TABLES, UPDATES, Change
from shuli.apps.cases.copying import Block, Differing, compact, copy, filled
from shuli.kit.failpoints import failpoint

_INSERT = re.compile(r"\s*INSERT INTO (\w+) \(([^)]*)\)\s+VALUES \(([^)]*)\)\s*(ON CONFLICT.*)?$", re.DOTALL)
LITERALS = {"''": "", "false": False, "0": 0, "'pending'": "pending"}
# Whose last two parameters say which rows it is about, and nothing else does.
_ONE_ROW = re.compile(r"WHERE case_id = %s AND (?:number|seat|visit_number) = %s(?!.*%s)", re.DOTALL)
PRECISE = {name for name, text in STATEMENTS.items() if _ONE_ROW.search(text)}

TYPES = "SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = 'types_of_a_change'"

Written = tuple[str, Block]  # a change, for all cases that make it alike
Key = tuple[str, Any]


@dataclass(kw_only=True)
class Group:
    """Changes of one kind that may be made at once: none of them depends on another."""

    name: str
    blocks: list[Block] = field(default_factory=list)


def block_of(change: Change, keys: Differing, place: int) -> Written:
    """Return the change of the cases with these keys; the key's place is what stands there for it."""
    name, values = change
    columns = list(values)
    columns[values.index(place)] = keys
    if dict in map(type, values):
        columns = [json.dumps(value) if isinstance(value, dict) else value for value in columns]
    return name, Block(columns=columns, size=len(keys))


def write_many(changes_of_cases: Iterable[Sequence[Written]], *, are_new: bool = False) -> None:
    """Make the changes of many cases, each list in its order; the first failure fails the transaction.

    Each case stands in one list only. What belongs to cases that are new can clash with no row that is there.
    """
    groups = grouped(changes_of_cases)
    times = [group.name for group in groups]
    for group in groups:
        _write(group, is_free=are_new and times.count(group.name) == 1)
    failpoint("rows.sent")


def grouped(changes_of_cases: Iterable[Sequence[Written]]) -> list[Group]:
    """Return the changes as groups, such that each case finds its own of one table in their order."""
    tables: dict[str, list[Group]] = {}
    known: dict[tuple[Key, ...], list[Group]] = {}
    for changes in changes_of_cases:
        kinds = tuple((name, _key(name, block)) for name, block in changes)
        if kinds not in known:
            known[kinds] = list(_places(kinds, tables))
        for group, (_, block) in zip(known[kinds], changes, strict=True):
            group.blocks.append(block)
    return [group for groups in tables.values() for group in groups]


def _places(kinds: Iterable[Key], tables: dict[str, list[Group]]) -> Iterator[Group]:
    """Yield the group of each change: the first of its kind, from the one of the change before on, that bears it."""
    reached: dict[str, int] = {}
    taken: set[tuple[str, int, Any]] = set()
    for name, key in kinds:
        table = TABLES[name]
        groups = tables.setdefault(table, [])
        for here in range(reached.get(table, 0), len(groups)):
            if groups[here].name == name and (key is None or (table, here, key) not in taken):
                break
        else:
            here = len(groups)
            groups.append(Group(name=name))
        reached[table] = here
        taken.add((table, here, key))
        yield groups[here]


def _key(name: str, block: Block) -> Any:
    """Return what must not be twice in one statement for a case: the row that it changes; None where it only adds rows."""
    if name == "set_timer":
        return block.columns[1]
    if name in PRECISE:
        return block.columns[-1]
    return "case" if name in UPDATES else None


def _write(group: Group, *, is_free: bool) -> None:
    found = _INSERT.match(STATEMENTS[group.name])
    parts = [part.strip() for part in found[3].split(",")] if found else []
    is_plain = found is not None and (is_free or not found[4])
    if found and is_plain and all(part == "%s" or part in LITERALS for part in parts):
        copy(found[1], found[2], [filled(parts, LITERALS, block) for block in compact(group.blocks)])
        return
    for block in compact(group.blocks):
        _send(group.name, block)


def _send(name: str, block: Block) -> None:
    is_column = tuple(isinstance(value, Differing) for value in block.columns)
    cursor = RawCursor(_raw())
    cursor.adapters.register_dumper(int, Int8BinaryDumper)  # one plan, however large a number is
    cursor.adapters.register_dumper(Differing, ListBinaryDumper)  # JSON as text would be escaped sign by sign
    with connection.wrap_database_errors:
        cursor.execute(_together(name, is_column), block.columns, prepare=True)


def _raw() -> Any:
    connection.ensure_connection()
    return cast("Any", connection.connection)


@lru_cache(maxsize=500)
def _together(name: str, is_column: tuple[bool, ...]) -> str:
    """Return the statement that makes a change for every place of the parameters that are columns."""
    types = _types(name)
    named = count(1)
    said = [
        f"v.p{n}" if column else f"${n}::{kind}"
        for n, (column, kind) in enumerate(zip(is_column, types, strict=True), 1)
    ]
    text = re.sub("%s", lambda _: said[next(named) - 1], STATEMENTS[name])
    columns = [n for n, column in enumerate(is_column, start=1) if column]
    arrays = ", ".join(f"${n}::{types[n - 1]}[]" for n in columns)
    source = f"FROM unnest({arrays}) AS v({', '.join(f'p{n}' for n in columns)})"
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
