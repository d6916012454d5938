"""XES (IEEE 1849-2016) as a log; a file may be larger than memory, and may have been made to do harm."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
from lxml import etree

from shuli.core.eventlog.columns import CASE_PREFIX, TYPES, Log, batches_of, log_schema
from shuli.core.eventlog.errors import LogError
from shuli.core.eventlog.xes_names import COLUMNS, DECLARATION, TAGS, read, tag_of

MOST_EVENTS_OF_A_CASE = 1_000_000
MOST_COLUMNS = 1_000
UNNAMED = "?"  # an event without a name, as some programs write them


def read_xes(source: Callable[[], BinaryIO]) -> Log:
    """Return the log of a file; `source` opens it anew. LogError: it is none.

    Nested attributes are left out, as are classifiers. A file of another program is read once for its columns.
    """
    schema = log_schema(_declared(source) or _found(source))
    return Log(schema=schema, batches=lambda: batches_of(_rows(source, schema), schema))


def _rows(source: Callable[[], BinaryIO], schema: pa.Schema) -> Iterator[dict[str, Any]]:
    kinds = {field.name: field.type for field in schema}
    for number, (case, events) in enumerate(_traces(source), 1):
        of_case = {CASE_PREFIX + key: value for key, value in _values(case, kinds, CASE_PREFIX)}
        name = dict(_pairs(case)).get("concept:name", str(number))
        for event in events:
            row = {COLUMNS.get(key, key): value for key, value in _values(event, kinds, "")}
            if row.get("at") is None:
                raise LogError(f"Expected a time of every event but found none in case {name}.")
            yield {"activity": UNNAMED, **of_case, **row, "case": name}


Attribute = tuple[str, str, str]  # tag, key, text


def _pairs(attributes: list[Attribute]) -> list[tuple[str, str]]:
    return [(key, text) for _, key, text in attributes]


def _values(
    attributes: list[Attribute], kinds: dict[str, pa.DataType], prefix: str
) -> Iterator[tuple[str, Any]]:
    """Give key and value of the attributes that have a column; a value of another kind than its column's as text."""
    for _, key, text in attributes:
        kind = kinds.get(prefix + key if prefix else COLUMNS.get(key, key))
        if kind is not None:
            yield key, text if kind == pa.string() else read(text, tag_of(kind))


def _traces(source: Callable[[], BinaryIO]) -> Iterator[tuple[list[Attribute], list[list[Attribute]]]]:
    """Give the attributes of each trace and of its events; what was read is forgotten at once."""
    with source() as opened:
        for node in _parsed(opened, ("trace",)):
            events = [_attributes(child) for child in node if _local(child) == "event"]
            if len(events) > MOST_EVENTS_OF_A_CASE:
                raise LogError(
                    f"Expected at most {MOST_EVENTS_OF_A_CASE} events of a case but found {len(events)}."
                )
            yield _attributes(node), events


def _parsed(opened: BinaryIO, tags: tuple[str, ...]) -> Iterator[Any]:
    """Give the elements with these names as they end; no entity is resolved, no document type read."""
    walk = etree.iterparse(
        opened, events=("end",), tag=tuple(f"{{*}}{tag}" for tag in tags),
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, node in walk:
            if node.getroottree().docinfo.doctype:
                raise LogError("Expected a log without a document type but found one.")
            yield node
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise LogError(f"Expected an XES file but could not read one: {error}") from None


def _attributes(node: Any) -> list[Attribute]:
    return [
        (tag, child.get("key", ""), child.get("value", ""))
        for child in node
        if (tag := _local(child)) in TAGS
    ]


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _declared(source: Callable[[], BinaryIO]) -> dict[str, pa.DataType] | None:
    """Return the columns that one of our own files declares before its first trace; None: another program's."""
    with source() as opened:
        for node in _parsed(opened, ("string", "trace")):
            if _local(node) == "trace":
                break
            if node.get("key") == DECLARATION:
                return {
                    name: TYPES[kind] for name, kind in _names(node.get("value", "")).items() if kind in TYPES
                }
    return None


def _names(text: str) -> dict[str, str]:
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except msgspec.MsgspecError:
        raise LogError("Expected the names and types of the columns but found something else.") from None


def _found(source: Callable[[], BinaryIO]) -> dict[str, pa.DataType]:
    """Return the columns of all attributes of a file: a text where its kinds differ."""
    kinds: dict[str, pa.DataType] = {}
    traces = 0
    for case, events in _traces(source):
        traces += 1
        pairs = [(CASE_PREFIX + key, tag) for tag, key, _ in case if key != "concept:name"]
        pairs += [(COLUMNS.get(key, key), tag) for event in events for tag, key, _ in event]
        for name, tag in pairs:
            kind = TAGS[tag]
            kinds[name] = kind if kinds.get(name, kind) == kind else _both(kinds[name], kind)
        if len(kinds) > MOST_COLUMNS:
            raise LogError(f"Expected at most {MOST_COLUMNS} different attributes but found more.")
    if not traces:
        raise LogError("Expected an XES file with traces but found none.")
    return kinds


def _both(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    return pa.float64() if {str(one), str(other)} == {"int64", "double"} else pa.string()
