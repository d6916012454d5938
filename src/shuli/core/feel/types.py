"""FEEL's types: what a value may be declared to be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Mapping, TypeAlias  # noqa: UP035


class Simple(Enum):
    """The types without parts; the value is the name that FEEL knows."""

    ANY = "Any"
    NULL = "Null"
    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_AND_TIME = "date and time"
    DAYS_AND_TIME_DURATION = "days and time duration"
    YEARS_AND_MONTHS_DURATION = "years and months duration"
    # the lattice has no such types with parts; `instance of list` asks for any of them
    LIST = "list"
    CONTEXT = "context"
    FUNCTION = "function"
    RANGE = "range"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ListType:
    element: "FeelType"

    def __str__(self) -> str:
        return f"list<{self.element}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeType:
    element: "FeelType"

    def __str__(self) -> str:
        return f"range<{self.element}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextType:
    entries: tuple[tuple[str, "FeelType"], ...]

    def __str__(self) -> str:
        return "context<" + ", ".join(f"{name}: {kind}" for name, kind in self.entries) + ">"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionType:
    parameters: tuple["FeelType", ...]
    result: "FeelType"

    def __str__(self) -> str:
        return "function<" + ", ".join(str(kind) for kind in self.parameters) + f">->{self.result}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedType:
    """A type of a model that allows only some values of another type."""

    name: str
    base: "FeelType"
    allows: Callable[[Any], bool] = field(compare=False, repr=False)

    def __str__(self) -> str:
        return self.name


FeelType: TypeAlias = Simple | ListType | RangeType | ContextType | FunctionType | RestrictedType

# DMN 1.5 writes some types in more than one way, older models in camel case.
TYPE_NAMES: Mapping[str, FeelType] = MappingProxyType(
    {kind.value: kind for kind in Simple}
    | {
        "dateTime": Simple.DATE_AND_TIME,
        "dayTimeDuration": Simple.DAYS_AND_TIME_DURATION,
        "yearMonthDuration": Simple.YEARS_AND_MONTHS_DURATION,
        "day and time duration": Simple.DAYS_AND_TIME_DURATION,
        "year and month duration": Simple.YEARS_AND_MONTHS_DURATION,
        "any": Simple.ANY,
    },
)
