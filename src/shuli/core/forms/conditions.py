"""The entrance to FEEL: conditions, bounds, defaults and computed values over the answers and the case's variables."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from shuli.core.forms.definition import Condition
from shuli.core.forms.outcome import Setting
from shuli.core.forms.scalars import MOST_DIGITS, json_number

Scope = Mapping[str, Any]
"""Names and values that an expression sees."""

# A computed number is rounded to what a JSON number keeps.
DIGITS = Context(prec=MOST_DIGITS)

# Deeper lists and contexts are a mistake of the expression.
DEEPEST_VALUE = 20


# Forms are few and their expressions short; this many hold those of a large company.
@lru_cache(maxsize=4096)
def _compiled(source: str) -> Any:
    from shuli.core.feel import ExpressionError, compile_expression

    try:
        return compile_expression(source)
    except ExpressionError:
        # read_form refuses such a form; without a value the condition does not hold
        return None


def evaluate(source: str, scope: Scope, now: datetime | None) -> Any:
    """Return FEEL's value of an expression; None where it has none."""
    expression = _compiled(source)
    return None if expression is None else expression.evaluate(scope, now=now)


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
    """Return FEEL's value as JSON: numbers of 15 digits, dates and times as ISO texts; None for the rest."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal | int | float):
        number = DIGITS.create_decimal(Decimal(repr(value)) if isinstance(value, float) else value)
        return json_number(number) if number.is_finite() else None
    if level > DEEPEST_VALUE:
        return None
    if isinstance(value, Mapping):
        return {str(name): to_json(item, level + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item, level + 1) for item in value]
    plain = to_plain(value)
    return plain.isoformat() if isinstance(plain, date | time) else None


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


def compile_problem(source: str) -> dict[str, str] | None:
    """Return why FEEL cannot read an expression, with the place of the mistake; None when it can."""
    from shuli.core.feel import ExpressionError, compile_expression

    try:
        compile_expression(source)
    except ExpressionError as error:
        place = {"position": error.position, "line": error.line, "column": error.column}
        return {"reason": error.code, **error.params, **{name: str(value) for name, value in place.items()}}
    return None
