"""Pieces of XML that are kept as they are."""

from typing import Any

from lxml import etree

from shuli.core.bpmn.elements import Xml
from shuli.core.bpmn.xml.names import Names


def keep(node: Any, names: Names, *, tail: str = "") -> Xml:
    """Return a parsed element with everything in it as a value; white space between elements is not kept."""
    children = [child for child in node if isinstance(child.tag, str)]
    mixed = bool(children) and any(
        _is_text(text) for text in (node.text, *(child.tail for child in children))
    )
    return Xml(
        tag=node.tag,
        attributes=dict(node.attrib),
        text=(node.text or "") if mixed or not children else "",
        children=tuple(keep(child, names, tail=(child.tail or "") if mixed else "") for child in children),
        tail=tail,
        namespaces=names.kept_with(node),
    )


def build(xml: Xml, parent: Any) -> Any:
    """Return the lxml element of a kept piece, put under `parent`."""
    local: Any = {prefix or None: uri for prefix, uri in xml.namespaces.items()}
    node = etree.SubElement(parent, xml.tag, nsmap=local)
    for name, value in xml.attributes.items():
        node.set(name, value)
    node.text = xml.text or None
    node.tail = xml.tail or None
    for child in xml.children:
        build(child, node)
    return node


def _is_text(text: str | None) -> bool:
    return bool(text and text.strip())
