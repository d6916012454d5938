"""A log as comma-separated text: a head with the names of the columns, quoted texts, nothing at all for None."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from pyarrow import csv

from shuli.core.eventlog.columns import AT, LEADING_NAMES, Log, log_schema
from shuli.core.eventlog.errors import LogError

REQUIRED = ("case", "activity", "at")
BLOCK = 4 * 1024 * 1024  # bytes that are parsed at once; a row is never longer
ZONED = r"(Z|[+-]\d\d:?\d\d)$"
# Numbers of documents and accounts: with leading zeros or a plus, or longer than a float holds exactly.
KEPT_AS_TEXT = r"^([+-]?0[0-9]|\+|[+-]?[0-9]{16,}$)"
# What people's programs write besides ISO 8601.
OTHER_TIMES = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M")


class Layout(Struct, frozen=True, kw_only=True):
    """How a file that others wrote is to be read."""

    names: Mapping[str, str] = {}  # of the file's columns, by ours: {"case": "订单号"}
    types: Mapping[str, pa.DataType] | None = (
        None  # of the columns besides the six; None: found out by a first reading
    )
    delimiter: str = ","
    encoding: str = "utf-8"
    zone: str = "UTC"  # of times that name none


def write_csv(log: Log, out: BinaryIO) -> None:
    """Write the log, batch by batch."""
    options = csv.WriteOptions(quoting_style="needed", quoting_header="needed")
    with csv.CSVWriter(out, log.schema, write_options=options) as writer:
        for batch in log.batches():
            writer.write_batch(batch)


def read_csv(source: Callable[[], BinaryIO], layout: Layout | None = None) -> Log:
    """Return the log that a file holds; `source` opens it anew. LogError: it is none."""
    layout = layout or Layout()
    try:
        types = layout.types if layout.types is not None else _guessed(source, layout)
    except (pa.ArrowInvalid, UnicodeError) as error:
        raise LogError(f"Expected a CSV file but could not read one: {error}") from None
    schema = log_schema(types)

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            for batch in _texts(source, layout):
                yield _typed(batch, schema, layout.zone)
        except pa.ArrowInvalid as error:
            raise LogError(f"Expected rows that fit their columns but found: {error}") from None

    return Log(schema=schema, batches=batches)


def _texts(source: Callable[[], BinaryIO], layout: Layout) -> Iterator[pa.RecordBatch]:
    """Give the file's rows as texts, under our names."""
    ours = {theirs: name for name, theirs in layout.names.items()}
    with (
        source() as opened,
        csv.open_csv(
            opened,
            read_options=csv.ReadOptions(block_size=BLOCK, encoding=layout.encoding),
            parse_options=csv.ParseOptions(delimiter=layout.delimiter, newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                default_column_type=pa.string(), null_values=[""], strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        ) as reader,
    ):  # fmt: skip
        names = [ours.get(name, name) for name in reader.schema.names]
        missing = [name for name in REQUIRED if name not in names]
        if missing or len(set(names)) < len(names):
            raise LogError(
                f"Expected one column each for {', '.join(REQUIRED)} but found: {', '.join(names)}."
            )
        for batch in reader:
            yield pa.RecordBatch.from_arrays(batch.columns, names=names)


def _typed(batch: pa.RecordBatch, schema: pa.Schema, zone: str) -> pa.RecordBatch:
    columns = []
    for field in schema:
        if field.name not in batch.schema.names:
            columns.append(pa.nulls(batch.num_rows, field.type))
            continue
        texts = batch.column(field.name)
        if texts.null_count and not field.nullable:
            raise LogError(
                f"Expected a value in every row of {field.name} but found {texts.null_count} without."
            )
        columns.append(_times(texts, zone) if field.type == AT else texts.cast(field.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _times(texts: pa.Array, zone: str) -> pa.Array:
    """Return the moments: in ISO 8601 or a few other ways, in `zone` where they name none."""
    zoned = pc.match_substring_regex(texts, ZONED)
    if pc.all(zoned).as_py() is not False:
        return texts.cast(AT)
    if pc.any(zoned).as_py():
        raise LogError("Expected all times of a column with a zone, or none, but found both.")
    return pc.assume_timezone(_plain_times(texts), zone, ambiguous="earliest", nonexistent="latest").cast(AT)


def _plain_times(texts: pa.Array) -> pa.Array:
    try:
        return texts.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        for form in OTHER_TIMES:
            found = pc.strptime(texts, format=form, unit="us", error_is_null=True)
            if found.null_count == texts.null_count:
                return found
        raise


def _guessed(source: Callable[[], BinaryIO], layout: Layout) -> dict[str, pa.DataType]:
    """Return the narrowest type that fits all values of each column besides the six."""
    possible: dict[str, list[pa.DataType]] = {}
    filled: set[str] = set()
    for batch in _texts(source, layout):
        for name in batch.schema.names:
            column = batch.column(name)
            left = possible.setdefault(name, [pa.int64(), pa.float64(), pa.bool_(), AT])
            possible[name] = [kind for kind in left if _fits(column, kind, layout.zone)]
            if column.null_count < len(column):
                filled.add(name)
    own = [name for name in possible if name not in LEADING_NAMES]
    return {name: (possible[name] or [pa.string()])[0] if name in filled else pa.string() for name in own}


def _fits(texts: pa.Array, kind: pa.DataType, zone: str) -> bool:
    """Say whether the texts are values of the kind; what would lose a letter as a number is a text."""
    if kind in (pa.int64(), pa.float64()) and pc.any(pc.match_substring_regex(texts, KEPT_AS_TEXT)).as_py():
        return False
    try:
        _times(texts, zone) if kind == AT else texts.cast(kind)
    except (pa.ArrowInvalid, LogError):
        return False
    return True
