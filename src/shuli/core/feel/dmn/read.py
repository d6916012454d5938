"""Read a decision model from DMN XML."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from shuli.core.feel.dmn.findings import Finding
from shuli.core.feel.dmn.model import (
    AnyElement,
    BusinessKnowledge,
    Decision,
    DecisionService,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeSource,
    Model,
    Variable,
)
from shuli.core.feel.dmn.read_expressions import (
    expression_in,
    normal_name,
    read_function,
    read_variable,
    type_ref,
    type_text,
)
from shuli.core.feel.dmn.xml import child, children, local, open_xml, raw, text_of

NAMESPACES = {
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
}
_OLD = "1.2"


class Reading(NamedTuple):
    """The model, or None when the file is none, and everything to say about it."""

    model: Model | None
    findings: tuple[Finding, ...]


def read_dmn(data: bytes, models: Iterable[Model] = ()) -> Reading:
    """Return the decision model in DMN 1.3 to 1.5 XML, with findings; `models` are what it may import."""
    root, refused = open_xml(data)
    if refused is not None:
        return Reading(None, (refused,))
    version = _version(root)
    if version is None:
        found = str(root.tag)
        return Reading(None, (Finding(code="not_dmn", line=root.sourceline or 0, params={"found": found}),))
    try:
        model = _model(root, tuple(models))
    except ValueError as error:
        return Reading(None, (Finding(code="wrong_attribute", params={"found": str(error)}),))
    findings = _old_version(version) + _broken_references(model)
    return Reading(model, tuple(findings))


def _version(root: Any) -> str | None:
    namespace = root.nsmap.get(root.prefix, "")
    return NAMESPACES.get(namespace) if local(root) == "definitions" else None


def _old_version(version: str) -> list[Finding]:
    return (
        [Finding(code="old_version", severity="warning", params={"found": version})]
        if version == _OLD
        else []
    )


def _model(root: Any, models: tuple[Model, ...]) -> Model:
    diagrams = child(root, "DMNDI")
    return Model(
        namespace=root.get("namespace", ""),
        name=normal_name(root.get("name")),
        id=root.get("id", ""),
        description=text_of(root, "description"),
        imports=tuple(_import(part) for part in children(root, "import")),
        types=tuple(_item(part) for part in children(root, "itemDefinition")),
        elements=tuple(_READERS[local(part)](part) for part in root if local(part) in _READERS),
        extensions=_extensions(root),
        diagrams="" if diagrams is None else raw(diagrams),
        models=models,
    )


def _import(element: Any) -> Import:
    return Import(
        namespace=element.get("namespace", ""),
        name=normal_name(element.get("name")),
        kind=element.get("importType", ""),
        location=element.get("locationURI", ""),
    )


def _item(element: Any) -> ItemDefinition:
    function = child(element, "functionItem")
    return ItemDefinition(
        name=normal_name(element.get("name")),
        type=type_text(element),
        is_collection=element.get("isCollection") == "true",
        allowed_values=_tests(element, "allowedValues"),
        type_constraint=_tests(element, "typeConstraint"),
        components=tuple(_item(part) for part in children(element, "itemComponent")),
        parameters=_parameters(function),
        result="" if function is None else type_ref(function, "outputTypeRef"),
        id=element.get("id", ""),
        label=element.get("label", ""),
    )


def _tests(element: Any, name: str) -> str:
    found = child(element, name)
    return "" if found is None else text_of(found, "text")


def _parameters(function: Any) -> tuple[Variable, ...] | None:
    if function is None:
        return None
    return tuple(read_variable(part) for part in children(function, "parameters"))


def _element(element: Any) -> dict[str, Any]:
    return {
        "id": element.get("id") or normal_name(element.get("name")),
        "name": normal_name(element.get("name")),
        "label": element.get("label", ""),
        "description": text_of(element, "description"),
        "extensions": _extensions(element),
        "line": element.sourceline or 0,
    }


def _extensions(element: Any) -> str:
    found = child(element, "extensionElements")
    return "" if found is None else raw(found)


def _variable(element: Any) -> Variable:
    found = child(element, "variable")
    name = normal_name(element.get("name"))
    if found is None:
        return Variable(name=name)
    variable = read_variable(found)
    return Variable(name=variable.name or name, type=variable.type, id=variable.id)


def _references(element: Any, requirement: str, name: str) -> tuple[str, ...]:
    found = (child(part, name) for part in children(element, requirement))
    return tuple(part.get("href", "") for part in found if part is not None)


def _hrefs(element: Any, name: str) -> tuple[str, ...]:
    return tuple(part.get("href", "") for part in children(element, name))


def _input_data(element: Any) -> InputData:
    return InputData(variable=_variable(element), **_element(element))


def _decision(element: Any) -> Decision:
    return Decision(
        variable=_variable(element),
        expression=expression_in(element),
        question=text_of(element, "question"),
        allowed_answers=text_of(element, "allowedAnswers"),
        required_inputs=_references(element, "informationRequirement", "requiredInput"),
        required_decisions=_references(element, "informationRequirement", "requiredDecision"),
        required_knowledge=_references(element, "knowledgeRequirement", "requiredKnowledge"),
        authorities=_authorities(element),
        **_element(element),
    )


def _knowledge(element: Any) -> BusinessKnowledge:
    logic = child(element, "encapsulatedLogic")
    return BusinessKnowledge(
        variable=_variable(element),
        function=None if logic is None else read_function(logic),
        required_knowledge=_references(element, "knowledgeRequirement", "requiredKnowledge"),
        authorities=_authorities(element),
        **_element(element),
    )


def _authorities(element: Any) -> tuple[tuple[str, str], ...]:
    names = ("requiredAuthority", "requiredDecision", "requiredInput")
    return tuple(
        (name, found) for name in names for found in _references(element, "authorityRequirement", name)
    )


def _service(element: Any) -> DecisionService:
    return DecisionService(
        variable=_variable(element),
        output_decisions=_hrefs(element, "outputDecision"),
        encapsulated_decisions=_hrefs(element, "encapsulatedDecision"),
        input_decisions=_hrefs(element, "inputDecision"),
        input_data=_hrefs(element, "inputData"),
        **_element(element),
    )


def _source(element: Any) -> KnowledgeSource:
    kind = text_of(element, "type")
    return KnowledgeSource(kind=kind, location=element.get("locationURI", ""), **_element(element))


def _broken_references(model: Model) -> list[Finding]:
    return [
        Finding(code="unknown_reference", element=element.name, line=element.line, params={"found": href})
        for element in model.elements
        for href in references_of(element)
        if _is_broken(model, href)
    ]


def references_of(element: AnyElement) -> tuple[str, ...]:
    """Return every reference of an element to another one that it needs to be evaluated."""
    if isinstance(element, Decision):
        return element.required_inputs + element.required_decisions + element.required_knowledge
    if isinstance(element, BusinessKnowledge):
        return element.required_knowledge
    if isinstance(element, DecisionService):
        return (
            element.output_decisions + element.encapsulated_decisions
            + element.input_decisions + element.input_data
        )  # fmt: skip
    return ()


def _is_broken(model: Model, href: str) -> bool:
    namespace, _, name = href.rpartition("#")
    if namespace in ("", model.namespace):
        return name not in model.by_id
    return all(imported.namespace != namespace for imported in model.imports)


_READERS: dict[str, Callable[[Any], AnyElement]] = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _service,
    "knowledgeSource": _source,
}
