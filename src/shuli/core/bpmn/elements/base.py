"""What every BPMN element has, and how a table says what of it is read and written."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SHULI = "urn:shuli:bpmn:1"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
# Camunda reads its predecessor's namespace too, and so do we.
ACTIVITI = "http://activiti.org/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"

# Prefixes of a model that was made here; a file that came from elsewhere keeps its own.
USUAL_PREFIXES: Mapping[str, str] = {
    "bpmn": MODEL,
    "bpmndi": BPMNDI,
    "dc": DC,
    "di": DI,
    "xsi": XSI,
    "shuli": SHULI,
}


class Xml(Struct, frozen=True, kw_only=True):
    """A piece of XML kept as it is; names are written `{namespace}name`."""

    tag: str
    attributes: Mapping[str, str] = {}
    text: str = ""
    children: tuple["Xml", ...] = ()
    tail: str = ""
    # declarations that the document's root cannot carry, because it binds the prefix otherwise
    namespaces: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        """Return the name without its namespace."""
        return self.tag.rpartition("}")[2]


class Documentation(Struct, frozen=True, kw_only=True):
    id: str = ""
    text: str = ""
    format: str = ""
    attributes: Mapping[str, str] = {}
    content: tuple[Xml, ...] = ()  # XHTML and the like; its tails carry the text between


class Element(Struct, frozen=True, kw_only=True):
    """What all elements share; what Shuli does not know stands in the last three fields and is written back."""

    id: str = ""
    documentation: tuple[Documentation, ...] = ()
    extensions: tuple[Xml, ...] = ()
    attributes: Mapping[str, str] = {}
    more: tuple[Xml, ...] = ()


Codec = Literal["text", "bool", "int", "float", "ref"]


class Attribute(Struct, frozen=True, kw_only=True):
    """How an XML attribute fills a field.

    `missing` says how bad a reference to nothing is: a model cannot run without its flows, but may live without a data type.
    """

    field: str
    codec: Codec = "text"
    missing: Literal["error", "warning", "ignore"] = "warning"
    required: bool = False


class Child(Struct, frozen=True, kw_only=True):
    """How child elements fill a field: as elements, as their text, or (no field) kept as they are in `more`."""

    field: str = ""
    tags: tuple[str, ...] = ()
    how: Literal["element", "text", "ref", "raw"] = "element"
    many: bool = False
    missing: Literal["error", "warning", "ignore"] = "warning"


class Spec(Struct, frozen=True, kw_only=True):
    """How one XML element is read into and written from one type; `children` stand in the order of the schema."""

    tag: str
    type: type[Element]
    fixed: tuple[str, str] | None = None  # ("kind", "user_task"): what tells elements of one type apart
    attributes: Mapping[str, Attribute] = {}
    children: tuple[Child, ...] = ()
    content: str = ""  # field that takes the element's own text
    # DI elements have no documentation, and their extensions stand elsewhere
    extension_tag: str = f"{{{MODEL}}}extensionElements"
    needs_id: bool = False


def model(*names: str) -> tuple[str, ...]:
    return tuple(f"{{{MODEL}}}{name}" for name in names)


def text(field: str) -> Attribute:
    return Attribute(field=field)


def flag(field: str) -> Attribute:
    return Attribute(field=field, codec="bool")


def whole(field: str) -> Attribute:
    return Attribute(field=field, codec="int")


def number(field: str) -> Attribute:
    return Attribute(field=field, codec="float", required=True)


def ref(
    field: str, missing: Literal["error", "warning", "ignore"] = "warning", *, required: bool = False
) -> Attribute:
    return Attribute(field=field, codec="ref", missing=missing, required=required)


def one(field: str, *names: str) -> Child:
    return Child(field=field, tags=model(*names))


def many(field: str, *names: str) -> Child:
    return Child(field=field, tags=model(*names), many=True)


def words(field: str, name: str) -> Child:
    return Child(field=field, tags=model(name), how="text")


def refs(field: str, name: str, missing: Literal["error", "warning", "ignore"] = "warning") -> Child:
    return Child(field=field, tags=model(name), how="ref", many=True, missing=missing)


def raw(*names: str) -> Child:
    """Give kept elements their place in the schema's order."""
    return Child(tags=model(*names), how="raw")
