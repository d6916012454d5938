"""A compiled expression, and the entrance to FEEL."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import shuli.core.feel.compiler.rules  # noqa: F401 — it fills the compiler's table
from shuli.core.feel.budget import STANDARD, Limits, Run, bounded
from shuli.core.feel.compiler.code import Closure, Compiler
from shuli.core.feel.compiler.plain import runs_without_scope
from shuli.core.feel.compiler.scope import ContextScope
from shuli.core.feel.compiler.variables import variables_of
from shuli.core.feel.convert import feel_value
from shuli.core.feel.errors import NOTHING, ExpressionError, OutOfBudget
from shuli.core.feel.grammar.parser import Parsed, parse_expression, parse_unary_tests
from shuli.core.feel.grammar.syntax import Node
from shuli.core.feel.text import brief
from shuli.core.feel.types import FeelType

_MOST_KEPT = 4096


class Outcome(NamedTuple):
    """A value (None is null), and why something on the way became null."""

    value: Any
    warnings: tuple[ExpressionError, ...]


class Expression:
    """A FEEL expression, read once and run as often as needed. It never changes."""

    def __init__(self, source: str, parsed: Parsed, declared: frozenset[str]) -> None:
        self.source = source
        self.errors = parsed.errors
        self.node: Node = parsed.node
        self._declared = declared
        self._plain = runs_without_scope(parsed.node)
        self._run: Closure | None = None

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"

    def evaluate(
        self,
        context: Mapping[str, Any],
        now: dt.datetime | None = None,
        limits: Limits = STANDARD,
    ) -> Any:
        """Return the value, None for null.

        Raises ExpressionError when the expression has errors or goes over its budget; whatever else goes
        wrong is null in FEEL, and `explain` tells why.
        """
        run = self._run or self._compiled()
        try:
            if self._plain and type(context) is dict:
                return run(context)
            return bounded(run(ContextScope(context, Run(limits, now))), limits)
        except (OutOfBudget, RecursionError) as stopped:
            raise self._stopped(stopped, context) from None

    def explain(
        self,
        context: Mapping[str, Any],
        now: dt.datetime | None = None,
        limits: Limits = STANDARD,
    ) -> Outcome:
        """Return the value with the reasons for every null; errors and an exceeded budget are reasons too."""
        if self.errors:
            return Outcome(None, self.errors)
        warnings: list[ExpressionError] = []
        run = self._compiled()
        try:
            value = bounded(run(ContextScope(context, Run(limits, now, warnings))), limits)
        except (OutOfBudget, RecursionError) as stopped:
            return Outcome(None, (*warnings, self._stopped(stopped, context)))
        values = self._values_seen(context) if warnings else NOTHING
        return Outcome(value, tuple(_with_values(warning, self.source, values) for warning in warnings))

    @cached_property
    def variables(self) -> frozenset[str]:
        """Return the names that the expression reads from its context."""
        return variables_of(self.node, self._declared)

    def _compiled(self) -> Closure:
        if self.errors:
            raise self.errors[0]
        if self._run is None:
            self._run = Compiler(self.source, self._declared, plain=self._plain).compile(self.node)
        return self._run

    def _stopped(self, stopped: OutOfBudget | RecursionError, context: Mapping[str, Any]) -> ExpressionError:
        code = stopped.code if isinstance(stopped, OutOfBudget) else "too_deep"
        return ExpressionError(
            code=code, expression=self.source, position=0, values=self._values_seen(context)
        )

    def _values_seen(self, context: Mapping[str, Any]) -> dict[str, str]:
        return {name: brief(feel_value(context.get(name))) for name in sorted(self.variables)}


def compile_expression(source: str, names: Iterable[str] = ()) -> Expression:
    """Return the compiled form of an expression; `errors` holds everything that is wrong with it.

    `names` are the variables in scope: names with spaces between words are understood without, names
    with symbols or keywords in them ("a-b", "date and place") only when they are given here.
    """
    return _compile(source, names if isinstance(names, tuple) else tuple(names))


def compile_unary_tests(source: str, names: Iterable[str] = ()) -> Expression:
    """Return the compiled form of a decision table cell; the value under test is the variable `?`."""
    return _compile_tests(source, names if isinstance(names, tuple) else tuple(names))


def parse(
    source: str,
    names: tuple[str, ...],
    types: Mapping[str, FeelType] | None = None,
    entries: tuple[str, ...] = (),
    *,
    tests: bool = False,
) -> Parsed:
    """Return the syntax tree of an expression, or of a decision table cell (`tests`), with its errors."""
    read = parse_unary_tests if tests else parse_expression
    return read(source, names, types, entries)


@lru_cache(maxsize=_MOST_KEPT)
def _compile(source: str, names: tuple[str, ...]) -> Expression:
    return Expression(source, parse_expression(source, names), frozenset(names))


@lru_cache(maxsize=_MOST_KEPT)
def _compile_tests(source: str, names: tuple[str, ...]) -> Expression:
    return Expression(source, parse_unary_tests(source, names), frozenset(names))


def _with_values(warning: ExpressionError, source: str, values: Mapping[str, str]) -> ExpressionError:
    return ExpressionError(
        code=warning.code, expression=warning.expression or source, position=warning.position,
        params=warning.params, values=values,
    )  # fmt: skip
