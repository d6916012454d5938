"""The entrance to FEEL: conditions, bounds, defaults and computed values over the answers and the case's variables."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Context, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from shuli.core.feel import ExpressionError, compile_expression
from shuli.core.feel.text import display
from shuli.core.forms.definition import Condition
from shuli.core.forms.outcome import Setting
from shuli.core.forms.scalars import MOST_DIGITS, json_number

Scope = Mapping[str, Any]
"""Names and values that an expression sees."""

# A computed number is rounded to what a JSON number keeps.
DIGITS = Context(prec=MOST_DIGITS)

# Deeper lists and contexts are a mistake of the expression.
DEEPEST_VALUE = 20


def evaluate(source: str, scope: Scope, now: datetime | None) -> Any:
    """Return FEEL's value of an expression; None where it has none or goes over its budget."""
    try:
        return compile_expression(source).evaluate(scope, now)
    except ExpressionError:
        # read_form has refused the form already; a condition without a value does not hold
        return None


def holds(condition: Condition, scope: Scope, now: datetime | None) -> bool:
    """Return whether a condition is true; null is not."""
    return evaluate(condition, scope, now) is True if isinstance(condition, str) else condition


def fails(condition: Condition, scope: Scope, now: datetime | None) -> bool:
    """Return whether a condition is false; null, where a value is missing, is not."""
    return evaluate(condition, scope, now) is False if isinstance(condition, str) else not condition


def json_value(source: Any, scope: Scope, now: datetime | None) -> Any:
    """Return the JSON value of a default or computed field: of FEEL if it is a text, else the value itself."""
    return to_json(evaluate(source, scope, now)) if isinstance(source, str) else source


def to_json(value: Any, level: int = 0) -> Any:
    """Return FEEL's value as JSON: numbers of 15 digits, dates, times and durations as ISO texts."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal | int | float):
        number = DIGITS.create_decimal(Decimal(repr(value)) if isinstance(value, float) else value)
        return json_number(number) if number.is_finite() else None
    if isinstance(value, Mapping | list | tuple):
        return _json_parts(value, level + 1) if level < DEEPEST_VALUE else None
    plain = to_plain(value)
    text = plain.isoformat() if isinstance(plain, date) else display(value)
    return None if text == "null" else text


def _json_parts(value: Any, level: int) -> Any:
    if isinstance(value, Mapping):
        return {str(name): to_json(item, level) for name, item in value.items()}
    return [to_json(item, level) for item in value]


def to_plain(value: Any) -> Any:
    """Return FEEL's moment as Python's; other values as they are, None for one that Python has no room for."""
    try:
        return value.to_datetime() if hasattr(value, "to_datetime") else value
    except ValueError:
        return None


def bound_value(bound: Any, scope: Scope, setting: Setting) -> Any:
    """Return a lower or upper bound as a value that compares with `to_feel` of an answer; None where there is none."""
    if bound is None:
        return None
    value = to_plain(evaluate(bound, scope, setting.now)) if isinstance(bound, str) else Decimal(repr(bound))
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=ZoneInfo(setting.zone))
    return value


def compile_problems(source: str) -> Iterator[dict[str, str]]:
    """Yield why FEEL cannot read an expression, each with its place in the text."""
    for error in compile_expression(source).errors:
        place = {"position": error.position, "line": error.line, "column": error.column}
        yield {"reason": error.code, **error.params, **{name: str(value) for name, value in place.items()}}
