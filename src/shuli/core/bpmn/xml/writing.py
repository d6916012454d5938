"""Typed model → BPMN 2.0 XML, in the order of the schema."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from shuli.core.bpmn.document import BpmnDocument, walk
from shuli.core.bpmn.elements import (
    ELEMENTS,
    MODEL,
    XSI,
    Child,
    Definitions,
    Documentation,
    Element,
    Expression,
    Spec,
    Xml,
    spec_of,
)
from shuli.core.bpmn.elements.base import USUAL_PREFIXES
from shuli.core.bpmn.xml.raw import build


def write_bpmn(document: BpmnDocument) -> bytes:
    """Return the document as a UTF-8 file; reading it again gives an equal document."""
    definitions = document.definitions
    nsmap = _prefixes(definitions)
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=nsmap)
    _Writer(nsmap).fill(root, definitions, ELEMENTS[root.tag])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _prefixes(definitions: Definitions) -> Any:
    """Return the root's declarations; a namespace that a made model forgot gets its usual prefix."""
    nsmap: dict[str | None, str] = {prefix or None: uri for prefix, uri in definitions.namespaces.items()}
    needed = {spec_of(element).tag[1:].partition("}")[0] for element in walk(definitions)}
    for prefix, uri in USUAL_PREFIXES.items():
        if uri in needed and uri not in nsmap.values() and prefix not in nsmap:
            nsmap[prefix] = uri
    return nsmap


class _Writer:
    def __init__(self, nsmap: Mapping[str | None, str]) -> None:
        model_prefix = next((prefix for prefix, uri in nsmap.items() if uri == MODEL), None)
        self.type_prefix = f"{model_prefix}:" if model_prefix else ""

    def fill(self, node: Any, element: Element, spec: Spec) -> None:
        """Write an element's attributes and children into its node."""
        self._attributes(node, element, spec)
        for documentation in element.documentation:
            self._documentation(node, documentation)
        if element.extensions:
            holder = etree.SubElement(node, spec.extension_tag)
            for extension in element.extensions:
                build(extension, holder)
        waiting = list(element.more)
        for child in spec.children:
            self._child(node, element, child)
            for kept in [kept for kept in waiting if kept.tag in child.tags]:
                build(kept, node)
                waiting.remove(kept)
        for kept in waiting:
            build(kept, node)
        if spec.content and getattr(element, spec.content):
            node.text = getattr(element, spec.content)

    def _attributes(self, node: Any, element: Element, spec: Spec) -> None:
        if isinstance(element, Expression) and element.type:
            node.set(f"{{{XSI}}}type", self.type_prefix + element.type)
        if element.id:
            node.set("id", element.id)
        defaults = _defaults(spec.type)
        for name, attribute in spec.attributes.items():
            value = getattr(element, attribute.field)
            if attribute.required or value != defaults.get(attribute.field):
                node.set(name, _encode(value))
        for name, text in element.attributes.items():
            node.set(name, text)

    def _child(self, node: Any, element: Element, child: Child) -> None:
        value = getattr(element, child.field) if child.field else None
        for item in value if isinstance(value, tuple) else [value]:
            if isinstance(item, Element):
                tag = child.tags[0] if len(child.tags) == 1 else spec_of(item).tag
                self.fill(etree.SubElement(node, tag), item, ELEMENTS[tag])
            elif item:
                etree.SubElement(node, child.tags[0]).text = item

    def _documentation(self, node: Any, documentation: Documentation) -> None:
        built = build(
            Xml(
                tag=f"{{{MODEL}}}documentation",
                attributes=documentation.attributes,
                text=documentation.text,
                children=documentation.content,
            ),
            node,
        )
        for name, value in (("id", documentation.id), ("textFormat", documentation.format)):
            if value:
                built.set(name, value)


def _defaults(kind: type[Element]) -> Mapping[str, Any]:
    """Return the default of every field that has one; fields without one are always written."""
    values = kind.__struct_defaults__
    return dict(zip(kind.__struct_fields__[-len(values) :], values, strict=True)) if values else {}


def _encode(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
