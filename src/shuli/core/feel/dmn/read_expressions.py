"""Read boxed expressions from XML."""

from collections.abc import Callable
from typing import Any

from shuli.core.feel.dmn.model import (
    Binding,
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedList,
    BoxedLoop,
    BoxedQuantifier,
    Conditional,
    ContextEntry,
    Expression,
    FeelText,
    Invocation,
    Relation,
    Table,
    Variable,
)
from shuli.core.feel.dmn.table import Aggregation, DecisionTable, HitPolicy, Input, Output, Rule
from shuli.core.feel.dmn.xml import child, children, local, text_of

_KINDS = {"FEEL": "FEEL", "Java": "Java", "PMML": "PMML"}


def expression_in(element: Any) -> Expression | None:
    """Return the boxed expression among the children of an element."""
    for part in element:
        read = _READERS.get(local(part))
        if read is not None:
            return read(part)
    return None


def expression_under(element: Any, name: str) -> Expression | None:
    """Return the boxed expression inside a child such as `if` or `satisfies`."""
    found = child(element, name)
    return None if found is None else expression_in(found)


def read_variable(element: Any) -> Variable:
    return Variable(name=normal_name(element.get("name")), type=type_ref(element), id=element.get("id", ""))


def normal_name(name: str | None) -> str:
    return " ".join((name or "").split())


def type_ref(element: Any, attribute: str = "typeRef") -> str:
    """Return the type that an element declares, without the prefix that old models write."""
    return _without_prefix(element.get(attribute) or "", element)


def type_text(element: Any) -> str:
    """Return the type in a child `typeRef`."""
    return _without_prefix(text_of(element, "typeRef"), element)


def _without_prefix(reference: str, element: Any) -> str:
    prefix, colon, name = reference.strip().partition(":")
    return name if colon and prefix in element.nsmap else normal_name(reference)


def _common(element: Any) -> dict[str, str]:
    return {"type": type_ref(element), "id": element.get("id", ""), "label": element.get("label", "")}


def _literal(element: Any) -> FeelText:
    language = element.get("expressionLanguage", "")
    return FeelText(text=text_of(element, "text"), language=language, **_common(element))


def _context(element: Any) -> BoxedContext:
    entries = tuple(_entry(part) for part in children(element, "contextEntry"))
    return BoxedContext(entries=entries, **_common(element))


def _entry(element: Any) -> ContextEntry:
    variable = child(element, "variable")
    return ContextEntry(
        variable=None if variable is None else read_variable(variable), value=expression_in(element)
    )


def _relation(element: Any) -> Relation:
    columns = tuple(read_variable(part) for part in children(element, "column"))
    rows = tuple(_row(part) for part in children(element, "row"))
    return Relation(columns=columns, rows=rows, **_common(element))


def _row(element: Any) -> tuple[Expression | None, ...]:
    return tuple(_READERS[local(part)](part) for part in element if local(part) in _READERS)


def _list(element: Any) -> BoxedList:
    return BoxedList(items=_row(element), **_common(element))


def _invocation(element: Any) -> Invocation:
    bindings = tuple(_binding(part) for part in children(element, "binding"))
    return Invocation(function=expression_in(element), bindings=bindings, **_common(element))


def _binding(element: Any) -> Binding:
    parameter = child(element, "parameter")
    variable = Variable(name="") if parameter is None else read_variable(parameter)
    return Binding(parameter=variable, value=expression_in(element))


def read_function(element: Any) -> BoxedFunction:
    parameters = tuple(read_variable(part) for part in children(element, "formalParameter"))
    kind: Any = _KINDS.get(element.get("kind", "FEEL"), "Java")
    return BoxedFunction(parameters=parameters, body=expression_in(element), kind=kind, **_common(element))


def _conditional(element: Any) -> Conditional:
    condition, then, otherwise = (expression_under(element, name) for name in ("if", "then", "else"))
    return Conditional(condition=condition, then=then, otherwise=otherwise, **_common(element))


def _loop(element: Any) -> BoxedLoop:
    return BoxedLoop(
        variable=normal_name(element.get("iteratorVariable")),
        source=expression_under(element, "in"),
        body=expression_under(element, "return"),
        **_common(element),
    )


def _quantifier(element: Any) -> BoxedQuantifier:
    return BoxedQuantifier(
        every=local(element) == "every",
        variable=normal_name(element.get("iteratorVariable")),
        source=expression_under(element, "in"),
        condition=expression_under(element, "satisfies"),
        **_common(element),
    )


def _filter(element: Any) -> BoxedFilter:
    source, condition = expression_under(element, "in"), expression_under(element, "match")
    return BoxedFilter(source=source, condition=condition, **_common(element))


def _table(element: Any) -> Table:
    return Table(table=read_table(element), **_common(element))


def read_table(element: Any) -> DecisionTable:
    aggregation = element.get("aggregation")
    return DecisionTable(
        inputs=tuple(_input(part) for part in children(element, "input")),
        outputs=tuple(_output(part) for part in children(element, "output")),
        rules=tuple(_rule(part) for part in children(element, "rule")),
        hit_policy=HitPolicy(element.get("hitPolicy", "UNIQUE")),
        aggregation=Aggregation(aggregation) if aggregation else None,
        name=normal_name(element.get("outputLabel")),
        annotations=tuple(part.get("name", "") for part in children(element, "annotation")),
        id=element.get("id", ""),
    )


def _input(element: Any) -> Input:
    expression = child(element, "inputExpression")
    return Input(
        expression="" if expression is None else text_of(expression, "text"),
        type="" if expression is None else type_ref(expression),
        values=_values(element, "inputValues"),
        label=element.get("label", ""),
        id=element.get("id", ""),
    )


def _output(element: Any) -> Output:
    default = child(element, "defaultOutputEntry")
    return Output(
        name=normal_name(element.get("name")),
        type=type_ref(element),
        values=_values(element, "outputValues"),
        default="" if default is None else text_of(default, "text"),
        label=element.get("label", ""),
        id=element.get("id", ""),
    )


def _values(element: Any, name: str) -> str:
    found = child(element, name)
    return "" if found is None else text_of(found, "text")


def _rule(element: Any) -> Rule:
    annotations = tuple(text_of(part, "text") for part in children(element, "annotationEntry"))
    return Rule(
        tests=tuple(text_of(part, "text") for part in children(element, "inputEntry")),
        outputs=tuple(text_of(part, "text") for part in children(element, "outputEntry")),
        annotation=annotations[0] if annotations else text_of(element, "description"),
        annotations=annotations[1:],
        id=element.get("id", ""),
    )


_READERS: dict[str, Callable[[Any], Expression]] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "relation": _relation,
    "list": _list,
    "invocation": _invocation,
    "functionDefinition": read_function,
    "conditional": _conditional,
    "for": _loop,
    "some": _quantifier,
    "every": _quantifier,
    "filter": _filter,
}
