"""What a built-in function accepts, and how a call finds the form of it that fits."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from shuli.core.feel.errors import Failure
from shuli.core.feel.kinds import KIND_OF, kind_name
from shuli.core.feel.temporal.days import FarDate
from shuli.core.feel.temporal.values import MIDNIGHT_UTC, DateTime
from shuli.core.feel.types import TYPE_NAMES, Simple
from shuli.core.feel.values import Function

# Takes the run and the arguments; gives a value or a Failure.
Implementation = Callable[..., Any]

_ABSENT = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    name: str
    kinds: frozenset[Simple]
    optional: bool
    variadic: bool

    def accept(self, value: Any) -> Any:
        """Return the argument as the function takes it, or a Failure."""
        if KIND_OF.get(type(value)) in self.kinds or (Simple.ANY in self.kinds and value is not None):
            return value
        if type(value) is list and len(value) == 1 and KIND_OF.get(type(value[0])) in self.kinds:
            return value[0]
        if value is not None and Simple.LIST in self.kinds:
            return [value]
        if type(value) in (dt.date, FarDate) and Simple.DATE_AND_TIME in self.kinds:
            return DateTime(date=value, time=MIDNIGHT_UTC)
        expected = " or ".join(sorted(kind.value for kind in self.kinds))
        return Failure("wrong_argument", name=self.name, expected=expected, found=kind_name(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One of the parameter lists that a function has."""

    parameters: tuple[Parameter, ...]
    run: Implementation

    @property
    def variadic(self) -> bool:
        return bool(self.parameters) and self.parameters[-1].variadic

    @property
    def fewest(self) -> int:
        return sum(not parameter.optional for parameter in self.parameters)

    def arguments(self, values: list[Any]) -> list[Any] | Failure:
        """Return the arguments of a call by position, or a Failure where this form does not fit."""
        if self.variadic:
            return self._gathered(values)
        if not self.fewest <= len(values) <= len(self.parameters):
            return Failure("wrong_arguments", found=str(len(values)))
        accepted: list[Any] = []
        for parameter, value in zip(self.parameters, values, strict=False):
            argument = parameter.accept(value)
            if type(argument) is Failure:
                return argument
            accepted.append(argument)
        return accepted

    def named(self, given: dict[str, Any]) -> list[Any] | Failure:
        """Return the arguments of a call by name, or a Failure where this form does not fit."""
        known = {parameter.name for parameter in self.parameters}
        values: list[Any] = []
        for parameter in self.parameters:
            if parameter.name not in given and not parameter.optional:
                return Failure("wrong_arguments", found=", ".join(given))
            values.append(given.get(parameter.name, _ABSENT))
        if set(given) - known:
            return Failure("wrong_arguments", found=", ".join(given))
        return self._without_absent(values)

    def _without_absent(self, values: list[Any]) -> list[Any] | Failure:
        while values and values[-1] is _ABSENT:
            values.pop()
        return self.arguments([None if value is _ABSENT else value for value in values])

    def _gathered(self, values: list[Any]) -> list[Any] | Failure:
        fixed = len(self.parameters) - 1
        if len(values) <= fixed:
            return Failure("wrong_arguments", found=str(len(values)))
        accepted: list[Any] = []
        for parameter, value in zip(self.parameters, values[:fixed], strict=False):
            argument = parameter.accept(value)
            if type(argument) is Failure:
                return argument
            accepted.append(argument)
        accepted.append(values[fixed:])
        return accepted


class BuiltIn:
    """A built-in function with all its forms."""

    def __init__(self, name: str, *forms: Form) -> None:
        self.name = name
        self.forms = forms

    @cached_property
    def as_function(self) -> Function:
        """Return the function as a value that can be handed to another function."""
        parameters = tuple(parameter.name for parameter in self.forms[0].parameters)
        return Function(parameters=parameters, call=self._called, name=self.name, built_in=self)

    def invoke(self, run: Any, values: list[Any], names: tuple[str, ...] | None = None) -> Any:
        """Return the result of a call, or the Failure that says why there is none."""
        failure = Failure("wrong_arguments", found=str(len(values)))
        given = dict(zip(names, values, strict=True)) if names is not None else None
        for form in self.forms:
            arguments = form.arguments(values) if given is None else form.named(given)
            if not isinstance(arguments, Failure):
                return form.run(run, *arguments)
            failure = arguments
        failure.params.setdefault("function", self.name)
        return failure

    def _called(self, run: Any, *values: Any) -> Any:
        return self.invoke(run, list(values))


def form(text: str, run: Implementation) -> Form:
    """Return a form from its text: "string: string, length?: number|null, rest...: any"."""
    parts = [part for part in text.split(", ") if part]
    return Form(parameters=tuple(_parameter(part) for part in parts), run=run)


def _parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(": ")
    return Parameter(
        name=name.rstrip("?."),
        kinds=frozenset(_KINDS[kind] for kind in kinds.split("|")),
        optional=name.endswith("?"),
        variadic=name.endswith("..."),
    )


_KINDS: dict[str, Simple] = {
    **{name: kind for name, kind in TYPE_NAMES.items() if isinstance(kind, Simple)},
    "null": Simple.NULL,
    "moment": Simple.DATE_AND_TIME,
    "days": Simple.DAYS_AND_TIME_DURATION,
    "months": Simple.YEARS_AND_MONTHS_DURATION,
}
