"""Find the expressions that are simple enough to run on the caller's own dict, at full speed."""

from typing import Any

from shuli.core.feel.compiler.variables import mentions, parts_of
from shuli.core.feel.grammar import syntax

_SIMPLE = (
    syntax.AnyValue,
    syntax.Arithmetic,
    syntax.Between,
    syntax.Choice,
    syntax.Comparison,
    syntax.Conjunction,
    syntax.Constant,
    syntax.Disjunction,
    syntax.InstanceOf,
    syntax.Interval,
    syntax.Name,
    syntax.Negation,
    syntax.OpenInterval,
    syntax.Path,
    syntax.Tests,
)


def runs_without_scope(node: Any) -> bool:
    """Return whether a part neither binds names nor repeats anything, so that its size bounds its cost."""
    if isinstance(node, syntax.Membership):
        return not mentions(node.test, "?") and all(map(runs_without_scope, parts_of(node)))
    if isinstance(node, syntax.ListLiteral):
        return all(isinstance(item, syntax.Constant) for item in node.items)
    if isinstance(node, syntax.Arithmetic) and node.operator == "**":
        return False
    return isinstance(node, _SIMPLE) and all(map(runs_without_scope, parts_of(node)))
