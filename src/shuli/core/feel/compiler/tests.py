"""Ranges, membership (`in`) and the tests in the cells of decision tables."""

from collections.abc import Callable
from typing import Any

from shuli.core.feel.budget import warn
from shuli.core.feel.charge import Charged
from shuli.core.feel.compare import equal
from shuli.core.feel.compiler.code import Closure, Compiler
from shuli.core.feel.compiler.operators import compare
from shuli.core.feel.compiler.scope import Env, Scope
from shuli.core.feel.compiler.variables import mentions
from shuli.core.feel.grammar.syntax import (
    AnyValue,
    Constant,
    Interval,
    Membership,
    Name,
    Node,
    OpenInterval,
    Tests,
)
from shuli.core.feel.kinds import kind_name
from shuli.core.feel.ranges import contains, make_range, open_range, within
from shuli.core.feel.values import Range

# Takes the scope and the value under test.
Test = Callable[[Any, Any], bool | None]

INPUT = "?"


def interval(compiler: Compiler, node: Interval) -> Closure:
    low, high = compiler.compile(node.low), compiler.compile(node.high)
    low_closed, high_closed = node.low_closed, node.high_closed
    source, at = compiler.source, node.at

    def make(env: Env) -> Range | None:
        one, other = low(env), high(env)
        made = make_range(one, other, low_closed=low_closed, high_closed=high_closed)
        if made is None:
            warn(env, source, at, "wrong_types", operator="..", left=kind_name(one), right=kind_name(other))
        return made

    return make


def open_interval(compiler: Compiler, node: OpenInterval) -> Closure:
    endpoint, symbol = compiler.compile(node.endpoint), node.operator
    return lambda env: open_range(symbol, endpoint(env))


def membership(compiler: Compiler, node: Membership) -> Closure:
    value, test = compiler.compile(node.value), test_of(compiler, node.test)
    binds, source, at = mentions(node.test, INPUT), compiler.source, node.at

    def is_member(env: Any) -> bool | None:
        tested = value(env)
        if binds:
            env = Scope(env)
            env[INPUT] = tested
        found = test(env, tested)
        if found is None:
            warn(env, source, at, "wrong_types", operator="in", left=kind_name(tested), right="tests")
        return found

    return is_member


def tests(compiler: Compiler, node: Tests) -> Closure:
    """Return the closure of a whole cell, with the value under test named `?`."""
    test, tested = test_of(compiler, node), compiler.compile(Name(at=node.at, name=INPUT))
    return lambda env: test(env, tested(env))


def test_of(compiler: Compiler, node: Node) -> Test:
    """Return a test as a function of the scope and the value under test."""
    rule = _TESTS.get(type(node))
    if rule is not None:
        return rule(compiler, node)
    if isinstance(node, Constant):
        return _constant_test(node.value)
    if mentions(node, INPUT):
        condition = compiler.compile(node)
        return lambda env, _value: _truth(condition(env))
    return _value_test(compiler, node)


def _everything(_: Compiler, __: AnyValue) -> Test:
    return lambda _env, _value: True


def _any_of(compiler: Compiler, node: Tests) -> Test:
    parts, negated = [test_of(compiler, part) for part in node.tests], node.negated
    if len(parts) == 1 and not negated:
        return parts[0]

    def passes(env: Env, value: Any) -> bool | None:
        result: bool | None = False
        for part in parts:
            found = part(env, value)
            if found is True:
                return not negated
            if found is None:
                result = None
        return result if result is None or not negated else not result

    return passes


def _truth(value: Any) -> bool | None:
    return value if value is True or value is False else None


def _constant_test(expected: Any) -> Test:
    return lambda _env, value: equal(value, expected)


def _comparison_test(compiler: Compiler, node: OpenInterval) -> Test:
    endpoint, symbol = compiler.compile(node.endpoint), node.operator
    return lambda env, value: compare(symbol, value, endpoint(env), env)


def _interval_test(compiler: Compiler, node: Interval) -> Test:
    low, high = compiler.compile(node.low), compiler.compile(node.high)
    low_closed, high_closed = node.low_closed, node.high_closed

    def passes(env: Env, value: Any) -> bool | None:
        return within(value, low(env), high(env), low_closed=low_closed, high_closed=high_closed)

    return passes


def _value_test(compiler: Compiler, node: Node) -> Test:
    expected = compiler.compile(node)
    return lambda env, value: passes_value(value, expected(env), getattr(env, "run", None))


def passes_value(value: Any, expected: Any, run: Charged | None) -> bool | None:
    """Return whether a value passes a test that is itself a value: equal, in a range, in a list, or true."""
    if type(expected) is Range:
        return True if type(value) is Range and equal(value, expected) else contains(expected, value, run)
    if type(expected) is list:
        return _in_list(value, expected, run)
    found = equal(value, expected, run)
    if found is not True and expected is True and type(value) is not bool:
        return True
    return found


def _in_list(value: Any, expected: list[Any], run: Charged | None) -> bool | None:
    if run is not None:
        run.spend(2 * len(expected))
    if type(value) is list and equal(value, expected, run):
        return True
    return any(
        (contains(item, value, run) if type(item) is Range else equal(value, item, run)) is True
        for item in expected
    )


_TESTS: dict[type[Node], Callable[[Compiler, Any], Test]] = {
    Tests: _any_of,
    AnyValue: _everything,
    OpenInterval: _comparison_test,
    Interval: _interval_test,
}
