"""A log as an object-centric one (OCEL 2.0, JSON): the objects are cases, people and departments."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
from msgspec import Struct

from shuli.core.eventlog.columns import (
    AT,
    CASE_PREFIX,
    TYPES,
    Log,
    batches_of,
    cases_together,
    log_schema,
    of_cases,
    of_events,
    type_name,
)
from shuli.core.eventlog.errors import LogError

# Which object of an event stands in which column, and as what it takes part.
OBJECTS = {"case": "case", "resource": "person", "department": "department"}
ALWAYS = "1970-01-01T00:00:00+00:00"  # since when an attribute of an object holds: the standard's word for "always"
_encode = msgspec.json.Encoder(enc_hook=str).encode


def write_ocel(log: Log, out: BinaryIO) -> None:
    """Write the log; it is read twice, so that one case stands in memory at a time. LogError: as for XES."""
    people: dict[str, set[str]] = {"person": set(), "department": set()}
    activities: dict[str, None] = {}
    out.write(b'{"objectTypes":' + _encode(_object_types(log.schema)) + b',"events":[')
    _listed(out, _events(log, people, activities))
    out.write(b'],"objects":[')
    _listed(out, _objects(log, people))
    attributes = [
        {"name": name, "type": type_name(log.schema.field(name).type)} for name in _told(log.schema)
    ]
    types = [{"name": name, "attributes": attributes} for name in activities]
    out.write(b'],"eventTypes":' + _encode(types) + b"}")


def _told(schema: pa.Schema) -> list[str]:
    return ["lifecycle", *of_events(schema)]


def _listed(out: BinaryIO, values: Iterable[Any]) -> None:
    out.writelines((b"," if number else b"") + b"\n" + _encode(value) for number, value in enumerate(values))


def _object_types(schema: pa.Schema) -> list[dict[str, Any]]:
    told = [
        {"name": name.removeprefix(CASE_PREFIX), "type": type_name(schema.field(name).type)}
        for name in of_cases(schema)
    ]
    return [{"name": kind, "attributes": told if kind == "case" else []} for kind in OBJECTS.values()]


def _events(log: Log, people: dict[str, set[str]], activities: dict[str, None]) -> Iterator[dict[str, Any]]:
    """Give the events, and remember which people, departments and activities there are."""
    told = _told(log.schema)
    number = 0
    for _, rows in cases_together(log.batches()):
        for row in rows:
            number += 1
            activities.setdefault(row["activity"])
            found = {kind: row[column] for column, kind in OBJECTS.items() if row[column] is not None}
            for kind, name in found.items():
                if kind in people:
                    people[kind].add(name)
            yield {
                "id": f"e{number}",
                "type": row["activity"],
                "time": row["at"].isoformat(timespec="microseconds"),
                "attributes": [{"name": name, "value": _value(row[name])} for name in told if row[name] is not None],
                "relationships": [{"objectId": f"{kind}:{name}", "qualifier": kind} for kind, name in found.items()],
            }  # fmt: skip


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    # JSON has no infinity
    return repr(value) if isinstance(value, float) and value - value != 0 else value


def _objects(log: Log, people: dict[str, set[str]]) -> Iterator[dict[str, Any]]:
    names = of_cases(log.schema)
    for case, rows in cases_together(log.batches()):
        attributes = [
            {"name": name.removeprefix(CASE_PREFIX), "time": ALWAYS, "value": _value(rows[0][name])}
            for name in names
            if rows[0][name] is not None
        ]
        yield {"id": f"case:{case}", "type": "case", "attributes": attributes}
    for kind, found in people.items():
        for name in sorted(found):
            yield {"id": f"{kind}:{name}", "type": kind, "attributes": []}


class _Attribute(Struct, kw_only=True):
    name: str
    value: Any = None


class _Declared(Struct, kw_only=True):
    name: str
    type: str = "string"


class _Type(Struct, kw_only=True):
    name: str
    attributes: list[_Declared] = []


class _Related(Struct, kw_only=True, rename="camel"):
    object_id: str
    qualifier: str = ""


class _Event(Struct, kw_only=True):
    id: str
    type: str
    time: datetime
    attributes: list[_Attribute] = []
    relationships: list[_Related] = []


class _Object(Struct, kw_only=True):
    id: str
    type: str
    attributes: list[_Attribute] = []


class _File(Struct, kw_only=True, rename="camel"):
    object_types: list[_Type]
    event_types: list[_Type]
    objects: list[_Object]
    events: list[_Event]


def read_ocel(source: Callable[[], BinaryIO], case_type: str = "case") -> Log:
    """Return the log of a file, flattened to the objects of `case_type`: an event with two of them counts for both.

    The file stands in memory while it is read: JSON lets objects stand behind the events that name them.
    LogError: it is none, or has no such objects.
    """
    with source() as opened:
        data = opened.read()
    try:
        file = msgspec.json.decode(data, type=_File)
    except msgspec.MsgspecError as error:
        raise LogError(f"Expected an OCEL 2.0 file in JSON but could not read one: {error}") from None
    if case_type not in {one.name for one in file.object_types}:
        known = ", ".join(one.name for one in file.object_types)
        raise LogError(f"Expected objects of the type {case_type} but found only: {known}.")
    schema = log_schema(_columns(file, case_type))
    return Log(schema=schema, batches=lambda: batches_of(_rows(file, schema, case_type), schema))


def _columns(file: _File, case_type: str) -> dict[str, pa.DataType]:
    found: dict[str, pa.DataType] = {}
    of_case = [one for kind in file.object_types if kind.name == case_type for one in kind.attributes]
    own = [(CASE_PREFIX + one.name, one.type) for one in of_case]
    own += [(one.name, one.type) for kind in file.event_types for one in kind.attributes]
    for name, kind in own:
        asked = TYPES.get(kind, pa.string())
        found[name] = asked if found.get(name, asked) == asked else pa.string()
    return found


def _rows(file: _File, schema: pa.Schema, case_type: str) -> Iterator[dict[str, Any]]:
    kinds = {field.name: field.type for field in schema}
    objects = {one.id: one for one in file.objects}
    own = {
        one.id: {
            CASE_PREFIX + it.name: _typed(it.value, kinds.get(CASE_PREFIX + it.name)) for it in one.attributes
        }
        for one in file.objects
        if one.type == case_type
    }
    for event in file.events:
        related = [objects[one.object_id] for one in event.relationships if one.object_id in objects]
        row = {one.name: _typed(one.value, kinds.get(one.name)) for one in event.attributes}
        row |= {"activity": event.type, "at": _typed(event.time, AT)}
        for column, kind in OBJECTS.items():
            names = [_bare(one) for one in related if one.type == kind]
            row |= {column: names[0]} if names else {}
        for case in (one for one in related if one.type == case_type):
            yield row | own[case.id] | {"case": _bare(case)}


def _bare(one: _Object) -> str:
    """Return an object's name: our own files put its type in front, for an id has to be the only one of all types."""
    return one.id.removeprefix(f"{one.type}:")


def _typed(value: Any, kind: pa.DataType | None) -> Any:
    """Return a value in its column's type; programs write numbers as texts, too."""
    if value is None or kind is None:
        return None
    try:
        return _converted(value, kind)
    except ValueError:
        raise LogError(
            f"Expected a value of the kind {type_name(kind)} but found {str(value)[:80]!r}."
        ) from None


def _converted(value: Any, kind: pa.DataType) -> Any:
    if kind == AT:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    if kind == pa.bool_():
        return value if isinstance(value, bool) else str(value).lower() in ("true", "1")
    if kind == pa.string():
        return value if isinstance(value, str) else _encode(value).decode()
    return int(value) if kind == pa.int64() else float(value)
