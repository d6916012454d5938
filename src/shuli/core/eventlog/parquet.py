"""A log as Parquet: one file, or one a month in folders that DuckDB, Spark and pandas read as one table."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shuli.core.eventlog.columns import LEADING_NAMES, Log, log_schema
from shuli.core.eventlog.errors import LogError

ROW_GROUP = 131_072  # rows that are gathered before they are written: what a reader skips or reads at once
MONTH = "%Y-%m"


def write_parquet(log: Log, out: BinaryIO) -> None:
    """Write the log as one file, batch by batch."""
    with pq.ParquetWriter(out, log.schema, compression="zstd") as writer:
        for batch in log.batches():
            writer.write_batch(batch)


def write_partitions(log: Log, open_part: Callable[[str], BinaryIO]) -> dict[str, int]:
    """Write the log as one file a month (in UTC), each to what `open_part("2026-11")` opens; return the rows of each."""
    rows: dict[str, int] = {}
    with ExitStack() as open_files:
        parts: dict[str, _Part] = {}
        for batch in log.batches():
            months = pc.strftime(batch.column("at"), format=MONTH)
            for month in pc.unique(months).to_pylist():
                if month not in parts:
                    out = open_files.enter_context(open_part(month))
                    parts[month] = _Part(out, log.schema)
                    open_files.callback(parts[month].close)
                found = batch.filter(pc.equal(months, month))
                parts[month].add(found)
                rows[month] = rows.get(month, 0) + found.num_rows
    return rows


class _Part:
    """One file that is being written; small batches are gathered to row groups."""

    def __init__(self, out: BinaryIO, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(out, schema, compression="zstd")
        self._kept: list[pa.RecordBatch] = []
        self._rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        self._kept.append(batch)
        self._rows += batch.num_rows
        if self._rows >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._kept:
            self._writer.write_table(pa.Table.from_batches(self._kept))
        self._kept, self._rows = [], 0

    def close(self) -> None:
        self._flush()
        self._writer.close()


def read_parquet(sources: Sequence[Callable[[], BinaryIO]]) -> Log:
    """Return the log that these files hold, one after another; LogError: they hold none or differ in their columns."""
    schemas = [_schema(source) for source in sources]
    if not schemas or any(schema != schemas[0] for schema in schemas):
        raise LogError(f"Expected files with the same columns but found {len(set(map(str, schemas)))} kinds.")

    def batches() -> Iterator[pa.RecordBatch]:
        for source in sources:
            with source() as opened, pq.ParquetFile(opened) as file:
                for batch in file.iter_batches():
                    yield batch.select(schemas[0].names).cast(schemas[0])

    return Log(schema=schemas[0], batches=batches)


def _schema(source: Callable[[], BinaryIO]) -> pa.Schema:
    try:
        with source() as opened, pq.ParquetFile(opened) as file:
            found = file.schema_arrow
    except pa.ArrowInvalid as error:
        raise LogError(f"Expected a Parquet file but could not read one: {error}") from None
    missing = [name for name in LEADING_NAMES[:3] if name not in found.names]
    if missing:
        raise LogError(f"Expected the columns of a log but did not find: {', '.join(missing)}.")
    return log_schema({field.name: field.type for field in found})
