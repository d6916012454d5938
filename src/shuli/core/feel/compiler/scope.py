"""Where names find their values while an expression runs: scopes inside scopes, the context outermost."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.convert import feel_value

_NO_ENTRIES: Mapping[str, Any] = MappingProxyType({})
# A scope is a dict, so that a name that it holds itself is found at full speed.
Env = dict[str, Any]


class Scope(dict[str, Any]):
    """Names that an expression introduces itself; others are looked up in the scope around it."""

    __slots__ = ("parent", "run")

    def __init__(self, parent: "Scope") -> None:
        self.parent = parent
        self.run: Run = parent.run

    def __missing__(self, name: str) -> Any:
        return self.parent[name]


class ContextScope(Scope):
    """The variables that the caller gave, taken into FEEL when they are first read."""

    __slots__ = ("variables",)

    def __init__(self, variables: Mapping[str, Any], run: Run) -> None:
        self.variables = variables
        self.run = run

    def __missing__(self, name: str) -> Any:
        given = self.variables[name]
        value = feel_value(given)
        if value is None and given is not None:
            self.run.warn("", 0, "unsupported_value", {"name": name, "found": type(given).__name__})
        self[name] = value
        return value


class ItemScope(Scope):
    """Inside a filter: the entries of the list item come before the names around it."""

    __slots__ = ("entries",)

    def __init__(self, parent: Scope, item: Any) -> None:
        self.parent = parent
        self.run = parent.run
        self.entries: Any = _NO_ENTRIES
        if type(item) is dict:
            self.entries = item
        if "item" not in self.entries:
            self["item"] = item

    def __missing__(self, name: str) -> Any:
        entries = self.entries
        return entries[name] if name in entries else self.parent[name]
