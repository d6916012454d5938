"""Which type a value has, and whether it conforms to a declared one."""

import datetime as dt
from decimal import Decimal
from typing import Any

from shuli.core.feel.temporal.days import FarDate
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
    return kind.value if kind else "unknown"


def conforms(value: Any, kind: FeelType) -> bool:
    """Return whether a value other than null has a type; null conforms to every type."""
    if value is None:
        return True
    if isinstance(kind, Simple):
        return kind is Simple.ANY or KIND_OF.get(type(value)) is kind
    if isinstance(kind, ListType):
        return type(value) is list and all(conforms(item, kind.element) for item in value)
    if isinstance(kind, RangeType):
        return type(value) is Range and all(
            end is UNBOUNDED or conforms(end, kind.element) for end in (value.low, value.high)
        )
    if isinstance(kind, ContextType):
        return type(value) is dict and all(
            name in value and conforms(value[name], entry) for name, entry in kind.entries
        )
    if isinstance(kind, RestrictedType):
        return conforms(value, kind.base) and kind.allows(value)
    return type(value) is Function and _function_conforms(value, kind)


def is_instance(value: Any, kind: FeelType) -> bool:
    """Return whether `value instance of kind`: null is an instance of Null only."""
    if value is None:
        return kind is Simple.NULL
    return conforms(value, kind)


def converted(value: Any, kind: FeelType) -> tuple[bool, Any]:
    """Return whether a value can stand where a type is declared, and what it becomes there.

    FEEL's implicit conversions: a list of one gives its element, an element becomes a list of one, a
    date becomes midnight UTC.
    """
    if value is None or conforms(value, kind):
        return True, value
    if type(value) is list and len(value) == 1 and conforms(value[0], kind) and value[0] is not None:
        return True, value[0]
    if isinstance(kind, ListType) and type(value) is not list and conforms(value, kind.element):
        return True, [value]
    if kind is Simple.LIST and type(value) is not list:
        return True, [value]
    if kind is Simple.DATE_AND_TIME and type(value) in (dt.date, FarDate):
        return True, DateTime(date=value, time=MIDNIGHT_UTC)
    return False, None


def _function_conforms(function: Function, kind: FunctionType) -> bool:
    if len(function.parameters) != len(kind.parameters):
        return False
    own = function.types or (None,) * len(function.parameters)
    accepts = all(
        mine is None or type_conforms(theirs, mine) for mine, theirs in zip(own, kind.parameters, strict=True)
    )
    return accepts and (
        (function.result is None and kind.result is Simple.ANY)
        or (function.result is not None and type_conforms(function.result, kind.result))
    )  # fmt: skip


def type_conforms(kind: FeelType, other: FeelType) -> bool:
    """Return whether every value of one type may stand where another one is declared."""
    if other is Simple.ANY or kind is Simple.NULL or kind == other:
        return True
    if isinstance(kind, RestrictedType):
        return type_conforms(kind.base, other)
    if isinstance(kind, ListType):
        return other is Simple.LIST or (
            isinstance(other, ListType) and type_conforms(kind.element, other.element)
        )
    if isinstance(kind, RangeType):
        return other is Simple.RANGE or (
            isinstance(other, RangeType) and type_conforms(kind.element, other.element)
        )
    if isinstance(kind, ContextType):
        return other is Simple.CONTEXT or (isinstance(other, ContextType) and _entries_conform(kind, other))
    if isinstance(kind, FunctionType):
        return other is Simple.FUNCTION or (
            isinstance(other, FunctionType) and _signature_conforms(kind, other)
        )
    return False


def _entries_conform(kind: ContextType, other: ContextType) -> bool:
    own = dict(kind.entries)
    return all(name in own and type_conforms(own[name], entry) for name, entry in other.entries)


def _signature_conforms(kind: FunctionType, other: FunctionType) -> bool:
    return (
        len(kind.parameters) == len(other.parameters)
        and all(type_conforms(b, a) for a, b in zip(kind.parameters, other.parameters, strict=True))
        and type_conforms(kind.result, other.result)
    )
