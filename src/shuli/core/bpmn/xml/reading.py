"""BPMN 2.0 XML → typed model, with every mistake at once."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from msgspec import Struct

from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.elements import (
    BPMNDI,
    ELEMENTS,
    MODEL,
    XSI,
    Association,
    Child,
    Definitions,
    Documentation,
    Element,
    Expression,
    SequenceFlow,
    Spec,
    Xml,
)
from shuli.core.bpmn.elements.base import Attribute
from shuli.core.bpmn.findings import Finding, Severity
from shuli.core.bpmn.xml.names import Names
from shuli.core.bpmn.xml.raw import keep
from shuli.core.bpmn.xml.safe import parse_xml

DEFINITIONS = f"{{{MODEL}}}definitions"
DOCUMENTATION = f"{{{MODEL}}}documentation"
XSI_TYPE = f"{{{XSI}}}type"
# The standard asks no id of them; they get one all the same, so that everybody can name them.
LINES = (SequenceFlow, Association)
# Namespaces whose elements are ours to know; anything else is somebody's extension.
KNOWN = (MODEL, BPMNDI)


class Reading(Struct, frozen=True, kw_only=True):
    """A document, or None where the file cannot be understood at all; and what is wrong with it."""

    document: BpmnDocument | None
    findings: tuple[Finding, ...] = ()


def read_bpmn(data: bytes) -> Reading:
    """Read a BPMN 2.0 file from anywhere; never raises, whatever the bytes are."""
    root, findings = parse_xml(data)
    if root is None:
        return Reading(document=None, findings=findings)
    if root.tag != DEFINITIONS:
        wrong = Finding(code="root_wrong", line=root.sourceline, params={"found": str(root.tag)[:200]})
        return Reading(document=None, findings=(wrong,))
    reader = _Reader(root)
    definitions = reader.definitions()
    document = BpmnDocument(definitions=definitions, lines=reader.names.lines)
    return Reading(document=document, findings=tuple(sorted(reader.findings, key=lambda one: one.line or 0)))


class _Reader:
    """Walk the tree once; what is wrong gathers in `findings`."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.names = Names(root)
        self.findings: list[Finding] = []
        for element_id, line in self.names.doubles:
            self.report("id_double", line, element_id, id=element_id)

    def report(
        self, code: str, line: int | None, element: str | None, severity: Severity = "error", **params: Any
    ) -> None:
        self.findings.append(Finding(code=code, severity=severity, line=line, element=element, params=params))

    def definitions(self) -> Definitions:
        read = self.element(self.root, ELEMENTS[DEFINITIONS], "")
        assert isinstance(read, Definitions)  # noqa: S101 — the table says so
        if not any(node.tag == f"{{{MODEL}}}process" for node in self.root):
            self.report("no_process", self.root.sourceline, None, "warning")
        return _with(read, namespaces=self.names.namespaces)

    def element(self, node: Any, spec: Spec, owner: str) -> Element:
        """Read one element by its row of the table; `owner` is the nearest element that has an id."""
        fields: dict[str, Any] = {spec.fixed[0]: spec.fixed[1]} if spec.fixed else {}
        given = node.get("id", "")
        fields["id"] = given or (self.names.given_to(node) if spec.needs_id else "")
        if spec.needs_id and not given and spec.type not in LINES:
            self.report("id_missing", node.sourceline, fields["id"], "warning", tag=_local(node))
        here = fields["id"] or owner
        self._attributes(node, spec, fields, here)
        self._children(node, spec, fields, here)
        if spec.content:
            fields[spec.content] = (
                "".join(text for text in node.itertext()) if not len(node) else node.text or ""
            )
        return spec.type(**fields)

    def _attributes(self, node: Any, spec: Spec, fields: dict[str, Any], here: str) -> None:
        kept: dict[str, str] = {}
        for name, text in node.attrib.items():
            attribute = spec.attributes.get(name)
            if attribute is not None:
                self._attribute(node, attribute, name, text, fields, kept, here)
            elif name == XSI_TYPE and spec.type is Expression:
                fields["type"] = text.rpartition(":")[2]
            elif name != "id":
                kept[name] = text
        for name, attribute in spec.attributes.items():
            if attribute.required and name not in node.attrib:
                self.report("attribute_missing", node.sourceline, here, tag=_local(node), name=name)
                if attribute.codec == "float":
                    fields[attribute.field] = 0.0
        fields["attributes"] = kept

    def _attribute(
        self,
        node: Any,
        attribute: Attribute,
        name: str,
        text: str,
        fields: dict[str, Any],
        kept: dict[str, str],
        here: str,
    ) -> None:
        value = self._reference(node, text, attribute.missing, here) if attribute.codec == "ref" else None
        value = value if value is not None else DECODERS[attribute.codec](text)
        if value is not None and _is_allowed(attribute, value):
            fields[attribute.field] = value
            return
        kept[name] = text
        self.report(
            "value_wrong", node.sourceline, here, name=name, found=text[:100], expected=attribute.codec
        )
        if attribute.required:
            fields[attribute.field] = 0.0

    def _reference(self, node: Any, text: str, missing: str, here: str) -> str:
        target = self.names.resolve(text)
        if target is not None:
            return target
        if missing != "ignore" and text.strip():
            code = "reference_broken" if missing == "error" else "reference_unknown"
            severity: Severity = "error" if missing == "error" else "warning"
            self.report(code, node.sourceline, here, severity, tag=_local(node), found=text.strip()[:100])
        return text.strip()

    def _children(self, node: Any, spec: Spec, fields: dict[str, Any], here: str) -> None:
        places = _places(spec)
        documentation: list[Documentation] = []
        extensions: list[Xml] = []
        more: list[Xml] = []
        gathered: dict[str, list[Any]] = {}
        for child in node:
            if child.tag == spec.extension_tag:
                extensions += [keep(inner, self.names) for inner in child if isinstance(inner.tag, str)]
            elif child.tag == DOCUMENTATION:
                documentation.append(self._documentation(child))
            elif child.tag in places and places[child.tag].how != "raw":
                self._child(child, places[child.tag], gathered, more, here)
            else:
                self._keep(child, places, more, node, here)
        # In the schema's order, so that what is written reads the same again.
        order = {tag: index for index, place in enumerate(spec.children) for tag in place.tags}
        more.sort(key=lambda kept: order.get(kept.tag, len(order)))
        fields |= {
            "documentation": tuple(documentation),
            "extensions": tuple(extensions),
            "more": tuple(more),
        }
        for child_place in spec.children:
            values = gathered.get(child_place.field)
            if values:
                fields[child_place.field] = tuple(values) if child_place.many else values[0]

    def _child(
        self, child: Any, place: Child, gathered: dict[str, list[Any]], more: list[Xml], here: str
    ) -> None:
        values = gathered.setdefault(place.field, [])
        if values and not place.many:
            self.report("element_double", child.sourceline, here, "warning", tag=_local(child))
            more.append(keep(child, self.names))
        elif place.how == "element":
            values.append(self.element(child, ELEMENTS[child.tag], here))
        elif place.how == "ref":
            text = "".join(child.itertext())
            values.append(self._reference(child, text, place.missing, here))
        else:
            values.append(self._words(child, here))

    def _words(self, child: Any, here: str) -> str:
        if len(child):
            self.report("markup_lost", child.sourceline, here, "warning", tag=_local(child))
        return "".join(child.itertext())

    def _keep(self, child: Any, places: Mapping[str, Child], more: list[Xml], parent: Any, here: str) -> None:
        """Keep an element that has no type; say so when it is BPMN that should have had one here."""
        more.append(keep(child, self.names))
        if child.tag in places or not child.tag.startswith(tuple(f"{{{uri}}}" for uri in KNOWN)):
            return
        code = "element_misplaced" if child.tag in ELEMENTS else "element_unknown"
        self.report(code, child.sourceline, here, "warning", tag=_local(child), parent=_local(parent))

    def _documentation(self, node: Any) -> Documentation:
        content = tuple(keep(child, self.names) for child in node if isinstance(child.tag, str))
        kept = keep(node, self.names)
        return Documentation(
            id=node.get("id", ""),
            text=kept.text if content else (node.text or ""),
            format=node.get("textFormat", ""),
            attributes={
                name: value for name, value in node.attrib.items() if name not in ("id", "textFormat")
            },
            content=kept.children,
        )


def _with(element: Definitions, **changes: Any) -> Definitions:
    fields = {name: getattr(element, name) for name in element.__struct_fields__}
    return Definitions(**{**fields, **changes})


def _places(spec: Spec) -> dict[str, Child]:
    return {tag: child for child in spec.children for tag in child.tags}


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _bool(text: str) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip())


def _int(text: str) -> int | None:
    stripped = text.strip()
    return int(stripped) if stripped.lstrip("+-").isdecimal() and len(stripped) < 16 else None


def _float(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


DECODERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "ref": str,
    "bool": _bool,
    "int": _int,
    "float": _float,
}

# Attributes that take one of a few words.
WORDS: Mapping[str, tuple[str, ...]] = {
    "event_type": ("Exclusive", "Parallel"),
    "ordering": ("Parallel", "Sequential"),
}


def _is_allowed(attribute: Attribute, value: Any) -> bool:
    return attribute.field not in WORDS or value in WORDS[attribute.field]
