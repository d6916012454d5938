"""Write values as FEEL text."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuli.core.feel.budget import Limits, Run
from shuli.core.feel.errors import OutOfBudget
from shuli.core.feel.numbers import number_text
from shuli.core.feel.temporal.days import FarDate
from shuli.core.feel.temporal.values import DateTime, DaysTimeDuration, Time, YearsMonthsDuration
from shuli.core.feel.temporal.writing import (
    date_text,
    date_time_text,
    days_time_text,
    time_text,
    years_months_text,
)
from shuli.core.feel.values import UNBOUNDED, Function, Range

_MOST_LEVELS = 60
_BRIEF = Limits(steps=10_000)


def display(value: Any, run: Run | None = None) -> str:
    """Return a value as the function `string` shows it: a string as it is, everything else as FEEL text."""
    return value if type(value) is str else feel_text(value, run)


def feel_text(value: Any, run: Run | None = None, level: int = 0) -> str:
    """Return a value as FEEL text; a run is charged for what it costs."""
    if run is not None:
        run.spend(3)
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    if level > _MOST_LEVELS:
        return "…"
    if type(value) is list:
        return "[" + ", ".join(feel_text(item, run, level + 1) for item in value) + "]"
    if type(value) is dict:
        entries = (f"{_key(name)}: {feel_text(item, run, level + 1)}" for name, item in value.items())
        return "{" + ", ".join(entries) + "}"
    return _range_text(value, run, level) if type(value) is Range else "null"


def literal_text(value: Any, run: Run | None = None, level: int = 0) -> str:
    """Return a value as FEEL text that means the value: dates, times and durations behind an @."""
    text = feel_text(value, run, level)
    return f'@"{text}"' if type(value) in _TEMPORAL else text


def brief(value: Any, limit: int = 80) -> str:
    """Return a value as short FEEL text for an error; one that would be very long is only hinted at."""
    try:
        text = feel_text(value, Run(_BRIEF))
    except OutOfBudget:
        return "[…]" if type(value) is list else "{…}"
    return text if len(text) <= limit else text[: limit - 1] + "…"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return '"' + escaped.replace("\t", "\\t") + '"'


def _key(name: str) -> str:
    plain = name.replace(" ", "").replace("_", "")
    return name if plain.isalnum() and not plain[0].isdigit() else quoted(name)


def _range_text(value: Range, run: Run | None, level: int) -> str:
    low, high = (
        "" if end is UNBOUNDED else literal_text(end, run, level + 1) for end in (value.low, value.high)
    )
    if value.operator:
        return f"({value.operator} {high if value.low is UNBOUNDED else low})"
    return f"{'[' if value.low_closed else '('}{low}..{high}{']' if value.high_closed else ')'}"


def _function_text(function: Function) -> str:
    return f"function({', '.join(function.parameters)})"


_WRITERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    str: quoted,
    Decimal: number_text,
    int: lambda value: number_text(Decimal(value)),
    dt.date: date_text,
    FarDate: date_text,
    Time: time_text,
    DateTime: date_time_text,
    DaysTimeDuration: days_time_text,
    YearsMonthsDuration: years_months_text,
    Function: _function_text,
}
_TEMPORAL = frozenset({dt.date, FarDate, Time, DateTime, DaysTimeDuration, YearsMonthsDuration})
