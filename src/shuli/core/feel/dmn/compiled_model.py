"""A model that is ready to run: every element compiled, every reference resolved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from shuli.core.feel.compiler.code import Closure
from shuli.core.feel.dmn.compiled_expressions import closure_of, function_value
from shuli.core.feel.dmn.findings import Finding
from shuli.core.feel.dmn.model import (
    AnyElement,
    BoxedContext,
    BoxedFunction,
    BusinessKnowledge,
    Decision,
    DecisionService,
    Import,
    InputData,
    Model,
    Relation,
    Table,
)
from shuli.core.feel.dmn.place import Place
from shuli.core.feel.dmn.read import references_of
from shuli.core.feel.dmn.types import entry_names, types_of
from shuli.core.feel.types import FeelType


class Located(NamedTuple):
    """An element in the model that holds it, and the names of the imports that lead there."""

    model: "CompiledModel"
    path: tuple[str, ...]
    element: AnyElement


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One input of a decision service."""

    name: str
    type: FeelType | None
    path: tuple[str, ...]
    id: str


class CompiledModel:
    """The closures of a model's elements, made when they are first needed."""

    def __init__(self, model: Model, models: Mapping[str, Model], level: int = 0) -> None:
        self.model = model
        self._models = models
        self._level = level
        self._closures: dict[str, Closure | None] = {}
        self._findings: dict[str, list[Finding]] = {}

    @cached_property
    def types(self) -> dict[str, FeelType]:
        return types_of(self.model, self._models)

    @cached_property
    def imports(self) -> list[tuple[Import, "CompiledModel"]]:
        """Return the imported models; a model that imports itself in a circle is cut off."""
        known = ((part, self._models.get(part.namespace)) for part in self.model.imports)
        return [
            (part, CompiledModel(other, self._models, self._level + 1))
            for part, other in known
            if other is not None and self._level < 10
        ]

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """Return the names that values may have entries by."""
        own = {*entry_names(self.model.types), *_output_names(self.model)}
        for _, other in self.imports:
            own |= {*other.entries, *(element.name for element in other.model.elements)}
        return tuple(sorted(own))

    def type_named(self, name: str) -> FeelType | None:
        return self._place().type_named(name)

    def find(self, href: str) -> Located | None:
        """Return the element that a reference means, in this model or an imported one."""
        namespace, _, identity = href.rpartition("#")
        if namespace in ("", self.model.namespace):
            element = self.model.by_id.get(identity)
            return None if element is None else Located(self, (), element)
        for part, other in self.imports:
            found = other.find(href)
            if found is not None:
                return Located(found.model, (part.name, *found.path), found.element)
        return None

    def closure(self, element: AnyElement) -> Closure | None:
        """Return what computes a decision, or makes the function of business knowledge."""
        if element.id not in self._closures:
            self._closures[element.id] = self._compile(element)
        return self._closures[element.id]

    def findings(self) -> tuple[Finding, ...]:
        """Return every error in the expressions of the model."""
        for element in self.model.elements:
            self.closure(element)
        return tuple(finding for found in self._findings.values() for finding in found)

    def parameters(self, service: DecisionService) -> tuple[Parameter, ...]:
        """Return the inputs of a decision service, in the order of a call by position."""
        located = (self.find(href) for href in service.input_data + service.input_decisions)
        return tuple(
            Parameter(
                name=".".join((*found.path, found.element.variable.name)),
                type=found.model.type_named(found.element.variable.type),
                path=found.path,
                id=found.element.id,
            )
            for found in located
            if found is not None and isinstance(found.element, (InputData, Decision))
        )

    def _compile(self, element: AnyElement) -> Closure | None:
        place = self._place(*self._names_for(element))
        closure: Closure | None = None
        if isinstance(element, Decision):
            closure = place.typed(closure_of(element.expression, place), element.variable.type)
        elif isinstance(element, BusinessKnowledge):
            closure = function_value(element.function or BoxedFunction(), place)
        self._findings[element.id] = [
            Finding(
                code=error.code, element=element.name, line=element.line,
                params={**error.params, "expression": error.expression,
                        "at": f"{error.line}:{error.column}"},
            )
            for error in place.found
        ]  # fmt: skip
        return closure

    def _place(self, *names: str) -> Place:
        return Place(names=names, entries=self.entries, types=self.types)

    def _names_for(self, element: AnyElement) -> Iterator[str]:
        for href in references_of(element):
            found = self.find(href)
            if found is not None:
                yield found.path[0] if found.path and found.path[0] else name_of(found.element)


def name_of(element: AnyElement) -> str:
    """Return the name by which expressions know an element."""
    variable = getattr(element, "variable", None)
    return variable.name if variable is not None and variable.name else element.name


def _output_names(model: Model) -> Iterator[str]:
    for element in model.elements:
        if isinstance(element, Decision):
            yield from _names_in(element.expression)
        elif isinstance(element, BusinessKnowledge) and element.function is not None:
            yield from _names_in(element.function.body)
        elif isinstance(element, DecisionService):
            yield from (name_of(model.by_id[href[1:]]) for href in element.output_decisions
                        if href[1:] in model.by_id)  # fmt: skip


def _names_in(expression: Any) -> Iterator[str]:
    """Yield the names of the entries that an expression's value has."""
    if isinstance(expression, Table):
        yield from (output.name for output in expression.table.outputs if output.name)
    elif isinstance(expression, Relation):
        yield from (column.name for column in expression.columns)
    elif isinstance(expression, BoxedContext):
        for entry in expression.entries:
            if entry.variable is not None:
                yield entry.variable.name
            yield from _names_in(entry.value)
