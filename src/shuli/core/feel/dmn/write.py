"""Write a decision model as DMN XML."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from shuli.core.feel.dmn.model import (
    AnyElement,
    BusinessKnowledge,
    Decision,
    DecisionService,
    Element,
    InputData,
    ItemDefinition,
    KnowledgeSource,
    Model,
    Variable,
)
from shuli.core.feel.dmn.read import NAMESPACES
from shuli.core.feel.dmn.write_expressions import Writer, attributes_of, common
from shuli.core.feel.dmn.xml import open_xml

_DIAGRAMS = re.compile(r"https?://www\.omg\.org/spec/DMN/\d{8}/DMNDI/")


def write_dmn(model: Model, version: str = "1.5") -> bytes:
    """Return the model as XML of DMN 1.3, 1.4 or 1.5.

    Diagrams and the extensions of other makers are written as they were read.
    """
    namespace = next(uri for uri, known in NAMESPACES.items() if known == version)
    writer = Writer(namespace)
    names: Any = {None: namespace}
    root = etree.Element(writer.tag("definitions"), nsmap=names)
    _set(root, namespace=model.namespace, name=model.name, id=model.id)
    _description(writer, root, model.description)
    _raw(root, model.extensions)
    for part in model.imports:
        attributes = {"namespace": part.namespace, "locationURI": part.location, "importType": part.kind}
        element = writer.child(root, "import", name=part.name)
        _set(element, **attributes)
    for item in model.types:
        _item(writer, writer.child(root, "itemDefinition"), item)
    for element in model.elements:
        _WRITERS[type(element)](writer, root, element)
    _raw(root, _DIAGRAMS.sub(namespace.replace("/MODEL/", "/DMNDI/"), model.diagrams))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _set(element: Any, **attributes: str) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name, value)


def _description(writer: Writer, element: Any, text: str) -> None:
    if text:
        writer.text(element, "description", text)


def _raw(element: Any, xml: str) -> None:
    if xml:
        part, refused = open_xml(xml.encode())
        if refused is None:
            element.append(part)


def _item(writer: Writer, element: Any, item: ItemDefinition) -> None:
    _set(element, name=item.name, id=item.id, label=item.label)
    if item.is_collection:
        element.set("isCollection", "true")
    if item.type:
        writer.text(element, "typeRef", item.type)
    for name, tests in (("allowedValues", item.allowed_values), ("typeConstraint", item.type_constraint)):
        if tests:
            writer.text(writer.child(element, name), "text", tests)
    for component in item.components:
        _item(writer, writer.child(element, "itemComponent"), component)
    if item.parameters is not None:
        _function_item(writer, element, item.parameters, item.result)


def _function_item(writer: Writer, element: Any, parameters: tuple[Variable, ...], result: str) -> None:
    function = writer.child(element, "functionItem")
    _set(function, outputTypeRef=result)
    for parameter in parameters:
        writer.child(function, "parameters", **attributes_of(parameter))


def _element(writer: Writer, root: Any, name: str, element: Element) -> Any:
    made = writer.child(root, name, id=element.id, name=element.name)
    _set(made, label=element.label)
    _description(writer, made, element.description)
    _raw(made, element.extensions)
    return made


def _input_data(writer: Writer, root: Any, element: InputData) -> None:
    writer.variable(_element(writer, root, "inputData", element), element.variable)


def _decision(writer: Writer, root: Any, element: Decision) -> None:
    made = _element(writer, root, "decision", element)
    for name, text in (("question", element.question), ("allowedAnswers", element.allowed_answers)):
        if text:
            writer.text(made, name, text)
    writer.variable(made, element.variable)
    _requirements(writer, made, "informationRequirement", "requiredDecision", element.required_decisions)
    _requirements(writer, made, "informationRequirement", "requiredInput", element.required_inputs)
    _requirements(writer, made, "knowledgeRequirement", "requiredKnowledge", element.required_knowledge)
    _authorities(writer, made, element.authorities)
    writer.expression(made, element.expression)


def _knowledge(writer: Writer, root: Any, element: BusinessKnowledge) -> None:
    made = _element(writer, root, "businessKnowledgeModel", element)
    writer.variable(made, element.variable)
    if element.function is not None:
        writer.function(writer.child(made, "encapsulatedLogic", **common(element.function)), element.function)
    _requirements(writer, made, "knowledgeRequirement", "requiredKnowledge", element.required_knowledge)
    _authorities(writer, made, element.authorities)


def _requirements(writer: Writer, element: Any, requirement: str, name: str, hrefs: Iterable[str]) -> None:
    for href in hrefs:
        writer.child(writer.child(element, requirement), name, href=href)


def _authorities(writer: Writer, element: Any, authorities: Iterable[tuple[str, str]]) -> None:
    for kind, href in authorities:
        _requirements(writer, element, "authorityRequirement", kind, (href,))


def _service(writer: Writer, root: Any, element: DecisionService) -> None:
    made = _element(writer, root, "decisionService", element)
    writer.variable(made, element.variable)
    for name, hrefs in (
        ("outputDecision", element.output_decisions),
        ("encapsulatedDecision", element.encapsulated_decisions),
        ("inputDecision", element.input_decisions),
        ("inputData", element.input_data),
    ):
        for href in hrefs:
            writer.child(made, name, href=href)


def _source(writer: Writer, root: Any, element: KnowledgeSource) -> None:
    made = _element(writer, root, "knowledgeSource", element)
    _set(made, locationURI=element.location)
    if element.kind:
        writer.text(made, "type", element.kind)


_WRITERS: dict[type[AnyElement], Callable[[Writer, Any, Any], None]] = {
    InputData: _input_data,
    Decision: _decision,
    BusinessKnowledge: _knowledge,
    DecisionService: _service,
    KnowledgeSource: _source,
}
