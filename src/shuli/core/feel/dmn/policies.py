"""What a decision table answers when rules match: its hit policy and aggregation."""

from collections.abc import Callable
from typing import Any

from shuli.core.feel.budget import warn
from shuli.core.feel.compare import same
from shuli.core.feel.compiler.code import Closure
from shuli.core.feel.compiler.scope import Scope
from shuli.core.feel.dmn.place import Place
from shuli.core.feel.dmn.table import Aggregation, DecisionTable, HitPolicy
from shuli.core.feel.errors import Failure
from shuli.core.feel.expression import parse
from shuli.core.feel.functions.table import BUILTINS
from shuli.core.feel.grammar.syntax import Tests
from shuli.core.feel.numbers import ZERO

_AGGREGATES = {
    Aggregation.SUM: "sum", Aggregation.MIN: "min", Aggregation.MAX: "max", Aggregation.COUNT: "count",
}  # fmt: skip


class Answers:
    """The output side of a compiled table."""

    __slots__ = ("_defaults", "_priorities", "_rules", "table")

    def __init__(self, table: DecisionTable, rules: list[list[Closure]], place: Place) -> None:
        self.table = table
        self._rules = rules
        self._priorities = [_priorities(output.values, place) for output in table.outputs]
        has_defaults = any(output.default.strip() for output in table.outputs)
        self._defaults = (
            [_default(output.default, place) for output in table.outputs] if has_defaults else None
        )

    def of(self, env: Scope, index: int) -> Any:
        """Return the answer of one rule: a value, or a context with an entry for every output."""
        return self._answer(env, self._rules[index])

    def default(self, env: Scope) -> tuple[bool, Any]:
        """Return whether the table has a default answer, and which."""
        return (False, None) if self._defaults is None else (True, self._answer(env, self._defaults))

    def _answer(self, env: Scope, closures: list[Closure]) -> Any:
        if len(closures) == 1:
            return closures[0](env)
        names = (output.name for output in self.table.outputs)
        return {name: closure(env) for name, closure in zip(names, closures, strict=True)}

    def rank(self, env: Scope, answer: Any) -> tuple[int, ...]:
        """Return the place of an answer in the order of the output values, first output first."""
        if not self.table.is_compound:
            return (_place(answer, self._priorities[0](env)),)
        return tuple(
            _place(answer[output.name], priorities(env))
            for output, priorities in zip(self.table.outputs, self._priorities, strict=True)
        )


def _place(value: Any, priorities: list[Any]) -> int:
    return next((index for index, item in enumerate(priorities) if same(value, item)), len(priorities))


def _priorities(text: str, place: Place) -> Callable[[Scope], list[Any]]:
    if not text.strip():
        return lambda _env: []
    parsed = parse(text, place.names, place.types, tests=True)
    if parsed.errors or not isinstance(parsed.node, Tests):
        return lambda _env: []
    items, _ = place.feel(f"[{text}]")
    return lambda env: items(env) or []


def _default(text: str, place: Place) -> Closure:
    return place.feel(text)[0] if text.strip() else lambda _env: None


def no_match(env: Scope, answers: Answers) -> Any:
    """Return the default answer; without one an empty list, a count of 0 or null."""
    known, default = answers.default(env)
    if known:
        return default
    table = answers.table
    if table.hit_policy is HitPolicy.COLLECT and table.aggregation is not None:
        return ZERO if table.aggregation is Aggregation.COUNT else None
    if table.hit_policy.answers_list:
        return []
    warn(env, table.name, 0, "no_rule")
    return None


def _unique(env: Scope, answers: Answers, matched: list[int]) -> Any:
    if len(matched) > 1:
        rules = ", ".join(str(index + 1) for index in matched)
        warn(env, answers.table.name, 0, "several_rules", policy="UNIQUE", rules=rules)
        return None
    return answers.of(env, matched[0])


def _any(env: Scope, answers: Answers, matched: list[int]) -> Any:
    found = [answers.of(env, index) for index in matched]
    if all(same(answer, found[0], env.run) for answer in found):
        return found[0]
    rules = ", ".join(str(index + 1) for index in matched)
    warn(env, answers.table.name, 0, "several_rules", policy="ANY", rules=rules)
    return None


def _first(env: Scope, answers: Answers, matched: list[int]) -> Any:
    return answers.of(env, matched[0])


def _priority(env: Scope, answers: Answers, matched: list[int]) -> Any:
    return _output_order(env, answers, matched)[0]


def _output_order(env: Scope, answers: Answers, matched: list[int]) -> list[Any]:
    found = [answers.of(env, index) for index in matched]
    return sorted(found, key=lambda answer: answers.rank(env, answer))


def _rule_order(env: Scope, answers: Answers, matched: list[int]) -> list[Any]:
    return [answers.of(env, index) for index in matched]


def _collect(env: Scope, answers: Answers, matched: list[int]) -> Any:
    found = _rule_order(env, answers, matched)
    aggregation = answers.table.aggregation
    if aggregation is None:
        return found
    if aggregation is Aggregation.COUNT or not answers.table.is_compound:
        return _aggregate(env, answers.table, aggregation, found)
    return {
        output.name: _aggregate(env, answers.table, aggregation, [answer[output.name] for answer in found])
        for output in answers.table.outputs
    }


def _aggregate(env: Scope, table: DecisionTable, aggregation: Aggregation, values: list[Any]) -> Any:
    result = BUILTINS[_AGGREGATES[aggregation]].invoke(env.run, [values])
    if type(result) is Failure:
        warn(env, table.name, 0, result.code, **result.params)
        return None
    return result


POLICIES: dict[HitPolicy, Callable[[Scope, Answers, list[int]], Any]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _any,
    HitPolicy.FIRST: _first,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.COLLECT: _collect,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.OUTPUT_ORDER: _output_order,
}
