"""Calls of functions, built in or not, and definitions of functions."""

from collections.abc import Callable
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.compiler.code import Closure, Compiler, weight
from shuli.core.feel.compiler.scope import Scope
from shuli.core.feel.errors import Failure, OutOfBudget
from shuli.core.feel.external import external_function
from shuli.core.feel.functions.signature import BuiltIn
from shuli.core.feel.functions.table import BUILTINS
from shuli.core.feel.grammar.syntax import Call, FunctionDefinition, Name
from shuli.core.feel.invocation import invoke
from shuli.core.feel.kinds import kind_name
from shuli.core.feel.types import FeelType
from shuli.core.feel.values import Function

# What a call of a built-in function costs, compared with other parts of an expression.
_CALL = 12


def call(compiler: Compiler, node: Call) -> Closure:
    arguments = tuple(compiler.compile(argument) for argument in node.arguments)
    built_in = _certain_built_in(compiler, node)
    if built_in is not None:
        return _built_in_call(compiler, node, built_in, arguments)
    function, names, at = compiler.compile(node.function), node.names, node.at
    fallback = BUILTINS.get(node.function.name) if isinstance(node.function, Name) else None

    def run(env: Scope) -> Any:
        called: Any = function(env)
        if type(called) is not Function and fallback is not None:
            called = fallback.as_function
        if type(called) is not Function:
            return compiler.failed(env, at, Failure("not_a_function", found=kind_name(called)))
        values = [argument(env) for argument in arguments]
        result = invoke(env.run, called, values, names)
        return compiler.failed(env, at, result) if type(result) is Failure else result

    return run


def _certain_built_in(compiler: Compiler, node: Call) -> BuiltIn | None:
    """Return the built-in function that is called, unless the name may mean something else here."""
    if not isinstance(node.function, Name):
        return None
    name = node.function.name
    return None if name in compiler.bound or name in compiler.declared else BUILTINS.get(name)


def _built_in_call(
    compiler: Compiler, node: Call, function: BuiltIn, arguments: tuple[Closure, ...]
) -> Closure:
    names, at = node.names, node.at

    def run(env: Scope) -> Any:
        budget = env.run
        values = [argument(env) for argument in arguments]
        cost = _CALL
        for value in values:
            if type(value) is str or type(value) is list:
                cost += len(value) // 50
        budget.steps -= cost
        if budget.steps < 0:
            raise OutOfBudget("too_many_steps")
        result = function.invoke(budget, values, names)
        if type(result) is Failure:
            return compiler.failed(env, at, result)
        if type(result) is str:
            budget.take_room(len(result) // 100)
        return result

    return run


def function_definition(compiler: Compiler, node: FunctionDefinition) -> Closure:
    parameters = tuple(parameter.name for parameter in node.parameters)
    types: tuple[FeelType | None, ...] = tuple(parameter.type for parameter in node.parameters)
    if node.external:
        described = compiler.compile(node.body)
        return lambda env: external_function(parameters, types, described(env))
    body = compiler.compile_with(parameters, node.body)
    cost = weight(node.body) + 2

    def define(env: Scope) -> Function:
        return Function(parameters=parameters, types=types, call=function_body(env, parameters, body, cost))

    return define


def function_body(env: Scope, parameters: tuple[str, ...], body: Closure, cost: int) -> Callable[..., Any]:
    def run_body(run: Run, *values: Any) -> Any:
        run.spend(cost)
        scope = Scope(env)
        # a function may be called in another evaluation than the one that made it
        scope.run = run
        scope.update(zip(parameters, values, strict=True))
        return body(scope)

    return run_body
