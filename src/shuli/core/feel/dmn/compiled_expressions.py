"""Turn boxed expressions into closures."""

from collections.abc import Callable
from typing import Any

from shuli.core.feel.budget import warn
from shuli.core.feel.compiler.calls import function_body
from shuli.core.feel.compiler.code import Closure, Compiler
from shuli.core.feel.compiler.scope import Env, Scope
from shuli.core.feel.dmn.compiled_table import CompiledTable
from shuli.core.feel.dmn.model import (
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedList,
    BoxedLoop,
    BoxedQuantifier,
    Conditional,
    Expression,
    FeelText,
    Invocation,
    Relation,
    Table,
)
from shuli.core.feel.dmn.place import Place
from shuli.core.feel.dmn.recording import record_match
from shuli.core.feel.errors import Failure
from shuli.core.feel.expression import parse
from shuli.core.feel.external import external_function
from shuli.core.feel.grammar.syntax import Choice, Embedded, Filter, Iterator, Loop, Node, Quantified
from shuli.core.feel.invocation import invoke
from shuli.core.feel.kinds import kind_name
from shuli.core.feel.values import Function

_FEEL = ("", "FEEL")


def closure_of(expression: Expression | None, place: Place) -> Closure:
    """Return the closure of a boxed expression, its declared type checked."""
    if expression is None:
        return _nothing
    closure = _RULES[type(expression)](expression, place)
    return place.typed(closure, expression.type)


def _nothing(env: Env) -> None:
    warn(env, "", 0, "no_expression")


def _feel_text(expression: FeelText, place: Place) -> Closure:
    language = expression.language
    if language not in _FEEL and "/FEEL" not in language:
        return lambda env: warn(env, expression.text, 0, "unknown_language", found=language)
    if not expression.text.strip():
        return _nothing
    return place.feel(expression.text)[0]


def _table(expression: Table, place: Place) -> Closure:
    return CompiledTable(expression.table, place, record_match).run


def _context(expression: BoxedContext, place: Place) -> Closure:
    entries: list[tuple[str | None, Closure]] = []
    for entry in expression.entries:
        if entry.variable is None:
            entries.append((None, closure_of(entry.value, place)))
            continue
        # an entry that is a function may call itself
        inside = place.with_names(entry.variable.name)
        value = closure_of(entry.value, inside if isinstance(entry.value, BoxedFunction) else place)
        entries.append((entry.variable.name, place.typed(value, entry.variable.type)))
        place = inside
    size = 2 + 2 * len(entries)

    def make(env: Scope) -> Any:
        env.run.take_room(size)
        scope = Scope(env)
        for name, value in entries:
            if name is None:
                return value(scope)
            scope[name] = value(scope)
        return dict(scope)

    return make


def _relation(expression: Relation, place: Place) -> Closure:
    names = [column.name for column in expression.columns]
    types = [column.type for column in expression.columns]
    rows = [
        [place.typed(closure_of(cell, place), kind) for cell, kind in zip(row, types, strict=False)]
        for row in expression.rows
    ]

    def make(env: Scope) -> list[dict[str, Any]]:
        env.run.take_room(2 * len(names) * len(rows))
        return [{name: cell(env) for name, cell in zip(names, row, strict=False)} for row in rows]

    return make


def _list(expression: BoxedList, place: Place) -> Closure:
    items = [closure_of(item, place) for item in expression.items]

    def make(env: Scope) -> list[Any]:
        env.run.take_room(len(items))
        return [item(env) for item in items]

    return make


def _invocation(expression: Invocation, place: Place) -> Closure:
    called = closure_of(expression.function, place)
    bindings = {
        binding.parameter.name: place.typed(closure_of(binding.value, place), binding.parameter.type)
        for binding in expression.bindings
    }
    text = expression.function.text if isinstance(expression.function, FeelText) else ""

    def call(env: Scope) -> Any:
        function = called(env)
        if type(function) is not Function:
            return warn(env, text, 0, "not_a_function", found=kind_name(function))
        values = {name: value(env) for name, value in bindings.items()}
        # a parameter without a binding is null
        values |= {name: None for name in function.parameters if name not in values and not function.built_in}
        result = invoke(env.run, function, list(values.values()), tuple(values))
        if type(result) is Failure:
            return warn(env, text, 0, result.code, **result.params)
        return result

    return call


def _function(expression: BoxedFunction, place: Place) -> Closure:
    parameters = tuple(parameter.name for parameter in expression.parameters)
    types = tuple(place.type_named(parameter.type) for parameter in expression.parameters)
    if expression.kind != "FEEL":
        described = closure_of(expression.body, place)
        return lambda env: external_function(parameters, types, {expression.kind.lower(): described(env)})
    body = closure_of(expression.body, place.with_names(*parameters))
    return lambda env: Function(
        parameters=parameters, types=types, call=function_body(env, parameters, body, cost=5)
    )


def function_value(function: BoxedFunction, place: Place) -> Closure:
    """Return the closure that makes a function value of business knowledge."""
    return _function(function, place)


def _conditional(expression: Conditional, place: Place) -> Closure:
    condition, then, otherwise = (
        _embedded(part, place) for part in (expression.condition, expression.then, expression.otherwise)
    )
    return _compile(Choice(at=0, condition=condition, then=then, otherwise=otherwise))


def _loop(expression: BoxedLoop, place: Place) -> Closure:
    inside = place.with_names(expression.variable, "partial")
    iterator = Iterator(at=0, name=expression.variable, source=_source(expression.source, place))
    return _compile(Loop(at=0, iterators=(iterator,), body=_embedded(expression.body, inside)))


def _quantifier(expression: BoxedQuantifier, place: Place) -> Closure:
    iterator = Iterator(at=0, name=expression.variable, source=_source(expression.source, place))
    condition = _embedded(expression.condition, place.with_names(expression.variable))
    return _compile(Quantified(at=0, every=expression.every, iterators=(iterator,), condition=condition))


def _filter(expression: BoxedFilter, place: Place) -> Closure:
    source = _embedded(expression.source, place)
    return _compile(
        Filter(
            at=0,
            source=source,
            condition=_embedded(expression.condition, place.with_names("item", *place.entries)),
        )
    )


def _source(expression: Expression | None, place: Place) -> Node:
    """Return what an iterator runs over; `1..5` without brackets is none of FEEL's expressions, but meant."""
    if isinstance(expression, FeelText) and ".." in expression.text:
        loop = f"for i in {expression.text} return i"
        if parse(expression.text, place.names).errors and not parse(loop, place.names).errors:
            return Embedded(at=0, closure=place.feel(loop)[0], cost=5)
    return _embedded(expression, place)


def _embedded(expression: Expression | None, place: Place) -> Node:
    return Embedded(at=0, closure=closure_of(expression, place), cost=5)


def _compile(node: Node) -> Closure:
    return Compiler("", frozenset(), plain=False).compile(node)


_RULES: dict[type, Callable[[Any, Place], Closure]] = {
    FeelText: _feel_text,
    Table: _table,
    BoxedContext: _context,
    Relation: _relation,
    BoxedList: _list,
    Invocation: _invocation,
    BoxedFunction: _function,
    Conditional: _conditional,
    BoxedLoop: _loop,
    BoxedQuantifier: _quantifier,
    BoxedFilter: _filter,
}
