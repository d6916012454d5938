"""A document in one language, for viewers that know only BPMN's own names."""

from typing import TypeVar

from msgspec.structs import replace

from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.elements import Element
from shuli.core.bpmn.extension import name_of

Written = TypeVar("Written", bound=Element)


def localize(document: BpmnDocument, language: str) -> BpmnDocument:
    """Return the document with every name in "zh…" or "en…"; where a name has no words in it, the other's."""
    definitions = _in_language(document.definitions, language)
    return BpmnDocument(definitions=definitions, lines=document.lines)


def _in_language(element: Written, language: str) -> Written:
    changes: dict[str, object] = {}
    for field in element.__struct_fields__:
        value = getattr(element, field)
        if isinstance(value, Element):
            changed: object = _in_language(value, language)
        elif isinstance(value, tuple) and value and isinstance(value[0], Element):
            changed = tuple(_in_language(one, language) for one in value)
        elif field == "name" and element.extensions:
            changed = name_of(element).in_language(language)
        else:
            continue
        if changed != value:
            changes[field] = changed
    return replace(element, **changes) if changes else element
