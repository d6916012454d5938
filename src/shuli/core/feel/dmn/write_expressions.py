"""Write boxed expressions as XML."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from shuli.core.feel.dmn.model import (
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedList,
    BoxedLoop,
    BoxedQuantifier,
    Conditional,
    Expression,
    FeelText,
    Invocation,
    Relation,
    Table,
    Variable,
)
from shuli.core.feel.dmn.table import DecisionTable, Input, Output, Rule


def attributes_of(variable: Variable) -> dict[str, str]:
    found = {"name": variable.name, "typeRef": variable.type, "id": variable.id}
    return {name: value for name, value in found.items() if value or name == "name"}


class Writer:
    """Makes elements in the namespace of one version of DMN."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"

    def child(self, parent: Any, tag: str, **attributes: str) -> Any:
        return etree.SubElement(parent, self.tag(tag), attributes)

    def text(self, parent: Any, name: str, text: str) -> None:
        self.child(parent, name).text = text

    def variable(self, parent: Any, variable: Variable, name: str = "variable") -> None:
        self.child(parent, name, **attributes_of(variable))

    def expression(self, parent: Any, expression: Expression | None) -> None:
        """Add a boxed expression to an element; None adds nothing."""
        if expression is None:
            return
        name, write = _WRITERS[type(expression)]
        element = self.child(parent, name, **common(expression))
        write(self, element, expression)

    def feel_text(self, element: Any, expression: FeelText) -> None:
        if expression.language:
            element.set("expressionLanguage", expression.language)
        self.text(element, "text", expression.text)

    def table(self, element: Any, expression: Table) -> None:
        self.decision_table(element, expression.table)

    def context(self, element: Any, expression: BoxedContext) -> None:
        for entry in expression.entries:
            part = self.child(element, "contextEntry")
            if entry.variable is not None:
                self.variable(part, entry.variable)
            self.expression(part, entry.value)

    def relation(self, element: Any, expression: Relation) -> None:
        for column in expression.columns:
            self.variable(element, column, "column")
        for row in expression.rows:
            part = self.child(element, "row")
            for cell in row:
                self.expression(part, cell)

    def items(self, element: Any, expression: BoxedList) -> None:
        for item in expression.items:
            self.expression(element, item)

    def invocation(self, element: Any, expression: Invocation) -> None:
        self.expression(element, expression.function)
        for binding in expression.bindings:
            part = self.child(element, "binding")
            self.variable(part, binding.parameter, "parameter")
            self.expression(part, binding.value)

    def function(self, element: Any, expression: BoxedFunction) -> None:
        if expression.kind != "FEEL":
            element.set("kind", expression.kind)
        for parameter in expression.parameters:
            self.variable(element, parameter, "formalParameter")
        self.expression(element, expression.body)

    def conditional(self, element: Any, expression: Conditional) -> None:
        self.expression(self.child(element, "if"), expression.condition)
        self.expression(self.child(element, "then"), expression.then)
        self.expression(self.child(element, "else"), expression.otherwise)

    def loop(self, element: Any, expression: BoxedLoop) -> None:
        element.set("iteratorVariable", expression.variable)
        self.expression(self.child(element, "in"), expression.source)
        self.expression(self.child(element, "return"), expression.body)

    def quantifier(self, element: Any, expression: BoxedQuantifier) -> None:
        element.tag = self.tag("every" if expression.every else "some")
        element.set("iteratorVariable", expression.variable)
        self.expression(self.child(element, "in"), expression.source)
        self.expression(self.child(element, "satisfies"), expression.condition)

    def filter(self, element: Any, expression: BoxedFilter) -> None:
        self.expression(self.child(element, "in"), expression.source)
        self.expression(self.child(element, "match"), expression.condition)

    def decision_table(self, element: Any, table: DecisionTable) -> None:
        element.set("hitPolicy", table.hit_policy.value)
        found = {
            "aggregation": "" if table.aggregation is None else table.aggregation.value,
            "outputLabel": table.name,
            "id": element.get("id") or table.id,
        }
        _set(element, found)
        for part in table.inputs:
            self._input(element, part)
        for output in table.outputs:
            self._output(element, output)
        for title in table.annotations:
            self.child(element, "annotation", name=title)
        for rule in table.rules:
            self._rule(element, rule, bool(table.annotations))

    def _input(self, parent: Any, part: Input) -> None:
        element = self.child(parent, "input")
        _set(element, {"id": part.id, "label": part.label})
        expression = self.child(element, "inputExpression")
        _set(expression, {"typeRef": part.type})
        self.text(expression, "text", part.expression)
        if part.values:
            self.text(self.child(element, "inputValues"), "text", part.values)

    def _output(self, parent: Any, output: Output) -> None:
        element = self.child(parent, "output")
        found = {"id": output.id, "label": output.label, "name": output.name, "typeRef": output.type}
        _set(element, found)
        if output.values:
            self.text(self.child(element, "outputValues"), "text", output.values)
        if output.default:
            self.text(self.child(element, "defaultOutputEntry"), "text", output.default)

    def _rule(self, parent: Any, rule: Rule, has_annotations: bool) -> None:
        element = self.child(parent, "rule")
        _set(element, {"id": rule.id})
        if rule.annotation and not has_annotations:
            self.text(element, "description", rule.annotation)
        for test in rule.tests:
            self.text(self.child(element, "inputEntry"), "text", test)
        for output in rule.outputs:
            self.text(self.child(element, "outputEntry"), "text", output)
        for annotation in (rule.annotation, *rule.annotations) if has_annotations else ():
            self.text(self.child(element, "annotationEntry"), "text", annotation)


def common(expression: Boxed) -> dict[str, str]:
    found = {"typeRef": expression.type, "id": expression.id, "label": expression.label}
    return {name: value for name, value in found.items() if value}


def _set(element: Any, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name, value)


_WRITERS: dict[type, tuple[str, Callable[[Writer, Any, Any], None]]] = {
    FeelText: ("literalExpression", Writer.feel_text),
    Table: ("decisionTable", Writer.table),
    BoxedContext: ("context", Writer.context),
    Relation: ("relation", Writer.relation),
    BoxedList: ("list", Writer.items),
    Invocation: ("invocation", Writer.invocation),
    BoxedFunction: ("functionDefinition", Writer.function),
    Conditional: ("conditional", Writer.conditional),
    BoxedLoop: ("for", Writer.loop),
    BoxedQuantifier: ("some", Writer.quantifier),
    BoxedFilter: ("filter", Writer.filter),
}
