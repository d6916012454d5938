"""The compiler's frame: which closure stands for which part of an expression."""

from collections.abc import Callable
from typing import Any, TypeAlias

from shuli.core.feel.budget import warn
from shuli.core.feel.compiler.scope import Env
from shuli.core.feel.errors import Failure
from shuli.core.feel.grammar.syntax import Embedded, Node

Closure: TypeAlias = Callable[[Any], Any]
Rule: TypeAlias = Callable[["Compiler", Any], Closure]

RULES: dict[type[Node], Rule] = {}


class Compiler:
    """What the rules need to know about the expression around a part."""

    __slots__ = ("bound", "declared", "plain", "source")

    def __init__(self, source: str, declared: frozenset[str], *, plain: bool) -> None:
        self.source = source
        self.declared = declared
        # whether the closures run on the caller's own dict instead of a scope
        self.plain = plain
        # names that the expression itself introduces around the part
        self.bound: frozenset[str] = frozenset()

    def compile(self, node: Node) -> Closure:
        return RULES[type(node)](self, node)

    def compile_with(self, names: tuple[str, ...], node: Node) -> Closure:
        """Return the closure of a part in which some names more are bound."""
        before = self.bound
        self.bound = before | frozenset(names)
        closure = self.compile(node)
        self.bound = before
        return closure

    def failed(self, env: Env, at: int, failure: Failure) -> None:
        warn(env, self.source, at, failure.code, **failure.params)


def weight(node: Any) -> int:
    """Return how many parts an expression has, as its cost of one run."""
    if isinstance(node, Embedded):
        return node.cost
    if isinstance(node, Node):
        return 1 + sum(weight(getattr(node, name)) for name in node.__slots__)
    if isinstance(node, tuple):
        return sum(weight(part) for part in node)
    return 0
