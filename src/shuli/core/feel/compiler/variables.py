"""Which names an expression reads from outside itself."""

from collections.abc import Iterator as Iteration
from typing import Any

from shuli.core.feel.functions.table import BUILTINS
from shuli.core.feel.grammar.syntax import (
    Call,
    ContextLiteral,
    Filter,
    FunctionDefinition,
    Loop,
    Name,
    Node,
    Quantified,
)

# Names that FEEL itself gives a value in some places.
_SPECIAL = frozenset({"item", "partial", "?"})


def variables_of(node: Node, declared: frozenset[str]) -> frozenset[str]:
    """Return the names that an expression reads from its context.

    A name inside a filter may be an entry of the list's items as well: it counts as a variable when it
    is declared, or when nothing is declared.
    """
    return frozenset(_free(node, frozenset(), declared, in_filter=False))


def mentions(node: Any, name: str) -> bool:
    """Return whether a name occurs in a part of an expression."""
    if isinstance(node, Name):
        return node.name == name
    return any(mentions(part, name) for part in parts_of(node))


def parts_of(node: Any) -> Iteration[Any]:
    """Yield the parts of a part, tuples opened."""
    values = (getattr(node, field) for field in _fields(type(node))) if isinstance(node, Node) else node
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from parts_of(value)


def _fields(kind: type) -> tuple[str, ...]:
    return tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]


def _free(node: Any, bound: frozenset[str], declared: frozenset[str], *, in_filter: bool) -> Iteration[str]:
    if isinstance(node, Name):
        if node.name not in bound and _is_variable(node.name, declared, in_filter=in_filter):
            yield node.name
        return
    for part, names, filtered in _parts_with_names(node):
        yield from _free(part, bound | names, declared, in_filter=in_filter or filtered)


def _is_variable(name: str, declared: frozenset[str], *, in_filter: bool) -> bool:
    if name in declared:
        return True
    if name in _SPECIAL or name in BUILTINS:
        return False
    return not (in_filter and declared)


def _parts_with_names(node: Any) -> Iteration[tuple[Any, frozenset[str], bool]]:
    """Yield each part with the names that are bound in it, and whether it is the condition of a filter."""
    nothing: frozenset[str] = frozenset()
    if isinstance(node, (Loop, Quantified)):
        yield from _iteration_parts(node)
    elif isinstance(node, FunctionDefinition):
        yield node.body, frozenset(parameter.name for parameter in node.parameters), False
    elif isinstance(node, ContextLiteral):
        before = nothing
        for name, value in node.entries:
            before |= {name}
            yield value, before, False
    elif isinstance(node, Filter):
        yield node.source, nothing, False
        yield node.condition, nothing, True
    elif isinstance(node, Call) and isinstance(node.function, Name) and node.function.name in BUILTINS:
        for argument in node.arguments:
            yield argument, nothing, False
    else:
        for part in parts_of(node):
            yield part, nothing, False


def _iteration_parts(node: Loop | Quantified) -> Iteration[tuple[Any, frozenset[str], bool]]:
    before: frozenset[str] = frozenset()
    for iterator in node.iterators:
        yield iterator.source, before, False
        if iterator.until is not None:
            yield iterator.until, before, False
        before |= {iterator.name}
    yield (node.body if isinstance(node, Loop) else node.condition), before, False
