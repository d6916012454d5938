"""Turn the item definitions of a model into types."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.compiler.scope import ContextScope
from shuli.core.feel.compiler.tests import INPUT
from shuli.core.feel.dmn.model import ItemDefinition, Model
from shuli.core.feel.dmn.place import Place
from shuli.core.feel.errors import OutOfBudget
from shuli.core.feel.types import (
    TYPE_NAMES,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RestrictedType,
    Simple,
)

_MOST_LEVELS = 30


def types_of(model: Model, models: Mapping[str, Model]) -> dict[str, FeelType]:
    """Return the types of a model by name; those of an imported model under the name of the import."""
    known: dict[str, FeelType] = {}
    for imported in model.imports:
        other = models.get(imported.namespace)
        if other is not None and other is not model:
            prefix = f"{imported.name}." if imported.name else ""
            known |= {prefix + name: kind for name, kind in types_of(other, models).items()}
    definitions = {item.name: item for item in model.types}
    for item in model.types:
        known[item.name] = _Resolution(definitions, known).of(item, 0)
    return known


def entry_names(items: tuple[ItemDefinition, ...]) -> Iterator[str]:
    """Yield the names of all components, at every level."""
    for item in items:
        for component in item.components:
            yield component.name
        yield from entry_names(item.components)


class _Resolution:
    """Follows references between item definitions; one that leads back to itself counts as Any."""

    def __init__(self, definitions: Mapping[str, ItemDefinition], imported: Mapping[str, FeelType]) -> None:
        self._definitions = definitions
        self._imported = imported

    def of(self, item: ItemDefinition, level: int) -> FeelType:
        element = self._restricted(item, self._base(item, level + 1), item.allowed_values)
        kind: FeelType = ListType(element=element) if item.is_collection else element
        return self._restricted(item, kind, item.type_constraint)

    def named(self, name: str, level: int) -> FeelType:
        if level > _MOST_LEVELS:
            return Simple.ANY
        if name in self._definitions:
            return self.of(self._definitions[name], level)
        return self._imported.get(name) or TYPE_NAMES.get(name) or Simple.ANY

    def _base(self, item: ItemDefinition, level: int) -> FeelType:
        if item.components:
            return ContextType(entries=tuple((part.name, self.of(part, level)) for part in item.components))
        if item.parameters is not None:
            parameters = tuple(self.named(parameter.type, level) for parameter in item.parameters)
            return FunctionType(parameters=parameters, result=self.named(item.result, level))
        return self.named(item.type, level)

    def _restricted(self, item: ItemDefinition, base: FeelType, tests: str) -> FeelType:
        if not tests.strip():
            return base
        return RestrictedType(name=item.name, base=base, allows=_allows(tests))


def _allows(tests: str) -> Callable[[Any], bool]:
    closure, _ = Place(names=(INPUT,)).feel(tests, tests=True)

    def allows(value: Any) -> bool:
        try:
            return closure(ContextScope({INPUT: value}, Run())) is True
        except OutOfBudget:
            return False

    return allows
