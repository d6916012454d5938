"""A log as batches of typed columns, so that it never has to stand in memory whole.

Six columns come first in every log: `case`, `activity` and `at` are always filled; `lifecycle` (of the XES standard:
start, complete…), `resource` (a person) and `department` may be empty. Columns whose names begin with `case:` tell of
the case and have one value in it; all others tell of the event. A value is a text, an integer, a float, a truth
value or a moment in UTC; None: not known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
from msgspec import Struct

from shuli.core.eventlog.errors import LogError

AT = pa.timestamp("us", tz="UTC")
CASE_PREFIX = "case:"
LEADING = (
    pa.field("case", pa.string(), nullable=False),
    pa.field("activity", pa.string(), nullable=False),
    pa.field("at", AT, nullable=False),
    pa.field("lifecycle", pa.string()),
    pa.field("resource", pa.string()),
    pa.field("department", pa.string()),
)
LEADING_NAMES = tuple(field.name for field in LEADING)
# The words of the file formats for what a column may hold.
TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "float": pa.float64(),
    "boolean": pa.bool_(),
    "time": AT,
}
BATCH = 65_536  # rows: some megabytes


class Log(Struct, frozen=True, kw_only=True):
    """A log that can be read again and again: its columns, and what gives its rows anew at each call."""

    schema: pa.Schema
    batches: Callable[[], Iterator[pa.RecordBatch]]


def log_schema(more: Mapping[str, pa.DataType]) -> pa.Schema:
    """Return the columns of a log: the six of every log, those of cases, then those of events."""
    unknown = [name for name, kind in more.items() if kind not in TYPES.values()]
    if unknown:
        raise LogError(f"Expected columns of {', '.join(TYPES)} but found others: {', '.join(unknown)}.")
    own = {name: kind for name, kind in more.items() if name not in LEADING_NAMES}
    ordered = sorted(own, key=lambda name: not name.startswith(CASE_PREFIX))
    return pa.schema([*LEADING, *(pa.field(name, own[name]) for name in ordered)])


def type_name(kind: pa.DataType) -> str:
    return next(name for name, known in TYPES.items() if known == kind)


def of_cases(schema: pa.Schema) -> list[str]:
    """Return the columns that tell of the case."""
    return [name for name in schema.names if name.startswith(CASE_PREFIX)]


def of_events(schema: pa.Schema) -> list[str]:
    """Return the columns that tell of the event, without the six of every log."""
    return [name for name in schema.names if name not in LEADING_NAMES and not name.startswith(CASE_PREFIX)]


def log_of(rows: Iterable[Mapping[str, Any]], more: Mapping[str, pa.DataType] | None = None) -> Log:
    """Return a log that stands in memory: of rows with at least `case`, `activity` and `at`; what a row leaves out is None."""
    schema = log_schema(more or {})
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
    empty = [field.name for field in LEADING if not field.nullable and table[field.name].null_count]
    if empty:
        raise LogError(f"Expected a value in every row but found rows without: {', '.join(empty)}.")
    return Log(schema=schema, batches=lambda: iter(table.to_batches(max_chunksize=BATCH)))


def rows_of(log: Log) -> Iterator[dict[str, Any]]:
    """Give the log's rows one by one, as dictionaries."""
    for batch in log.batches():
        yield from batch.to_pylist()


def batches_of(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Gather rows to batches of the schema."""
    kept: list[Mapping[str, Any]] = []
    for row in rows:
        kept.append(row)
        if len(kept) == BATCH:
            yield pa.RecordBatch.from_pylist(kept, schema=schema)
            kept = []
    if kept:
        yield pa.RecordBatch.from_pylist(kept, schema=schema)


def cases_together(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give each case with its rows; LogError where a case comes a second time after another one.

    One case stands in memory at a time. Whether one comes again is told by a fingerprint of 8 bytes for each.
    """
    seen: set[int] = set()
    name, rows = "", list[dict[str, Any]]()
    for row in (row for batch in batches for row in batch.to_pylist()):
        if rows and row["case"] != name:
            yield name, rows
            rows = []
        if not rows:
            name = row["case"]
            if hash(name) in seen:
                raise LogError(
                    f"Expected the events of a case together but {name} comes twice. Sort by case."
                )
            seen.add(hash(name))
        rows.append(row)
    if rows:
        yield name, rows
