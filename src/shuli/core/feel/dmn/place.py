"""Where an expression stands in a model: what it may name, and how errors find their way back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from shuli.core.feel.budget import warn
from shuli.core.feel.compiler.code import Closure, Compiler, weight
from shuli.core.feel.errors import ExpressionError
from shuli.core.feel.expression import parse
from shuli.core.feel.kinds import converted, kind_name
from shuli.core.feel.types import TYPE_NAMES, FeelType, Simple

_NO_TYPES: Mapping[str, FeelType] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The names and types that an expression may use."""

    names: tuple[str, ...] = ()
    # names of the entries that values may have, for paths and filters
    entries: tuple[str, ...] = ()
    types: Mapping[str, FeelType] = field(default_factory=lambda: _NO_TYPES)
    # every expression error that was found on the way, with the text it is in
    found: list[ExpressionError] = field(default_factory=list)

    def with_names(self, *names: str) -> "Place":
        return replace(self, names=(*self.names, *names))

    def feel(self, text: str, *, tests: bool = False) -> tuple[Closure, int]:
        """Return the closure of FEEL text and its cost; text with errors is null and says why."""
        parsed = parse(text, self.names, self.types, self.entries, tests=tests)
        if parsed.errors:
            self.found.extend(parsed.errors)
            return _failing(parsed.errors), 1
        compiler = Compiler(text, frozenset(self.names), plain=False)
        return compiler.compile(parsed.node), weight(parsed.node)

    def type_named(self, name: str) -> FeelType | None:
        """Return the type of that name; None where nothing has to be checked."""
        if not name:
            return None
        found = self.types.get(name) or TYPE_NAMES.get(name)
        return None if found is Simple.ANY else found

    def typed(self, closure: Closure, name: str) -> Closure:
        """Return a closure whose values have the named type, or are null with a warning."""
        kind = self.type_named(name)
        return closure if kind is None else lambda env: admitted(env, closure(env), kind, name)


def admitted(env: Any, value: Any, kind: FeelType, name: str) -> Any:
    """Return a value as a declared type takes it; null with a warning where it does not fit."""
    fits, result = converted(value, kind, env.run)
    if not fits:
        warn(env, "", 0, "wrong_type", expected=name or str(kind), found=kind_name(value))
    return result


def _failing(errors: tuple[ExpressionError, ...]) -> Closure:
    def fail(env: Any) -> None:
        for error in errors:
            warn(env, error.expression, error.position, error.code, **error.params)

    return fail
