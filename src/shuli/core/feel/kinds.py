"""Which type a value has, and whether it conforms to a declared one."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuli.core.feel.charge import Charged
from shuli.core.feel.temporal.days import DATE_TYPES, FarDate
from shuli.core.feel.temporal.values import (
    MIDNIGHT_UTC,
    DateTime,
    DaysTimeDuration,
    Time,
    YearsMonthsDuration,
)
from shuli.core.feel.types import (
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    RestrictedType,
    Simple,
)
from shuli.core.feel.values import UNBOUNDED, Function, Range

KIND_OF: dict[type, Simple] = {
    type(None): Simple.NULL,
    bool: Simple.BOOLEAN,
    Decimal: Simple.NUMBER,
    int: Simple.NUMBER,
    str: Simple.STRING,
    dt.date: Simple.DATE,
    FarDate: Simple.DATE,
    Time: Simple.TIME,
    DateTime: Simple.DATE_AND_TIME,
    DaysTimeDuration: Simple.DAYS_AND_TIME_DURATION,
    YearsMonthsDuration: Simple.YEARS_AND_MONTHS_DURATION,
    list: Simple.LIST,
    dict: Simple.CONTEXT,
    Range: Simple.RANGE,
    Function: Simple.FUNCTION,
}


def kind_name(value: Any) -> str:
    """Return the FEEL name of a value's type, for people."""
    kind = KIND_OF.get(type(value))
    if kind is Simple.NULL:
        return "null"
    return kind.value if kind else "unknown"


def conforms(value: Any, kind: FeelType, run: Charged | None = None) -> bool:
    """Return whether a value other than null has a type; null conforms to every type.

    A run is charged for every item that has to be looked at.
    """
    if value is None:
        return True
    if isinstance(kind, Simple):
        return kind is Simple.ANY or KIND_OF.get(type(value)) is kind
    return _CONFORMS[type(kind)](value, kind, run)


def _list_conforms(value: Any, kind: ListType, run: Charged | None) -> bool:
    if type(value) is not list:
        return False
    if run is not None:
        run.spend(len(value))
    return all(conforms(item, kind.element, run) for item in value)


def _range_conforms(value: Any, kind: RangeType, run: Charged | None) -> bool:
    return type(value) is Range and all(
        end is UNBOUNDED or conforms(end, kind.element, run) for end in (value.low, value.high)
    )


def _context_conforms(value: Any, kind: ContextType, run: Charged | None) -> bool:
    if run is not None:
        run.spend(len(kind.entries))
    return type(value) is dict and all(
        name in value and conforms(value[name], entry, run) for name, entry in kind.entries
    )


def _restricted_conforms(value: Any, kind: RestrictedType, run: Charged | None) -> bool:
    if run is not None:
        run.spend(10)
    return conforms(value, kind.base, run) and kind.allows(value)


def _function_conforms(value: Any, kind: FunctionType, _: Charged | None) -> bool:
    if type(value) is not Function or len(value.parameters) != len(kind.parameters):
        return False
    own = value.types or (None,) * len(value.parameters)
    accepts = all(
        mine is None or type_conforms(theirs, mine) for mine, theirs in zip(own, kind.parameters, strict=True)
    )
    # what a function without a declared result gives is known only when it is called
    return accepts and (value.result is None or type_conforms(value.result, kind.result))


_CONFORMS: dict[type, Callable[[Any, Any, Charged | None], bool]] = {
    ListType: _list_conforms,
    RangeType: _range_conforms,
    ContextType: _context_conforms,
    RestrictedType: _restricted_conforms,
    FunctionType: _function_conforms,
}


def is_instance(value: Any, kind: FeelType, run: Charged | None = None) -> bool:
    """Return whether `value instance of kind`; null is an instance of Null only."""
    if value is None:
        return kind is Simple.NULL
    return conforms(value, kind, run)


def unrestricted(kind: FeelType) -> FeelType:
    """Return a type without the allowed values of a model, which `instance of` does not look at."""
    if isinstance(kind, RestrictedType):
        return unrestricted(kind.base)
    if isinstance(kind, ListType):
        return ListType(element=unrestricted(kind.element))
    if isinstance(kind, ContextType):
        return ContextType(entries=tuple((name, unrestricted(entry)) for name, entry in kind.entries))
    return kind


def converted(value: Any, kind: FeelType, run: Charged | None = None) -> tuple[bool, Any]:
    """Return whether a value can stand where a type is declared, and what it becomes there.

    FEEL's implicit conversions: a list of one gives its element, an element becomes a list of one, a
    date becomes midnight UTC.
    """
    if value is None or conforms(value, kind, run):
        return True, value
    if type(value) is list and len(value) == 1 and conforms(value[0], kind, run) and value[0] is not None:
        return True, value[0]
    if type(value) is not list and _takes_one(kind, value, run):
        return True, [value]
    if kind is Simple.DATE_AND_TIME and type(value) in DATE_TYPES:
        return True, DateTime(date=value, time=MIDNIGHT_UTC)
    return False, None


def _takes_one(kind: FeelType, value: Any, run: Charged | None) -> bool:
    """Return whether a list of the one value has the type."""
    if isinstance(kind, RestrictedType):
        return isinstance(kind.base, ListType) and conforms([value], kind, run)
    return kind is Simple.LIST or (isinstance(kind, ListType) and conforms(value, kind.element, run))


def type_conforms(kind: FeelType, other: FeelType) -> bool:
    """Return whether every value of one type may stand where another one is declared."""
    if other is Simple.ANY or kind is Simple.NULL or kind == other:
        return True
    if isinstance(kind, Simple):
        return False
    general, compare = _TYPES_CONFORM[type(kind)]
    return other is general or compare(kind, other)


def _element_conforms(kind: ListType | RangeType, other: FeelType) -> bool:
    return isinstance(other, type(kind)) and type_conforms(kind.element, other.element)


def _base_conforms(kind: RestrictedType, other: FeelType) -> bool:
    return type_conforms(kind.base, other)


def _entries_conform(kind: ContextType, other: FeelType) -> bool:
    own = dict(kind.entries)
    return isinstance(other, ContextType) and all(
        name in own and type_conforms(own[name], entry) for name, entry in other.entries
    )


def _signature_conforms(kind: FunctionType, other: FeelType) -> bool:
    return (
        isinstance(other, FunctionType)
        and len(kind.parameters) == len(other.parameters)
        and all(type_conforms(b, a) for a, b in zip(kind.parameters, other.parameters, strict=True))
        and type_conforms(kind.result, other.result)
    )


_TYPES_CONFORM: dict[type, tuple[Simple | None, Callable[[Any, FeelType], bool]]] = {
    ListType: (Simple.LIST, _element_conforms),
    RangeType: (Simple.RANGE, _element_conforms),
    ContextType: (Simple.CONTEXT, _entries_conform),
    FunctionType: (Simple.FUNCTION, _signature_conforms),
    RestrictedType: (None, _base_conforms),
}
