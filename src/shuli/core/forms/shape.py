"""Compare raw JSON with the types of a definition and name every difference, where a decoder stops at the first."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo
from msgspec.structs import fields as struct_fields

from shuli.core.forms.finding import Finding
from shuli.core.forms.outcome import brief


def differences(raw: Any, wanted: Any, path: str) -> Iterator[Finding]:
    """Yield where a JSON value does not have the shape of a type, with paths that begin at `path`."""
    if get_origin(wanted) is tuple and get_args(wanted)[-1] is Ellipsis:
        yield from _list_differences(raw, get_args(wanted)[0], path)
    elif isinstance(wanted, type) and issubclass(wanted, Struct):
        yield from _struct_differences(raw, wanted, path)
    elif tagged := _tagged(wanted):
        yield from _tagged_differences(raw, tagged, path)
    else:
        try:
            msgspec.convert(raw, wanted)
        except msgspec.ValidationError as error:
            # the message names what was expected: "Expected `int`, got `str`"
            expected = str(error).removeprefix("Expected ").split(", got")[0].split(" - at")[0]
            yield Finding(path=path, code="wrong_type", params={"expected": expected, "found": brief(raw)})


def _list_differences(raw: Any, item: Any, path: str) -> Iterator[Finding]:
    if not isinstance(raw, list):
        yield _wrong_type(path, "`array`", raw)
        return
    for number, value in enumerate(raw):
        yield from differences(value, item, f"{path}.{number}")


def _struct_differences(raw: Any, wanted: type[Struct], path: str) -> Iterator[Finding]:
    if not isinstance(raw, Mapping):
        yield _wrong_type(path, "`object`", raw)
        return
    properties: dict[str, FieldInfo] = {info.encode_name: info for info in struct_fields(wanted)}
    tag = wanted.__struct_config__.tag_field
    for name, value in raw.items():
        if name in properties:
            yield from differences(value, properties[name].type, _join(path, name))
        elif name != tag:
            known = ", ".join(properties)
            yield Finding(
                path=_join(path, brief(name)),
                code="unknown_property",
                params={"found": brief(name), "known": known},
            )
    for name, info in properties.items():
        if info.required and name not in raw:
            yield Finding(path=path, code="missing_property", params={"name": name})


def _tagged(wanted: Any) -> dict[str, type[Struct]]:
    """Return the structs of a union by their tags; empty for any other type."""
    members = get_args(wanted)
    if not members or not all(isinstance(one, type) and issubclass(one, Struct) for one in members):
        return {}
    return {str(one.__struct_config__.tag): one for one in members}


def _tagged_differences(raw: Any, tagged: Mapping[str, type[Struct]], path: str) -> Iterator[Finding]:
    if not isinstance(raw, Mapping):
        yield _wrong_type(path, "`object`", raw)
        return
    tag_field = next(iter(tagged.values())).__struct_config__.tag_field or "type"
    if tag_field not in raw:
        yield Finding(path=path, code="missing_property", params={"name": tag_field})
        return
    tag = raw[tag_field]
    if isinstance(tag, str) and tag in tagged:
        yield from _struct_differences(raw, tagged[tag], path)
    else:
        params = {"found": brief(tag), "known": ", ".join(sorted(tagged))}
        yield Finding(path=_join(path, tag_field), code="unknown_type", params=params)


def _wrong_type(path: str, expected: str, raw: Any) -> Finding:
    return Finding(path=path, code="wrong_type", params={"expected": expected, "found": brief(raw)})


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
