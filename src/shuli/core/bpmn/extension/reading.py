"""Shuli's own elements → values, with everything that is wrong in them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from shuli.core.bpmn.elements import SHULI, Element, Xml
from shuli.core.bpmn.extension.records import MARKS, TOP, Part, Record, camel, record_of
from shuli.core.text import Text

OURS = f"{{{SHULI}}}"
LANGUAGES = ("zh", "en")


class Mistake(Struct, frozen=True, kw_only=True):
    """What is wrong in an extension: the code of a finding and its parameters."""

    code: str
    params: Mapping[str, Any] = {}


class Extension:
    """What Shuli's elements under one BPMN element say."""

    def __init__(self, element: Element) -> None:
        self.mistakes: list[Mistake] = []
        self._found: dict[str, list[Xml]] = {}
        for xml in element.extensions:
            if xml.tag.startswith(OURS):
                self._found.setdefault(xml.name, []).append(xml)
        for name in self._found.keys() - TOP:
            self.mistakes.append(Mistake(code="extension_unknown", params={"tag": name}))

    def fields(self, name: str) -> dict[str, Any]:
        """Return the fields of the record with this name; empty where it is not there."""
        found = self._found.get(name, [])
        if len(found) > 1:
            self.mistakes.append(Mistake(code="extension_double", params={"tag": name}))
        return self._fields(found[0], name) if found else {}

    def record(self, name: str) -> Any:
        """Return the value with this name, or None where it is not there or cannot be understood."""
        found = self._found.get(name, [])
        return self._value(found[0], name) if found else None

    def mark(self, name: str) -> Mapping[str, str]:
        """Return a small element's attributes, and its text under ""; empty where it is not there."""
        found = self._found.get(name, [])
        if not found:
            return {}
        for attribute in found[0].attributes.keys() - set(MARKS[name]):
            self._unknown(name, attribute)
        return {**found[0].attributes, "": found[0].text.strip()}

    def name(self) -> Text:
        """Return the names given beside BPMN's own."""
        return self._wording([*self._found.get("name", ())])

    # Inside -------------------------------------------------------------------------------------------------

    def _value(self, xml: Xml, name: str) -> Any:
        record = record_of(name, xml.attributes)
        if record is None:
            self.mistakes.append(
                Mistake(
                    code="extension_value",
                    params={"tag": xml.name, "message": f'kind="{xml.attributes.get("kind", "")}"'},
                )
            )
            return None
        fields = self._fields(xml, name)
        if "kind" not in record.attributes:
            fields.pop("kind", None)
        return self._convert(fields, record, xml)

    def _convert(self, fields: dict[str, Any], record: Record, xml: Xml) -> Any:
        try:
            return msgspec.convert(fields, record.type, strict=False)
        except msgspec.ValidationError as error:
            params = {"tag": xml.name, "message": str(error)}
            self.mistakes.append(Mistake(code="extension_value", params=params))
            return None

    def _fields(self, xml: Xml, name: str) -> dict[str, Any]:
        """Return a record's fields, its parts already as values."""
        record = record_of(name, xml.attributes)
        if record is None:
            return {}
        fields = self._attributes(xml, record, name)
        if record.content and xml.text.strip():
            fields[record.content] = xml.text.strip()
        for tag, part in record.parts.items():
            children = [child for child in xml.children if child.tag == OURS + tag]
            if children:
                value = self._part(children, part)
                if value is not None:
                    fields[part.field] = value
        known = {OURS + tag for tag in record.parts}
        for child in xml.children:
            if child.tag not in known:
                self.mistakes.append(Mistake(code="extension_unknown", params={"tag": child.name}))
        return fields

    def _attributes(self, xml: Xml, record: Record, name: str) -> dict[str, Any]:
        names = {camel(field): field for field in record.attributes}
        fields: dict[str, Any] = {}
        for attribute, value in xml.attributes.items():
            if attribute in names:
                fields |= self._scalar(xml.name, record, names[attribute], value)
            elif not (name == "limit" and attribute == "kind"):
                self._unknown(xml.name, attribute)
        return fields

    def _scalar(self, tag: str, record: Record, field: str, text: str) -> dict[str, Any]:
        try:
            return {field: msgspec.convert(text, _types(record.type)[field], strict=False)}
        except msgspec.ValidationError as error:
            params = {"tag": f"{tag}/@{camel(field)}", "message": str(error)}
            self.mistakes.append(Mistake(code="extension_value", params=params))
            return {}

    def _part(self, children: list[Xml], part: Part) -> Any:
        if part.how == "wording":
            return self._wording(children)
        if part.how == "entry":
            return dict(self._entries(children, part))
        if not part.many and len(children) > 1:
            self.mistakes.append(Mistake(code="extension_double", params={"tag": children[0].name}))
        if part.how == "plain":
            values: list[Any] = [child.text.strip() for child in children if child.text.strip()]
        else:
            values = [self._value(child, part.record) for child in children]
        kept = [value for value in values if value is not None]
        return tuple(kept) if part.many else next(iter(kept), None)

    def _entries(self, children: list[Xml], part: Part) -> Iterator[tuple[str, str]]:
        key, value = part.entry
        for child in children:
            if key in child.attributes and value in child.attributes:
                yield child.attributes[key], child.attributes[value]
            else:
                params = {"tag": child.name, "message": f"{key}, {value}"}
                self.mistakes.append(Mistake(code="extension_value", params=params))

    def _wording(self, children: list[Xml]) -> Text:
        words = {}
        for child in children:
            language = child.attributes.get("lang", "zh")
            if language in LANGUAGES:
                words[language] = child.text.strip()
            else:
                params = {"tag": child.name, "message": f'lang="{language}"'}
                self.mistakes.append(Mistake(code="extension_value", params=params))
        return Text(**words)

    def _unknown(self, tag: str, attribute: str) -> None:
        params = {"tag": f"{tag}/@{attribute}"}
        self.mistakes.append(Mistake(code="extension_unknown", params=params))


@lru_cache(maxsize=64)
def _types(kind: type[Struct]) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def name_of(element: Element) -> Text:
    """Return an element's name in both languages: BPMN's own is the Chinese one unless the extension says otherwise."""
    own = str(getattr(element, "name", "")).strip()
    beside = Extension(element).name() if element.extensions else Text()
    return Text(zh=beside.zh or own, en=beside.en)
