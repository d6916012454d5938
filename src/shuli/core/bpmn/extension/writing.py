"""Values → Shuli's own elements; what is read back is equal."""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.elements import SHULI, Element, Xml
from shuli.core.bpmn.extension.records import Part, Record, camel, row_of
from shuli.core.text import Text

OURS = f"{{{SHULI}}}"
Changed = TypeVar("Changed", bound=Element)


def xml_of(name: str, value: Struct) -> Xml:
    """Return a value as the element with this name: `xml_of("duty", Duty(…))`."""
    kind, record = row_of(value)
    attributes = {"kind": kind} if kind else {}
    return Xml(
        tag=OURS + name,
        attributes={**attributes, **dict(_attributes(value, record))},
        text=getattr(value, record.content) or "" if record.content else "",
        children=tuple(child for tag, part in record.parts.items() for child in _children(value, tag, part)),
    )


def wording_of(name: str, words: Text) -> tuple[Xml, ...]:
    """Return one element for each language that has words."""
    return tuple(
        Xml(tag=OURS + name, attributes={"lang": language}, text=text)
        for language, text in (("zh", words.zh), ("en", words.en))
        if text
    )


def with_extension(element: Changed, name: str, *pieces: Xml) -> Changed:
    """Return the element with these pieces in place of the extensions of ours that have this name."""
    others = tuple(xml for xml in element.extensions if xml.tag != OURS + name)
    return replace(element, extensions=(*others, *pieces))


def with_name(element: Changed, name: Text) -> Changed:
    """Return the element named in both languages."""
    beside = tuple(
        Xml(tag=f"{OURS}name", attributes={"lang": "en"}, text=text)
        for text in (name.en,)
        if text and name.zh
    )
    return with_extension(replace(element, name=name.zh or name.en), "name", *beside)


def _attributes(value: Struct, record: Record) -> Iterator[tuple[str, str]]:
    defaults = _defaults(record.type)
    for field in record.attributes:
        given = getattr(value, field)
        if given is not None and given != defaults.get(field):
            yield camel(field), _word(given)


def _children(value: Struct, tag: str, part: Part) -> Iterator[Xml]:
    given = getattr(value, part.field)
    if part.how == "wording":
        yield from wording_of(tag, given)
    elif part.how == "entry":
        for key, entry in given.items():
            yield Xml(tag=OURS + tag, attributes={part.entry[0]: key, part.entry[1]: entry})
    elif given is not None and given != _defaults(type(value)).get(part.field):
        for item in given if part.many else (given,):
            yield Xml(tag=OURS + tag, text=item) if part.how == "plain" else xml_of(tag, item)


def _defaults(kind: type[Struct]) -> dict[str, Any]:
    return {
        field.name: field.default
        for field in msgspec.structs.fields(kind)
        if field.default is not msgspec.NODEFAULT
    }


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
