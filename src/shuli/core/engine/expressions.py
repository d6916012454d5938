"""Run FEEL over the variables of a case; what goes wrong is a `Problem`, never an exception.

Variables are JSON values, so that a marking read back from the database equals the one that was written: dates,
times and durations are kept as FEEL text, numbers as numbers.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from msgspec import Struct

from shuli.core.feel import Expression, ExpressionError, compile_expression
from shuli.core.feel.text import brief, feel_text

AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


class Problem(Struct, frozen=True, kw_only=True):
    """Why the engine cannot go on: the code and parameters of an incident."""

    code: str
    params: dict[str, Any] = {}


@lru_cache(maxsize=16_384)
def compiled(source: str) -> Expression:
    return compile_expression(source)


@lru_cache(maxsize=16_384)
def constant(source: str | None) -> str | None:
    """Return the text of an expression that is one quoted text, which needs no evaluation; else None."""
    if source is None or len(source) < 2 or source[0] != '"' or source[-1] != '"':
        return None
    text = source[1:-1]
    return None if '"' in text or "\\" in text else text


def evaluate(source: str, context: dict[str, Any], now: dt.datetime) -> Any:
    """Return the expression's value as a JSON value, or the Problem with it."""
    fixed = constant(source)
    if fixed is not None:
        return fixed
    try:
        return plain(compiled(source).evaluate(context, now=now))
    except ExpressionError as error:
        return problem_of(error)


def condition(source: str, context: dict[str, Any], now: dt.datetime) -> "bool | Problem":
    """Return whether a condition holds; null is a problem, for it says that something is missing."""
    value = evaluate(source, context, now)
    if isinstance(value, bool | Problem):
        return value
    warnings = compiled(source).explain(context, now=now).warnings
    if warnings:
        return problem_of(warnings[0])
    return Problem(
        code="expression_error",
        params={
            "expression": source,
            "problem": f"Expected true or false but found {brief(value)}",
            "error": "not_boolean",
            "position": 0,
            "values": seen(source, context),
        },
    )


def problem_of(error: ExpressionError) -> Problem:
    params = {
        "expression": error.expression,
        "position": error.position,
        "problem": str(error),
        "error": error.code,
        "detail": dict(error.params),
        "values": dict(error.values),
    }
    return Problem(code="expression_error", params=params)


def seen(source: str, context: Mapping[str, Any]) -> dict[str, str]:
    """Return the variables that an expression reads, as short FEEL text."""
    return {name: brief(plain(context.get(name))) for name in sorted(compiled(source).variables)}


def plain(value: Any) -> Any:
    """Return any value as a JSON value: numbers, texts, booleans, null, lists, and objects with text keys."""
    kind = type(value)
    if kind in AS_THEY_ARE:
        return value
    if kind is Decimal:
        return int(value) if value == value.to_integral_value() else float(value)
    if kind is dict:
        return {str(name): plain(item) for name, item in value.items()}
    if kind is list or kind is tuple:
        return [plain(item) for item in value]
    return _less_usual(value)


def _less_usual(value: Any) -> Any:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return f"PT{value.total_seconds():.6f}".rstrip("0").rstrip(".") + "S"
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    for base in (bool, int, float, str):
        # a subclass (an enumeration, a marked-safe text) counts as what it extends
        if isinstance(value, base):
            return base(value)
    return feel_text(value)
