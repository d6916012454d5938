"""Constants, names, paths, lists and contexts."""

from decimal import Decimal
from typing import Any

from shuli.core.feel.budget import warn
from shuli.core.feel.compiler.code import Closure, Compiler
from shuli.core.feel.compiler.scope import Env, Scope
from shuli.core.feel.convert import PLAIN, feel_value
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.table import function_named
from shuli.core.feel.grammar.syntax import (
    AnyValue,
    Constant,
    ContextLiteral,
    Embedded,
    InstanceOf,
    Invalid,
    ListLiteral,
    Name,
    Node,
    Path,
)
from shuli.core.feel.kinds import is_instance, unrestricted
from shuli.core.feel.properties import property_of

_READY = PLAIN | {Decimal}


def constant(_: Compiler, node: Constant) -> Closure:
    value = node.value
    return lambda _env: value


def name(compiler: Compiler, node: Name) -> Closure:
    key, missing = node.name, _missing(compiler, node)
    if key == "partial" and not compiler.plain:
        return _partial(missing)
    if not compiler.plain or key in compiler.bound:

        def read(env: Env) -> Any:
            try:
                return env[key]
            except KeyError:
                return missing(env)

        return read

    def read_plain(env: Env) -> Any:
        try:
            value = env[key]
        except KeyError:
            return missing(env)
        return value if type(value) in _READY else feel_value(value)

    return read_plain


def _partial(missing: Closure) -> Closure:
    """Return the results of a loop so far, as they are now: a result may hold them while the loop goes on."""

    def read(env: Scope) -> Any:
        try:
            value = env["partial"]
        except KeyError:
            return missing(env)
        if type(value) is not list:
            return value
        env.run.spend(len(value) // 10)
        env.run.take_room(1 + len(value) // 10)
        return list(value)

    return read


def _missing(compiler: Compiler, node: Name) -> Closure:
    """Return what a name means that no scope holds: a built-in function, or null with a warning."""
    key, at, source = node.name, node.at, compiler.source
    built_in = function_named(key)
    if built_in is not None:
        return lambda _env: built_in

    def missing(env: Env) -> None:
        warn(env, source, at, "unknown_name", name=key)

    return missing


def path(compiler: Compiler, node: Path) -> Closure:
    key, at = node.name, node.at
    source = _raw(compiler, node.source)

    def read(env: Env) -> Any:
        value = source(env)
        if type(value) is dict:
            try:
                entry = value[key]
            except KeyError:
                return compiler.failed(env, at, Failure("no_entry", name=key, found="context"))
            return entry if type(entry) in _READY else feel_value(entry)
        found = entry_of(feel_value(value) if compiler.plain else value, key)
        return compiler.failed(env, at, found) if type(found) is Failure else found

    if compiler.plain:
        return read

    def read_scoped(env: Env) -> Any:
        value = source(env)
        found = value[key] if type(value) is dict and key in value else entry_of(value, key)
        return compiler.failed(env, at, found) if type(found) is Failure else found

    return read_scoped


def _raw(compiler: Compiler, node: Node) -> Closure:
    """Return a closure that does not yet take a whole context into FEEL, of which one entry is read."""
    if not compiler.plain or not isinstance(node, (Name, Path)):
        return compiler.compile(node)
    if isinstance(node, Name):
        key, missing = node.name, _missing(compiler, node)

        def variable(env: Env) -> Any:
            return env[key] if key in env else missing(env)

        return variable
    source, entry = _raw(compiler, node.source), node.name
    general = compiler.compile(node)

    def nested(env: Env) -> Any:
        value = source(env)
        return value[entry] if type(value) is dict and entry in value else general(env)

    return nested


def entry_of(value: Any, key: str) -> Any:
    """Return what `value.key` is, or the Failure that says why there is nothing."""
    if type(value) is dict:
        return value[key] if key in value else Failure("no_entry", name=key, found="context")
    if type(value) is list:
        entries = [entry_of(item, key) for item in value]
        return [None if type(entry) is Failure else entry for entry in entries]
    if value is None:
        return Failure("no_entry", name=key, found="null")
    return property_of(value, key)


def list_literal(compiler: Compiler, node: ListLiteral) -> Closure:
    items = tuple(compiler.compile(item) for item in node.items)
    if all(isinstance(item, Constant) for item in node.items):
        values = [item(None) for item in items]
        # a copy, as callers may change what they are given
        return lambda _env: list(values)
    size = len(items)

    def make(env: Scope) -> list[Any]:
        env.run.take_room(size)
        return [item(env) for item in items]

    return make


def context_literal(compiler: Compiler, node: ContextLiteral) -> Closure:
    entries: list[tuple[str, Closure]] = []
    names: tuple[str, ...] = ()
    for key, value in node.entries:
        # an entry may read the ones before it, and a function itself
        entries.append((key, compiler.compile_with((*names, key), value)))
        names = (*names, key)
    size = 2 + 2 * len(entries)

    def make(env: Scope) -> dict[str, Any]:
        env.run.take_room(size)
        scope = Scope(env)
        for key, value in entries:
            scope[key] = value(scope)
        return dict(scope)

    return make


def instance_of(compiler: Compiler, node: InstanceOf) -> Closure:
    value, kind = compiler.compile(node.value), unrestricted(node.type)
    return lambda env: is_instance(value(env), kind, getattr(env, "run", None))


def any_value(_: Compiler, __: AnyValue) -> Closure:
    return lambda _env: True


def embedded(_: Compiler, node: Embedded) -> Closure:
    return node.closure


def invalid(_: Compiler, __: Invalid) -> Closure:
    return lambda _env: None
