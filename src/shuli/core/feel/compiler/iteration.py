"""Loops, quantified expressions and filters."""

from collections.abc import Callable, Iterable
from collections.abc import Iterator as Iteration
from decimal import Decimal
from typing import Any

from shuli.core.feel.budget import warn
from shuli.core.feel.compiler.code import Closure, Compiler, weight
from shuli.core.feel.compiler.scope import ItemScope, Scope
from shuli.core.feel.errors import OutOfBudget
from shuli.core.feel.grammar.syntax import Constant, Filter, Iterator, Loop, Name, Quantified
from shuli.core.feel.kinds import kind_name
from shuli.core.feel.numbers import NUMERIC, whole
from shuli.core.feel.temporal.days import DATE_TYPES, date_of_day, day_number
from shuli.core.feel.values import UNBOUNDED, Range

# Takes a scope, gives what an iterator runs over; None when it cannot run.
Source = Callable[[Scope], Iterable[Any] | None]


def loop(compiler: Compiler, node: Loop) -> Closure:
    names = tuple(iterator.name for iterator in node.iterators)
    sources = _sources(compiler, node.iterators)
    body = compiler.compile_with((*names, "partial"), node.body)
    cost = weight(node.body) + 3

    def run(env: Scope) -> list[Any] | None:
        results: list[Any] = []
        scope = Scope(env)
        scope["partial"] = results
        budget = env.run
        for inner in _rounds(scope, names, sources, 0):
            if inner is None:
                return None
            budget.steps -= cost
            budget.room -= 1
            if budget.steps < 0 or budget.room < 0:
                raise OutOfBudget("too_many_steps" if budget.steps < 0 else "too_much_memory")
            results.append(body(inner))
        return results

    return run


def quantified(compiler: Compiler, node: Quantified) -> Closure:
    names = tuple(iterator.name for iterator in node.iterators)
    sources = _sources(compiler, node.iterators)
    condition = compiler.compile_with(names, node.condition)
    cost, decides, other = weight(node.condition) + 3, not node.every, node.every
    source, at = compiler.source, node.condition.at

    def run(env: Scope) -> Any:
        result: bool | None = other
        for inner in _rounds(Scope(env), names, sources, 0):
            if inner is None:
                return None
            env.run.spend(cost)
            found = condition(inner)
            if found is decides:
                return decides
            if found is not other:
                result = None
                warn(env, source, at, "wrong_type", expected="boolean", found=kind_name(found))
        return result

    return run


def _sources(compiler: Compiler, iterators: tuple[Iterator, ...]) -> list[Source]:
    sources: list[Source] = []
    before: tuple[str, ...] = ()
    for iterator in iterators:
        sources.append(_source(compiler, iterator, before))
        before = (*before, iterator.name)
    return sources


def _source(compiler: Compiler, iterator: Iterator, before: tuple[str, ...]) -> Source:
    first = compiler.compile_with(before, iterator.source)
    source, at = compiler.source, iterator.source.at
    until = None if iterator.until is None else compiler.compile_with(before, iterator.until)

    def values(env: Scope) -> Iterable[Any] | None:
        start = first(env)
        found = _items(start) if until is None else steps_between(start, until(env))
        if found is None:
            warn(env, source, at, "wrong_type", expected="list or range", found=kind_name(start))
        return found

    return values


def _rounds(
    scope: Scope, names: tuple[str, ...], sources: list[Source], depth: int
) -> Iteration[Scope | None]:
    """Yield the scope of every round, the last iterator turning fastest; None where one cannot run.

    Each round has a scope of its own, which a function made inside may keep.
    """
    values = sources[depth](scope)
    if values is None:
        yield None
        return
    for value in values:
        inner = Scope(scope)
        inner[names[depth]] = value
        if depth + 1 == len(names):
            yield inner
        else:
            yield from _rounds(inner, names, sources, depth + 1)


def _items(value: Any) -> Iterable[Any] | None:
    if type(value) is list:
        return value
    if type(value) is Range:
        return items_of_range(value)
    return None if value is None else [value]


def items_of_range(value: Range) -> Iterable[Any] | None:
    """Return the integers or dates in a range, in order; None when it has no such steps."""
    if UNBOUNDED in (value.low, value.high):
        return None
    steps = steps_between(value.low, value.high, descending=False)
    if steps is None:
        return None
    return (
        item for item in steps
        if (value.low_closed or item != value.low) and (value.high_closed or item != value.high)
    )  # fmt: skip


def steps_between(start: Any, end: Any, *, descending: bool = True) -> Iterable[Any] | None:
    """Return the integers or dates from `start` to `end`; None when they are neither."""
    if type(start) in DATE_TYPES and type(end) in DATE_TYPES:
        numbers = _numbers(day_number(start), day_number(end), descending=descending)
        return None if numbers is None else (date_of_day(number) for number in numbers)
    first, last = whole(start), whole(end)
    if first is None or last is None:
        return None
    numbers = _numbers(first, last, descending=descending)
    return None if numbers is None else map(Decimal, numbers)


def _numbers(first: int, last: int, *, descending: bool) -> range | None:
    if first <= last:
        return range(first, last + 1)
    return range(first, last - 1, -1) if descending else None


def filtered(compiler: Compiler, node: Filter) -> Closure:
    source, at = compiler.compile(node.source), node.condition.at
    condition, text = compiler.compile(node.condition), compiler.source
    cost = weight(node.condition) + 3

    def run(env: Scope) -> Any:
        items = _as_list(source(env))
        kept: list[Any] = []
        for item in items:
            env.run.spend(cost)
            found = condition(ItemScope(env, item))
            if found is True:
                kept.append(item)
            elif type(found) in NUMERIC:
                return item_at(items, found)
            elif found is not None and found is not False:
                warn(env, text, at, "wrong_type", expected="boolean or number", found=kind_name(found))
                return None
        env.run.take_room(len(kept))
        return kept

    if isinstance(node.condition, Constant) and type(node.condition.value) in NUMERIC:
        position = node.condition.value
        if isinstance(node.source, Name) and node.source.name == "partial":
            return _partial_at(source, position)
        return lambda env: item_at(_as_list(source(env)), position)
    return run


def _partial_at(source: Closure, position: Any) -> Closure:
    """Return the closure of the usual `partial[-1]`, which needs no copy of all results."""

    def read(env: Scope) -> Any:
        try:
            found = env["partial"]
        except KeyError:
            found = source(env)
        return item_at(_as_list(found), position)

    return read


def _as_list(value: Any) -> list[Any]:
    if type(value) is list:
        return value
    return [] if value is None else [value]


def item_at(items: list[Any], position: Any) -> Any:
    """Return the item at a position counted from 1, or from the end when it is negative; None outside."""
    index = whole(position)
    if index is None or index == 0 or abs(index) > len(items):
        return None
    return items[index - 1] if index > 0 else items[index]
