"""Functions that make one value from many; they take one list or any number of arguments."""

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from shuli.core.feel.arithmetic import calculate
from shuli.core.feel.budget import Run
from shuli.core.feel.compare import order
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, Implementation, form
from shuli.core.feel.kinds import kind_name
from shuli.core.feel.numbers import CONTEXT, NUMERIC


def gathered(function: Callable[[Run, list[Any]], Any]) -> Implementation:
    """Return the function on a list as one that also takes the items as arguments."""

    def with_arguments(run: Run, values: list[Any]) -> Any:
        items = values[0] if len(values) == 1 and type(values[0]) is list else values
        run.spend(len(items))
        return function(run, items)

    return with_arguments


def numeric(function: Callable[[list[Decimal]], Any]) -> Implementation:
    """Return a function on numbers that refuses everything else."""

    def checked(_: Run, items: list[Any]) -> Any:
        wrong = [item for item in items if type(item) not in NUMERIC]
        if wrong or not items:
            found = kind_name(wrong[0]) if wrong else "empty list"
            return Failure("wrong_type", expected="numbers", found=found)
        try:
            return function(items)
        except DecimalException:
            return Failure("out_of_range", found="result")

    return gathered(checked)


def count(_: Run, items: list[Any]) -> Decimal:
    return Decimal(len(items))


def _extreme(sign: int) -> Implementation:
    def find(_: Run, items: list[Any]) -> Any:
        if not items:
            return Failure("wrong_type", expected="values", found="empty list")
        best = items[0]
        for item in items:
            found = order(item, best)
            if found is None:
                return Failure(
                    "wrong_types", operator="min or max", left=kind_name(best), right=kind_name(item)
                )
            if found * sign > 0:
                best = item
        return best

    return gathered(find)


def total(run: Run, values: list[Any]) -> Any:
    items = values[0] if len(values) == 1 and type(values[0]) is list else values
    run.spend(len(items))
    if not items:
        return Failure("wrong_type", expected="numbers", found="empty list")
    result = items[0]
    if len(items) == 1:
        # adding nothing checks that the only item can be added at all
        checked = calculate("+", result, result)
        return checked if type(checked) is Failure or type(result) is str else result
    for item in items[1:]:
        result = calculate("+", result, item) if type(item) is not str else Failure(
            "wrong_type", expected="numbers", found="string"
        )  # fmt: skip
        if type(result) is Failure:
            return result
    return result


def product(items: list[Decimal]) -> Decimal:
    result = Decimal(1)
    for item in items:
        result = CONTEXT.multiply(result, item)
    return result


def mean(items: list[Decimal]) -> Decimal:
    return CONTEXT.divide(sum_of(items), Decimal(len(items)))


def sum_of(items: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for item in items:
        result = CONTEXT.add(result, item)
    return result


def median(items: list[Decimal]) -> Decimal:
    ordered, middle = sorted(items), len(items) // 2
    if len(items) % 2:
        return CONTEXT.plus(ordered[middle])
    return CONTEXT.divide(CONTEXT.add(ordered[middle - 1], ordered[middle]), Decimal(2))


def standard_deviation(items: list[Decimal]) -> Decimal | Failure:
    """Return the standard deviation of a sample."""
    if len(items) < 2:
        return Failure("wrong_type", expected="at least two numbers", found=str(len(items)))
    centre = mean(items)
    squares = [CONTEXT.power(CONTEXT.subtract(item, centre), 2) for item in items]
    return CONTEXT.sqrt(CONTEXT.divide(sum_of(squares), Decimal(len(items) - 1)))


def mode(run: Run, values: list[Any]) -> Any:
    if values == [[]]:
        return []
    return numeric(_modes)(run, values)


def _modes(items: list[Decimal]) -> list[Decimal]:
    counts: dict[Decimal, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values())
    return sorted(item for item, times in counts.items() if times == most)


def _quantifier(*, decides: bool) -> Implementation:
    def find(_: Run, items: list[Any]) -> bool | Failure | None:
        if any(item is decides for item in items):
            return decides
        wrong = [item for item in items if type(item) is not bool]
        return Failure("wrong_type", expected="booleans", found=kind_name(wrong[0])) if wrong else not decides

    return gathered(find)


_ITEMS = "list...: Any|null"
STATISTICS = (
    BuiltIn("count", form("list: list", count)),
    BuiltIn("min", form(_ITEMS, _extreme(-1))),
    BuiltIn("max", form(_ITEMS, _extreme(1))),
    BuiltIn("sum", form(_ITEMS, total)),
    BuiltIn("product", form(_ITEMS, numeric(product))),
    BuiltIn("mean", form(_ITEMS, numeric(mean))),
    BuiltIn("median", form(_ITEMS, numeric(median))),
    BuiltIn("stddev", form(_ITEMS, numeric(standard_deviation))),
    BuiltIn("mode", form(_ITEMS, mode)),
    BuiltIn("all", form(_ITEMS, _quantifier(decides=False))),
    BuiltIn("any", form(_ITEMS, _quantifier(decides=True))),
)
