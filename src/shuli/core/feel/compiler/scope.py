"""Where names find their values while an expression runs: scopes inside scopes, the context outermost."""

from collections.abc import Mapping
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.convert import feel_value

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
        value = feel_value(self.variables[name])
        self[name] = value
        return value


class ItemScope(Scope):
    """Inside a filter: the entries of the list item come before the names around it."""

    def __init__(self, parent: Scope, item: Any) -> None:
        self.parent = parent
        self.run = parent.run
        self["item"] = item
        if type(item) is dict:
            self.update(item)

    def __missing__(self, name: str) -> Any:
        return self.parent[name]
