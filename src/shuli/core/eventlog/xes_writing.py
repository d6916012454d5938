"""A log as XES (IEEE 1849-2016): one trace a case, written as it comes."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec
from lxml import etree

from shuli.core.eventlog.columns import CASE_PREFIX, Log, cases_together, of_cases, type_name
from shuli.core.eventlog.xes_names import DECLARATION, EXTENSIONS, KEYS, NAMESPACE, tag_of, written


def write_xes(log: Log, out: BinaryIO) -> None:
    """Write the log; one case stands in memory at a time. LogError: the events of a case do not stand together."""
    attributes = {"xes.version": "1849-2016", "xes.features": "nested-attributes", "xmlns": NAMESPACE}
    declared = {field.name: type_name(field.type) for field in log.schema}
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("log", attributes):
            for name, prefix, uri in EXTENSIONS:
                file.write(etree.Element("extension", name=name, prefix=prefix, uri=uri))
            file.write(_attribute(DECLARATION, "string", msgspec.json.encode(declared).decode()))
            for trace in _traces(log):
                file.write(trace)


def _traces(log: Log) -> Iterator[Any]:
    cases = {name: tag_of(log.schema.field(name).type) for name in of_cases(log.schema)}
    events = {name: tag_of(log.schema.field(name).type) for name in log.schema.names[1:] if name not in cases}
    for name, rows in cases_together(log.batches()):
        trace = etree.Element("trace")
        trace.append(_attribute("concept:name", "string", name))
        for column, tag in cases.items():
            _append(trace, column.removeprefix(CASE_PREFIX), tag, rows[0][column])
        for row in rows:
            event = etree.SubElement(trace, "event")
            for column, tag in events.items():
                _append(event, KEYS.get(column, column), tag, row[column])
        yield trace


def _append(parent: Any, key: str, tag: str, value: Any) -> None:
    if value is not None:
        parent.append(_attribute(key, tag, written(value)))


def _attribute(key: str, tag: str, text: str) -> Any:
    return etree.Element(tag, key=written(key), value=written(text))
