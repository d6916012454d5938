"""Call a function value."""

from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import Failure, OutOfBudget
from shuli.core.feel.kinds import converted, kind_name
from shuli.core.feel.values import Function


def invoke(run: Run, function: Function, values: list[Any], names: tuple[str, ...] | None = None) -> Any:
    """Return the result of a function value, or the Failure that says why there is none."""
    if function.built_in is not None:
        return function.built_in.invoke(run, values, names)
    ordered = _in_order(function, values, names)
    if ordered is None:
        found = ", ".join(names) if names else str(len(values))
        return Failure("wrong_arguments", function=_name(function), found=found)
    failure = _convert(run, function, ordered)
    if failure is not None:
        return failure
    run.depth -= 1
    if run.depth < 0:
        raise OutOfBudget("too_deep")
    try:
        return _result(run, function, function.call(run, *ordered))
    finally:
        run.depth += 1


def _in_order(function: Function, values: list[Any], names: tuple[str, ...] | None) -> list[Any] | None:
    if len(values) != len(function.parameters):
        return None
    if names is None:
        return values
    if set(names) != set(function.parameters):
        return None
    given = dict(zip(names, values, strict=True))
    return [given[name] for name in function.parameters]


def _convert(run: Run, function: Function, values: list[Any]) -> Failure | None:
    for index, kind in enumerate(function.types):
        if kind is not None:
            given = values[index]
            fits, values[index] = converted(given, kind, run)
            if not fits:
                return Failure(
                    "wrong_argument", function=_name(function), name=function.parameters[index],
                    expected=str(kind), found=kind_name(given),
                )  # fmt: skip
    return None


def _result(run: Run, function: Function, value: Any) -> Any:
    if function.result is None or type(value) is Failure:
        return value
    fits, result = converted(value, function.result, run)
    return result if fits else Failure("wrong_type", expected=str(function.result), found=kind_name(value))


def _name(function: Function) -> str:
    return function.name or "the function"
