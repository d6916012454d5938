"""Arithmetic, comparison, logic and choice. The pairs that rules use most have closures of their own."""

import operator as python
from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from shuli.core.feel.arithmetic import calculate, negated
from shuli.core.feel.budget import warn
from shuli.core.feel.compare import equal, order
from shuli.core.feel.compiler.code import Closure, Compiler
from shuli.core.feel.compiler.scope import Env
from shuli.core.feel.errors import Failure
from shuli.core.feel.grammar.syntax import (
    Arithmetic,
    Between,
    Choice,
    Comparison,
    Conjunction,
    Constant,
    Disjunction,
    Name,
    Negation,
    Node,
)
from shuli.core.feel.kinds import kind_name
from shuli.core.feel.numbers import CONTEXT, is_whole

_PYTHON: dict[str, Callable[[Any, Any], Any]] = {
    "=": python.eq, "!=": python.ne, "<": python.lt, "<=": python.le, ">": python.gt, ">=": python.ge,
}  # fmt: skip
_DECIMAL: dict[str, Callable[[Any, Any], Any]] = {
    "+": CONTEXT.add, "-": CONTEXT.subtract, "*": CONTEXT.multiply, "/": CONTEXT.divide,
}  # fmt: skip
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SMALL = 10**15
# Notes that and/or have no value, for the scope and both sides.
Undecided = Callable[[Any, Any, Any], None]


def compare(operator: str, left: Any, right: Any, env: Any = None) -> bool | None:
    """Return the result of a comparison; None where FEEL has none."""
    if operator == "=":
        return equal(left, right, getattr(env, "run", None))
    if operator == "!=":
        found = equal(left, right, getattr(env, "run", None))
        return None if found is None else not found
    found_order = order(left, right)
    return None if found_order is None else bool(_PYTHON[operator](found_order, 0))


