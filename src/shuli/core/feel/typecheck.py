"""Check an expression against the types of its variables, before it ever runs.

The check is light: it reports what can never have a value (comparing a number with a string), and stays
silent wherever a type is not known.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from shuli.core.feel.arithmetic import OPERATIONS
from shuli.core.feel.errors import ExpressionError
from shuli.core.feel.expression import Expression
from shuli.core.feel.functions.acceptance import accepts
from shuli.core.feel.functions.table import BUILTINS
from shuli.core.feel.grammar import syntax
from shuli.core.feel.grammar.syntax import Node
from shuli.core.feel.kinds import KIND_OF
from shuli.core.feel.properties import PROPERTIES
from shuli.core.feel.result_types import ARITHMETIC_RESULTS, FUNCTION_RESULTS, PROPERTY_RESULTS
from shuli.core.feel.types import (
    TYPE_NAMES,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    RestrictedType,
    Simple,
)

Types = Mapping[str, FeelType]
_ORDERED = frozenset(
    {Simple.NUMBER, Simple.STRING, Simple.DATE, Simple.TIME, Simple.DATE_AND_TIME,
     Simple.DAYS_AND_TIME_DURATION, Simple.YEARS_AND_MONTHS_DURATION},
)  # fmt: skip
_UNKNOWN = frozenset({Simple.ANY, Simple.NULL})
_COLLECTIONS = frozenset({Simple.LIST, Simple.RANGE})


def check_types(
    expression: Expression, types: Mapping[str, FeelType | str], tested: FeelType | str | None = None
) -> tuple[ExpressionError, ...]:
    """Return what can never work in an expression, given the types of its variables.

    A name that `types` does not hold is reported as unknown. `tested` is the type of `?` in a cell.
    """
    known = {name: _named(kind) for name, kind in types.items()}
    if tested is not None:
        known["?"] = _named(tested)
    check = _Check(expression.source)
    check.of(expression.node, MappingProxyType(known))
    return tuple(sorted(check.errors, key=lambda error: error.position))


def result_kind(expression: Expression, types: Mapping[str, FeelType | str]) -> Simple:
    """Return the plain kind of what an expression gives, Any where it is not known before it runs."""
    known = {name: _named(kind) for name, kind in types.items()}
    return kind_of(_Check(expression.source).of(expression.node, MappingProxyType(known)))


def _named(kind: FeelType | str) -> FeelType:
    return TYPE_NAMES.get(kind, Simple.ANY) if isinstance(kind, str) else kind


def kind_of(kind: FeelType) -> Simple:
    """Return the plain kind of a type: `list` for list<number>."""
    if isinstance(kind, RestrictedType):
        return kind_of(kind.base)
    return _KINDS.get(type(kind), kind if isinstance(kind, Simple) else Simple.ANY)


_KINDS: dict[type, Simple] = {
    ListType: Simple.LIST,
    RangeType: Simple.RANGE,
    ContextType: Simple.CONTEXT,
    FunctionType: Simple.FUNCTION,
}


def _element(kind: FeelType) -> FeelType:
    if isinstance(kind, (ListType, RangeType)):
        return kind.element
    return Simple.ANY if kind_of(kind) in _COLLECTIONS else kind


class _Check:
    """Finds the type of every part, and notes what cannot work."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.errors: list[ExpressionError] = []

    def of(self, node: Node, types: Types) -> FeelType:
        rule = _RULES.get(type(node))
        return Simple.ANY if rule is None else rule(self, node, types)

    def note(self, at: int, code: str, **params: str) -> None:
        self.errors.append(
            ExpressionError(code=code, expression=self.source, position=at, params=params),
        )

    def constant(self, node: syntax.Constant, _: Types) -> FeelType:
        return KIND_OF.get(type(node.value), Simple.ANY)

    def name(self, node: syntax.Name, types: Types) -> FeelType:
        if node.name in types:
            return types[node.name]
        if node.name in BUILTINS:
            return Simple.FUNCTION
        if node.name not in ("item", "partial", "?"):
            self.note(node.at, "unknown_name", name=node.name)
        return Simple.ANY

    def path(self, node: syntax.Path, types: Types) -> FeelType:
        source = self.of(node.source, types)
        if isinstance(source, ListType):
            return ListType(element=self._entry(node, source.element))
        return self._entry(node, source)

    def _entry(self, node: syntax.Path, source: FeelType) -> FeelType:
        base = source.base if isinstance(source, RestrictedType) else source
        if isinstance(base, ContextType):
            entries = dict(base.entries)
            if node.name not in entries:
                self.note(node.at, "no_entry", name=node.name, found=str(source))
            return entries.get(node.name, Simple.ANY)
        properties = PROPERTIES.get(kind_of(base))
        if properties is not None and node.name not in properties:
            self.note(node.at, "no_property", name=node.name, found=str(source))
        return PROPERTY_RESULTS.get(node.name, Simple.ANY) if properties is not None else Simple.ANY

    def negation(self, node: syntax.Negation, types: Types) -> FeelType:
        return self.of(node.operand, types)

    def arithmetic(self, node: syntax.Arithmetic, types: Types) -> FeelType:
        left, right = kind_of(self.of(node.left, types)), kind_of(self.of(node.right, types))
        if left in _UNKNOWN or right in _UNKNOWN:
            return Simple.ANY
        if (left, right) not in OPERATIONS[node.operator]:
            self.note(node.at, "wrong_types", operator=node.operator, left=str(left), right=str(right))
            return Simple.ANY
        return ARITHMETIC_RESULTS.get((node.operator, left, right), left)

    def comparison(self, node: syntax.Comparison, types: Types) -> FeelType:
        left, right = self.of(node.left, types), self.of(node.right, types)
        self._comparable(node.at, node.operator, left, right)
        return Simple.BOOLEAN

    def _comparable(self, at: int, operator: str, left: FeelType, right: FeelType) -> None:
        one, other = kind_of(left), kind_of(right)
        if one in _UNKNOWN or other in _UNKNOWN:
            return
        if one is not other or (operator not in ("=", "!=") and one not in _ORDERED):
            self.note(at, "wrong_types", operator=operator, left=str(one), right=str(other))

    def logic(self, node: syntax.Conjunction | syntax.Disjunction, types: Types) -> FeelType:
        for part in node.parts:
            self.condition(part, types)
        return Simple.BOOLEAN

    def condition(self, node: Node, types: Types) -> None:
        kind = kind_of(self.of(node, types))
        if kind not in _UNKNOWN and kind is not Simple.BOOLEAN:
            self.note(node.at, "wrong_type", expected="boolean", found=str(kind))

    def between(self, node: syntax.Between, types: Types) -> FeelType:
        value = self.of(node.value, types)
        for end in (node.low, node.high):
            self._comparable(end.at, "between", value, self.of(end, types))
        return Simple.BOOLEAN

    def membership(self, node: syntax.Membership, types: Types) -> FeelType:
        self._test(node.test, self.of(node.value, types), types)
        return Simple.BOOLEAN

    def tests(self, node: syntax.Tests, types: Types) -> FeelType:
        self._test(node, types.get("?", Simple.ANY), types)
        return Simple.BOOLEAN

    def _test(self, node: Node, value: FeelType, types: Types) -> None:
        if isinstance(node, syntax.Tests):
            for part in node.tests:
                self._test(part, value, types)
        elif isinstance(node, syntax.OpenInterval):
            self._comparable(node.at, node.operator, value, self.of(node.endpoint, types))
        elif isinstance(node, syntax.Interval):
            for end in (node.low, node.high):
                self._comparable(end.at, "in", value, self.of(end, types))
        else:
            expected = self.of(node, types)
            if kind_of(expected) not in (*_COLLECTIONS, Simple.BOOLEAN) and kind_of(value) is not Simple.LIST:
                self._comparable(node.at, "=", value, expected)

    def interval(self, node: syntax.Interval, types: Types) -> FeelType:
        low, high = self.of(node.low, types), self.of(node.high, types)
        self._comparable(node.at, "..", low, high)
        return RangeType(element=low)

    def open_interval(self, node: syntax.OpenInterval, types: Types) -> FeelType:
        return RangeType(element=self.of(node.endpoint, types))

    def choice(self, node: syntax.Choice, types: Types) -> FeelType:
        self.condition(node.condition, types)
        then, otherwise = self.of(node.then, types), self.of(node.otherwise, types)
        if then == otherwise or kind_of(otherwise) is Simple.NULL:
            return then
        return otherwise if kind_of(then) is Simple.NULL else Simple.ANY

    def loop(self, node: syntax.Loop, types: Types) -> FeelType:
        inner = self._iterators(node.iterators, types)
        return ListType(element=self.of(node.body, inner))

    def quantified(self, node: syntax.Quantified, types: Types) -> FeelType:
        self.condition(node.condition, self._iterators(node.iterators, types))
        return Simple.BOOLEAN

    def _iterators(self, iterators: tuple[syntax.Iterator, ...], types: Types) -> Types:
        inner = dict(types)
        for iterator in iterators:
            source = self.of(iterator.source, inner)
            if iterator.until is not None:
                self.of(iterator.until, inner)
            inner[iterator.name] = source if iterator.until is not None else _element(source)
        return inner

    def filtered(self, node: syntax.Filter, types: Types) -> FeelType:
        source = self.of(node.source, types)
        element = _element(source)
        inner = {**types, "item": element}
        base = element.base if isinstance(element, RestrictedType) else element
        if isinstance(base, ContextType):
            inner |= dict(base.entries)
        elif kind_of(base) in (Simple.ANY, Simple.CONTEXT):
            # any name in the condition may be an entry of the items
            return ListType(element=element)
        kind = kind_of(self.of(node.condition, inner))
        return element if kind is Simple.NUMBER else ListType(element=element)

    def function(self, node: syntax.FunctionDefinition, types: Types) -> FeelType:
        parameters = {part.name: part.type or Simple.ANY for part in node.parameters}
        result = Simple.ANY if node.external else self.of(node.body, {**types, **parameters})
        return FunctionType(parameters=tuple(parameters.values()), result=result)

    def context(self, node: syntax.ContextLiteral, types: Types) -> FeelType:
        inner = dict(types)
        for name, value in node.entries:
            # a function may call itself by the name of its entry
            inner[name] = Simple.ANY
            inner[name] = self.of(value, inner)
        return ContextType(entries=tuple((name, inner[name]) for name, _ in node.entries))

    def items(self, node: syntax.ListLiteral, types: Types) -> FeelType:
        kinds = [self.of(item, types) for item in node.items]
        return ListType(element=kinds[0] if kinds and all(kind == kinds[0] for kind in kinds) else Simple.ANY)

    def instance_of(self, node: syntax.InstanceOf, types: Types) -> FeelType:
        self.of(node.value, types)
        return Simple.BOOLEAN

    def call(self, node: syntax.Call, types: Types) -> FeelType:
        kinds = [self.of(argument, types) for argument in node.arguments]
        name = node.function.name if isinstance(node.function, syntax.Name) else ""
        if name in types or name not in BUILTINS:
            function = self.of(node.function, types)
            return function.result if isinstance(function, FunctionType) else Simple.ANY
        if not accepts(BUILTINS[name], [kind_of(kind) for kind in kinds], node.names):
            found = ", ".join(str(kind) for kind in kinds)
            self.note(node.at, "wrong_arguments", function=name, found=found or "none")
        return FUNCTION_RESULTS.get(name, Simple.ANY)


_RULES: dict[type, Callable[[_Check, Any, Types], FeelType]] = {
    syntax.Arithmetic: _Check.arithmetic,
    syntax.Between: _Check.between,
    syntax.Call: _Check.call,
    syntax.Choice: _Check.choice,
    syntax.Comparison: _Check.comparison,
    syntax.Conjunction: _Check.logic,
    syntax.Constant: _Check.constant,
    syntax.ContextLiteral: _Check.context,
    syntax.Disjunction: _Check.logic,
    syntax.Filter: _Check.filtered,
    syntax.FunctionDefinition: _Check.function,
    syntax.InstanceOf: _Check.instance_of,
    syntax.Interval: _Check.interval,
    syntax.ListLiteral: _Check.items,
    syntax.Loop: _Check.loop,
    syntax.Membership: _Check.membership,
    syntax.Name: _Check.name,
    syntax.Negation: _Check.negation,
    syntax.OpenInterval: _Check.open_interval,
    syntax.Path: _Check.path,
    syntax.Quantified: _Check.quantified,
    syntax.Tests: _Check.tests,
}