def arithmetic(compiler: Compiler, node: Arithmetic) -> Closure:
    left, right = compiler.compile(node.left), compiler.compile(node.right)
    symbol, at = node.operator, node.at
    fast = _DECIMAL.get(symbol)

    def general(env: Env, one: Any, other: Any) -> Any:
        result = calculate(symbol, one, other)
        if type(result) is Failure:
            return compiler.failed(env, at, result)
        if type(result) is str and not compiler.plain:
            env.run.take_room(len(result) // 100)  # type: ignore[attr-defined]
        return result

    if fast is None:

        def raised(env: Any) -> Any:
            # a power costs as much as a handful of other operations
            env.run.spend(8)
            return general(env, left(env), right(env))

        return raised

    def calculated(env: Env) -> Any:
        one, other = left(env), right(env)
        if type(one) is Decimal and type(other) is Decimal:
            try:
                return fast(one, other)
            except DecimalException:
                return general(env, one, other)
        return general(env, one, other)

    return calculated


def negation(compiler: Compiler, node: Negation) -> Closure:
    operand, at = compiler.compile(node.operand), node.at

    def negate(env: Env) -> Any:
        result = negated(operand(env))
        return compiler.failed(env, at, result) if type(result) is Failure else result

    return negate


def comparison(compiler: Compiler, node: Comparison) -> Closure:
    left, right = node.left, node.right
    if isinstance(right, Constant) and isinstance(left, Name):
        return _name_with_constant(compiler, node, left, right.value, node.operator)
    if isinstance(left, Constant) and isinstance(right, Name):
        return _name_with_constant(compiler, node, right, left.value, _MIRRORED[node.operator])
    return _general_comparison(compiler, node)


def _general_comparison(compiler: Compiler, node: Comparison) -> Closure:
    left, right = compiler.compile(node.left), compiler.compile(node.right)
    symbol, fast = node.operator, _PYTHON[node.operator]
    failed = _comparison_failed(compiler, node)

    def compared(env: Env) -> bool | None:
        one, other = left(env), right(env)
        if type(one) is Decimal and type(other) is Decimal:
            return bool(fast(one, other))
        result = compare(symbol, one, other, env)
        return failed(env, one, other) if result is None else result

    return compared


def _name_with_constant(compiler: Compiler, node: Comparison, name: Node, value: Any, symbol: str) -> Closure:
    """Return the closure for `amount > 10000` and `"市场部" = dept`."""
    if type(value) is Decimal and is_whole(value) and abs(value) < _SMALL:
        return _name_with_number(compiler, node, name, value, symbol)
    if type(value) is str:
        return _name_with_text(compiler, node, name, value, symbol)
    return _general_comparison(compiler, node)


def _name_with_number(
    compiler: Compiler, node: Comparison, name: Any, value: Decimal, symbol: str
) -> Closure:
    key, fast, read = name.name, _PYTHON[symbol], compiler.compile(name)
    failed, whole = _comparison_failed(compiler, node), int(value)

    def compared(env: Env) -> Any:
        try:
            one = env[key]
        except KeyError:
            one = read(env)
        kind = type(one)
        if kind is int or kind is Decimal:
            # Python compares a decimal with an int exactly
            return fast(one, whole)
        one = read(env)
        result = compare(symbol, one, value)
        return failed(env, one, value) if result is None else result

    return compared


def _name_with_text(compiler: Compiler, node: Comparison, name: Any, value: str, symbol: str) -> Closure:
    key, fast, read = name.name, _PYTHON[symbol], compiler.compile(name)
    failed = _comparison_failed(compiler, node)

    def compared(env: Env) -> Any:
        try:
            one = env[key]
        except KeyError:
            one = read(env)
        if type(one) is str:
            return fast(one, value)
        one = read(env)
        result = compare(symbol, one, value)
        return failed(env, one, value) if result is None else result

    return compared


def _comparison_failed(compiler: Compiler, node: Comparison) -> Callable[[Env, Any, Any], None]:
    source, at, symbol = compiler.source, node.at, node.operator

    def failed(env: Env, left: Any, right: Any) -> None:
        warn(env, source, at, "wrong_types", operator=symbol, left=kind_name(left), right=kind_name(right))

    return failed


def conjunction(compiler: Compiler, node: Conjunction) -> Closure:
    return _logic(compiler, node, decides=False)


def disjunction(compiler: Compiler, node: Disjunction) -> Closure:
    return _logic(compiler, node, decides=True)


def _logic(compiler: Compiler, node: Conjunction | Disjunction, *, decides: bool) -> Closure:
    """Return and/or of three values: one `decides` is enough; otherwise all must be booleans."""
    closures = tuple(compiler.compile(part) for part in node.parts)
    source, at = compiler.source, node.at
    operator = "or" if decides else "and"

    def undecided(env: Env, left: Any, right: Any) -> None:
        warn(env, source, at, "wrong_types", operator=operator, left=kind_name(left), right=kind_name(right))

    if len(closures) == 2:
        return _both(*closures, decides, undecided)
    return _several(closures, decides, undecided)


def _both(first: Closure, second: Closure, decides: bool, undecided: Undecided) -> Closure:
    other = not decides

    def both(env: Env) -> Any:
        one = first(env)
        if one is decides:
            return decides
        two = second(env)
        if two is decides:
            return decides
        if one is other and two is other:
            return other
        return undecided(env, one, two)

    return both


def _several(closures: tuple[Closure, ...], decides: bool, undecided: Undecided) -> Closure:
    other = not decides

    def several(env: Env) -> Any:
        result: bool | None = other
        for closure in closures:
            found = closure(env)
            if found is decides:
                return decides
            if found is not other:
                undecided(env, other, found)
                result = None
        return result

    return several


def between(compiler: Compiler, node: Between) -> Closure:
    value, low, high = (compiler.compile(part) for part in (node.value, node.low, node.high))
    source, at = compiler.source, node.at

    def lies_between(env: Env) -> bool | None:
        found, lowest, highest = value(env), low(env), high(env)
        above, below = compare(">=", found, lowest), compare("<=", found, highest)
        if above is False or below is False:
            return False
        if above and below:
            return True
        kinds = f"{kind_name(lowest)} and {kind_name(highest)}"
        warn(env, source, at, "wrong_types", operator="between", left=kind_name(found), right=kinds)
        return None

    return lies_between


def choice(compiler: Compiler, node: Choice) -> Closure:
    condition, then, otherwise = (
        compiler.compile(part) for part in (node.condition, node.then, node.otherwise)
    )
    source, at = compiler.source, node.condition.at

    def choose(env: Env) -> Any:
        found = condition(env)
        if found is True:
            return then(env)
        if found is not False:
            warn(env, source, at, "wrong_type", expected="boolean", found=kind_name(found))
        return otherwise(env)

    return choose
